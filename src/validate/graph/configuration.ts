import { at, entries, type Field, isGiven, items, pointerOf, textOf } from '../builtin/field.ts';
import { annotationOf, type Document, placeOf } from './documents.ts';
import type { Graph, Report } from './graph.ts';
import { containersOf, type PodSource } from './pods.ts';
import { missing } from './reference.ts';

/** ConfigMaps and Secrets that pods need before they start: without one they wait, CreateContainerConfigError. */
export function configuration(graph: Graph, report: Report): void {
  twice(graph, report);
  for (const pods of graph.pods.all) {
    const told = new Set<string>();
    for (const need of configurationOf(pods)) required(graph, report, pods.document, need, told);
  }
  for (const account of graph.documents.of('ServiceAccount')) {
    const told = new Set<string>();
    for (const each of items(at(account.root, 'imagePullSecrets')))
      required(graph, report, account, { kind: 'Secret', name: at(each, 'name'), keys: [] }, told);
  }
  for (const ingress of graph.documents.of('Ingress.networking.k8s.io')) certificates(graph, report, ingress);
}

interface Need {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: Field;
  readonly keys: readonly Field[];
}

/** ConfigMaps and Secrets without which the pods do not start. */
export function configurationOf(pods: PodSource): readonly Need[] {
  return [
    ...containersOf(pods).flatMap(environmentOf),
    ...items(at(pods.spec, 'volumes')).flatMap(volumeOf),
    ...items(at(pods.spec, 'imagePullSecrets')).flatMap((each) => need('Secret', each)),
  ];
}

function need(
  kind: Need['kind'],
  reference: Field,
  keys: readonly Field[] = [],
  name = 'name',
): readonly Need[] {
  if (!isGiven(reference) || at(reference, 'optional').value === true) return [];
  return [{ kind, name: at(reference, name), keys }];
}

const keyed = (kind: Need['kind'], reference: Field) => need(kind, reference, [at(reference, 'key')]);

const listed = (kind: Need['kind'], reference: Field, name?: string) =>
  need(
    kind,
    reference,
    items(at(reference, 'items')).map((item) => at(item, 'key')),
    name,
  );

const environmentOf = (container: Field): readonly Need[] => [
  ...items(at(container, 'env')).flatMap((variable) => {
    const source = at(variable, 'valueFrom');
    if (!isGiven(source)) return [];
    return [
      ...keyed('ConfigMap', at(source, 'configMapKeyRef')),
      ...keyed('Secret', at(source, 'secretKeyRef')),
    ];
  }),
  ...items(at(container, 'envFrom')).flatMap((source) => [
    ...need('ConfigMap', at(source, 'configMapRef')),
    ...need('Secret', at(source, 'secretRef')),
  ]),
];

const volumeOf = (volume: Field): readonly Need[] => [
  ...listed('ConfigMap', at(volume, 'configMap')),
  ...listed('Secret', at(volume, 'secret'), 'secretName'),
  ...items(at(volume, 'projected', 'sources')).flatMap((source) => [
    ...listed('ConfigMap', at(source, 'configMap')),
    ...listed('Secret', at(source, 'secret')),
  ]),
];

/** ConfigMaps that controllers put into every namespace. */
const EVERYWHERE = new Set(['kube-root-ca.crt', 'openshift-service-ca.crt', 'istio-ca-root-cert']);

function required(
  graph: Graph,
  report: Report,
  from: Document,
  { kind, name, keys }: Need,
  told: Set<string>,
): void {
  const wanted = textOf(name);
  if (wanted === '' || (kind === 'ConfigMap' && EVERYWHERE.has(wanted))) return;
  const found = kind === 'Secret' ? secretKeys(graph, from, wanted) : configKeys(graph, from, wanted);
  if (found === undefined) {
    if (told.has(`${kind} ${wanted}`)) return;
    told.add(`${kind} ${wanted}`);
    if (kind === 'Secret') secretMissing(graph, report, from, name);
    else missing(graph, report, from, name, { kind, namespace: from.namespace, name: wanted });
    return;
  }
  if (found.keys === undefined) return;
  for (const field of keys) {
    const key = textOf(field);
    if (key === '' || found.keys.includes(key)) continue;
    const similar = graph.suggest(key, found.keys);
    const args = { kind, name: wanted, key, keys: found.keys, ...(similar !== undefined && { similar }) };
    report(from, field, { code: 'reference-key-missing', args });
  }
}

interface Found {
  readonly keys?: readonly string[];
}

const secretKeys = (graph: Graph, { namespace }: Document, name: string): Found | undefined =>
  graph.secrets.find(namespace, name);

function configKeys(graph: Graph, { namespace }: Document, name: string): Found | undefined {
  const config = graph.documents.find('ConfigMap', namespace, name);
  if (config !== undefined) {
    const { root } = config;
    return { keys: ['data', 'binaryData'].flatMap((map) => entries(at(root, map)).map(({ key }) => key)) };
  }
  // trust-manager copies its bundles into namespaces: https://cert-manager.io/docs/trust/trust-manager/
  return graph.documents.find('Bundle.trust.cert-manager.io', '', name) && {};
}

/** Secrets come from anywhere, for they should not be in manifests: never more than a warning. */
function secretMissing(graph: Graph, report: Report, from: Document, field: Field): void {
  const { namespace } = from;
  if (graph.makers(namespace, from) === 'others') return;
  const name = textOf(field);
  const similar = graph.suggest(name, graph.secrets.names(namespace));
  report(from, field, {
    code: 'reference-missing',
    severity: 'warning',
    args: {
      kind: 'Secret',
      name,
      ...(namespace !== '' && { namespace }),
      ...(similar !== undefined && { similar }),
    },
  });
}

function certificates(graph: Graph, report: Report, ingress: Document): void {
  const isIssued = ['issuer', 'cluster-issuer'].some(
    (each) => annotationOf(ingress, `cert-manager.io/${each}`) !== '',
  );
  if (isIssued) return;
  const told = new Set<string>();
  for (const each of items(at(ingress.root, 'spec', 'tls')))
    required(graph, report, ingress, { kind: 'Secret', name: at(each, 'secretName'), keys: [] }, told);
}

/** Two controllers that write one Secret undo each other's work, or the second refuses. */
function twice(graph: Graph, report: Report): void {
  for (const secret of graph.secrets.all) {
    const first = graph.secrets.find(secret.namespace, secret.name);
    if (first === undefined || first === secret || first.namespace !== secret.namespace) continue;
    // Two documents of one identity are told elsewhere.
    if (
      secret.merges ||
      first.merges ||
      (secret.document.kind === first.document.kind && secret.document.kind === 'Secret')
    )
      continue;
    const args = { name: secret.name, other: placeOf(first.document, pointerOf(first.field)) };
    report(secret.document, secret.field, { code: 'secret-duplicate', args });
  }
}
