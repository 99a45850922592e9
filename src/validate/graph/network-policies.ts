import { at, entries, type Field, isGiven, items } from '../builtin/field.ts';
import { isEmptySelector } from '../builtin/selector.ts';
import type { Document } from './documents.ts';
import { type Graph, isOfTheCluster, type Report } from './graph.ts';
import { nothingSelected } from './selection.ts';

/** Policies for pods, and from and to pods, that are not there: https://kubernetes.io/docs/concepts/services-networking/network-policies/ */
export function networkPolicies(graph: Graph, report: Report): void {
  for (const policy of graph.documents.of('NetworkPolicy.networking.k8s.io')) {
    const spec = at(policy.root, 'spec');
    selecting(graph, report, policy, at(spec, 'podSelector'), policy.namespace);
    for (const [rules, peers] of [
      ['ingress', 'from'],
      ['egress', 'to'],
    ] as const)
      for (const rule of items(at(spec, rules)))
        for (const peer of items(at(rule, peers))) {
          const namespace = namespaceOf(graph, policy, at(peer, 'namespaceSelector'));
          if (namespace !== undefined) selecting(graph, report, policy, at(peer, 'podSelector'), namespace);
        }
  }
}

/** Which namespace a peer is in; undefined where it can't be told. */
function namespaceOf({ documents }: Graph, policy: Document, selector: Field): string | undefined {
  if (!isGiven(selector)) return policy.namespace;
  // One by its name is the usual way; all others may have labels that nobody knows here.
  const labels = entries(at(selector, 'matchLabels'));
  const [only] = labels;
  if (labels.length !== 1 || only?.key !== NAME || items(at(selector, 'matchExpressions')).length > 0)
    return undefined;
  const name = String(only.value);
  return documents.find('Namespace', '', name) === undefined || isOfTheCluster(name) ? undefined : name;
}

const NAME = 'kubernetes.io/metadata.name';

function selecting(graph: Graph, report: Report, policy: Document, selector: Field, namespace: string): void {
  if (!isGiven(selector) || isEmptySelector(selector)) return;
  if (graph.pods.selects(namespace, selector)) return;
  nothingSelected(graph, report, policy, selector, { certain: false, namespace });
}
