import { PLIMSOLL_NAMESPACE } from '#model/names.ts';
import { at, isGiven, items, textOf } from '../builtin/field.ts';
import { isEmptySelector } from '../builtin/selector.ts';
import { annotationOf, type Document } from './documents.ts';
import { type Graph, isOfTheCluster, type Report } from './graph.ts';
import { called } from './pods.ts';

/**
 * What the policies promise of an environment and can't tell from one document. Nothing is said where the
 * environment's facts, the policies' parameters, are not among the documents: others' manifests promise nothing.
 */
export function promises(graph: Graph, report: Report): void {
  const facts = graph.documents.find('ConfigMap', PLIMSOLL_NAMESPACE, 'environment');
  if (facts === undefined) return;
  denials(graph, report);
  autoscaled(graph, report);
  if (textOf(at(facts.root, 'data', 'stage')) === 'production') budgets(graph, report);
}

type Direction = 'Ingress' | 'Egress';
const DIRECTIONS: readonly Direction[] = ['Ingress', 'Egress'];

/** https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies */
function denials({ documents, pods }: Graph, report: Report): void {
  const denied = new Map<string, Set<Direction>>();
  for (const policy of documents.of('NetworkPolicy.networking.k8s.io')) {
    const selector = at(policy.root, 'spec', 'podSelector');
    if (isGiven(selector) && !isEmptySelector(selector)) continue;
    const known = denied.get(policy.namespace) ?? new Set();
    for (const direction of directionsOf(policy)) known.add(direction);
    denied.set(policy.namespace, known);
  }
  const judged = new Set<string>();
  for (const { document } of pods.all) {
    const { namespace } = document;
    if (namespace === '' || judged.has(namespace) || isOfTheCluster(namespace)) continue;
    judged.add(namespace);
    const home = documents.find('Namespace', '', namespace);
    if (home !== undefined && isOfThePlatform(home)) continue;
    const missing = DIRECTIONS.filter((direction) => denied.get(namespace)?.has(direction) !== true);
    if (missing.length === 0) continue;
    const [place, path] = home === undefined ? [document, 'namespace'] : [home, 'name'];
    report(place, at(place.root, 'metadata', path), {
      code: 'namespace-open',
      args: { namespace, directions: missing },
    });
  }
}

/** Ways that a policy closes for the pods that it selects. Where it doesn't say, those that it has rules for. */
function directionsOf({ root }: Document): readonly Direction[] {
  const types = items(at(root, 'spec', 'policyTypes')).map((type) => textOf(type));
  if (types.length > 0) return DIRECTIONS.filter((direction) => types.includes(direction));
  return items(at(root, 'spec', 'egress')).length > 0 ? DIRECTIONS : ['Ingress'];
}

/** Namespaces of controllers, which the policies on workloads pass over, too. */
const isOfThePlatform = ({ root }: Document): boolean =>
  textOf(at(root, 'metadata', 'labels', 'plimsoll.dev/layer')) === 'platform';

const SCALABLE = ['Deployment.apps', 'StatefulSet.apps'] as const;

/** The annotation excuses a workload from the policy on replicas: what it says must be so. */
function autoscaled({ documents, autoscalers }: Graph, report: Report): void {
  for (const workload of SCALABLE.flatMap((kind) => documents.of(kind))) {
    const annotation = at(workload.root, 'metadata', 'annotations', REPLICAS);
    if (annotationOf(workload, REPLICAS) !== 'autoscaled' || autoscalers.of(workload) !== undefined) continue;
    report(workload, annotation, { code: 'autoscaler-missing', args: { workload: called(workload) } });
  }
}

const REPLICAS = 'plimsoll.dev/replicas';

/** Without a budget a drain may take all pods of a workload at once. */
function budgets({ documents, pods, autoscalers }: Graph, report: Report): void {
  const budgeted = new Set(
    documents
      .of('PodDisruptionBudget.policy')
      .flatMap(({ root, namespace }) => pods.selected(namespace, at(root, 'spec', 'selector')))
      .map(({ document }) => document),
  );
  for (const workload of SCALABLE.flatMap((kind) => documents.of(kind))) {
    const replicas = autoscalers.fewest(workload) ?? 1;
    const home = documents.find('Namespace', '', workload.namespace);
    if (replicas < 2 || budgeted.has(workload) || isOfTheCluster(workload.namespace)) continue;
    if (home !== undefined && isOfThePlatform(home)) continue;
    report(workload, at(workload.root, 'metadata', 'name'), {
      code: 'budget-missing',
      args: { workload: called(workload), replicas },
    });
  }
}
