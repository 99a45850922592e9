import { at, textOf } from '../builtin/field.ts';
import { type Document, hasInSpec } from './documents.ts';
import type { Graph, Report } from './graph.ts';

/**
 * Managed resources and the ProviderConfig that tells their provider how to sign in:
 * https://docs.crossplane.io/latest/managed-resources/managed-resources/#providerconfigref
 *
 * Judged where the documents hold a ProviderConfig of the provider; else somebody else makes them all.
 */
export function providerConfigs(graph: Graph, report: Report): void {
  const groups = new Map<string, string | undefined>();
  for (const document of graph.documents.all) {
    if (!hasInSpec(document, 'forProvider')) continue;
    const reference = at(document.root, 'spec', 'providerConfigRef');
    const group = document.kind.slice(document.kind.indexOf('.') + 1);
    // Namespaced kinds default to the cluster's: https://docs.crossplane.io/latest/whats-new/#namespaced-managed-resources
    const usual = group.includes('.m.') ? 'ClusterProviderConfig' : 'ProviderConfig';
    const kind = textOf(at(reference, 'kind')) || usual;
    const key = `${kind}.${group}`;
    if (!groups.has(key)) groups.set(key, configKind(graph, kind, group));
    const config = groups.get(key);
    if (config !== undefined) referredConfig(graph, report, document, config);
  }
}

/** `s3.aws.upbound.io` is configured by `aws.upbound.io`: the nearest group that has such a kind here. */
function configKind({ documents }: Graph, kind: string, group: string): string | undefined {
  const parts = group.split('.');
  const candidates = parts.map((_, index) => `${kind}.${parts.slice(index).join('.')}`);
  return candidates.find((candidate) => documents.of(candidate).length > 0);
}

function referredConfig(graph: Graph, report: Report, document: Document, kind: string): void {
  const field = at(document.root, 'spec', 'providerConfigRef', 'name');
  const name = textOf(field) || 'default';
  const { documents, suggest } = graph;
  if (documents.find(kind, document.namespace, name) !== undefined) return;
  const similar = suggest(name, documents.names(kind, document.namespace));
  const args = { kind: kind.split('.')[0] ?? kind, name, ...(similar !== undefined && { similar }) };
  report(document, field, { code: 'reference-missing', args });
}
