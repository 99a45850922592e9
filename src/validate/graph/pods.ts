import { at, entries, type Field, isFields, items, numberOf, textOf } from '../builtin/field.ts';
import { matches } from '../builtin/selector.ts';
import type { Document, Documents } from './documents.ts';

/** Pods that one document makes, all alike. */
export interface PodSource {
  readonly document: Document;
  /** The pods' labels. */
  readonly labels: Field;
  readonly spec: Field;
}

export interface Pods {
  readonly all: readonly PodSource[];
  /** The pods of one document. */
  readonly by: (document: Document) => PodSource | undefined;
  /** What a LabelSelector selects in a namespace; an empty one selects all. */
  readonly selected: (namespace: string, selector: Field) => readonly PodSource[];
  /** Whether it selects any. */
  readonly selects: (namespace: string, selector: Field) => boolean;
  readonly in: (namespace: string) => readonly PodSource[];
  /** Labels of a namespace's pods, as `name=value`, for "did you mean". */
  readonly labels: (namespace: string) => readonly string[];
}

/** Where the template of a pod is in a kind that makes some. */
const TEMPLATES: ReadonlyMap<string, readonly string[]> = new Map([
  ['Pod', []],
  ['ReplicationController', ['spec', 'template']],
  ['Deployment.apps', ['spec', 'template']],
  ['StatefulSet.apps', ['spec', 'template']],
  ['DaemonSet.apps', ['spec', 'template']],
  ['ReplicaSet.apps', ['spec', 'template']],
  ['Rollout.argoproj.io', ['spec', 'template']],
  ['Job.batch', ['spec', 'template']],
  ['CronJob.batch', ['spec', 'jobTemplate', 'spec', 'template']],
]);

interface InNamespace {
  readonly all: PodSource[];
  readonly byLabel: Map<string, PodSource[]>;
}

const NONE: readonly never[] = [];

export function podsOf(documents: Documents): Pods {
  const all = [...TEMPLATES].flatMap(([kind, path]) =>
    documents.of(kind).map((document): PodSource => {
      const template = at(document.root, ...path);
      return { document, labels: at(template, 'metadata', 'labels'), spec: at(template, 'spec') };
    }),
  );
  const byDocument = new Map(all.map((source) => [source.document, source]));
  const namespaces = new Map<string, InNamespace>();
  for (const source of all) index(namespaces, source);
  // Those without a namespace are in the namespace of whoever asks: nobody knows better.
  const unknown = namespaces.get('');
  const homes = (namespace: string): readonly InNamespace[] => {
    const own = namespaces.get(namespace);
    return [own, namespace === '' ? undefined : unknown].filter((home) => home !== undefined);
  };
  const known = new Map<string, readonly string[]>();
  const labels = (namespace: string): readonly string[] => {
    const found = known.get(namespace) ?? homes(namespace).flatMap((home) => [...home.byLabel.keys()]);
    known.set(namespace, found);
    return found;
  };
  return {
    all,
    by: (document) => byDocument.get(document),
    selected: (namespace, selector) => homes(namespace).flatMap((home) => selectedIn(home, selector)),
    selects: (namespace, selector) =>
      homes(namespace).some((home) =>
        candidates(home, selector).some(({ labels }) => matches(selector, labels)),
      ),
    in: (namespace) => homes(namespace).flatMap((home) => home.all),
    labels,
  };
}

function index(namespaces: Map<string, InNamespace>, source: PodSource): void {
  const { namespace } = source.document;
  let home = namespaces.get(namespace);
  if (home === undefined) {
    home = { all: [], byLabel: new Map() };
    namespaces.set(namespace, home);
  }
  home.all.push(source);
  const labels = isFields(source.labels.value) ? source.labels.value : {};
  for (const key of Object.keys(labels)) {
    const label = `${key}=${String(labels[key])}`;
    const same = home.byLabel.get(label);
    if (same === undefined) home.byLabel.set(label, [source]);
    else same.push(source);
  }
}

const selectedIn = (home: InNamespace, selector: Field): readonly PodSource[] =>
  candidates(home, selector).filter(({ labels }) => matches(selector, labels));

/** Those that have the rarest of the labels. */
function candidates(home: InNamespace, selector: Field): readonly PodSource[] {
  let fewest: readonly PodSource[] = home.all;
  for (const { key, value } of entries(at(selector, 'matchLabels'))) {
    const having = home.byLabel.get(`${key}=${String(value)}`) ?? NONE;
    if (having.length < fewest.length) fewest = having;
  }
  return fewest;
}

/** All containers, those that run before the others too. */
export const containersOf = ({ spec }: PodSource): readonly Field[] => [
  ...items(at(spec, 'initContainers')),
  ...mainContainersOf(spec),
];

export const mainContainersOf = (spec: Field): readonly Field[] => items(at(spec, 'containers'));

/** Containers that run as long as the pod does: https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/ */
export const lastingContainersOf = (spec: Field): readonly Field[] => [
  ...mainContainersOf(spec),
  ...items(at(spec, 'initContainers')).filter((each) => textOf(at(each, 'restartPolicy')) === 'Always'),
];

/** Kinds that keep as many pods as `spec.replicas` says, one where it says nothing. */
const REPLICATED = new Set([
  'Deployment.apps',
  'StatefulSet.apps',
  'ReplicaSet.apps',
  'ReplicationController',
  'Rollout.argoproj.io',
]);

/** How many pods there are; undefined for what has no such number. */
export const replicasOf = ({ kind, root }: Document): number | undefined =>
  REPLICATED.has(kind) ? (numberOf(at(root, 'spec', 'replicas')) ?? 1) : undefined;

/** A Service's selector is a plain map. */
export const asSelector = (map: Field): Field => ({
  value: { matchLabels: map.value },
  ...(map.parent && { parent: map.parent }),
  ...(map.key !== undefined && { key: map.key }),
});

/** `Deployment api`: as messages name a workload. */
export const called = ({ manifest }: Document): string =>
  `${manifest.object.kind} ${manifest.object.metadata.name}`;
