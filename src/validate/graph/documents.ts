import { groupOf } from '#manifests/identity.ts';
import type { Manifest } from '#manifests/manifest.ts';
import { at, type Field, isFields, textOf } from '../builtin/field.ts';

/** One document, as the rules of the graph see it. */
export interface Document {
  readonly manifest: Manifest;
  /** The root, from which fields are read. */
  readonly root: Field;
  /** `Service`, `Deployment.apps`: whatever the version. */
  readonly kind: string;
  /** Empty where it has none. */
  readonly namespace: string;
  readonly name: string;
}

/**
 * All documents of one cluster, to be found by kind, namespace and name. A namespaced document that does not say its
 * namespace gets one from whoever applies it, so it's found from each.
 */
export interface Documents {
  readonly all: readonly Document[];
  readonly of: (kind: string) => readonly Document[];
  readonly find: (kind: string, namespace: string, name: string) => Document | undefined;
  /** One of this name in any namespace. */
  readonly named: (kind: string, name: string) => Document | undefined;
  /** Names of a kind in a namespace, for "did you mean". */
  readonly names: (kind: string, namespace: string) => readonly string[];
  readonly isIn: (namespace: string, besides: Document) => boolean;
}

interface Kind {
  readonly documents: Document[];
  readonly byName: Map<string, Document>;
  readonly names: Map<string, readonly string[]>;
  /** Made when somebody asks. */
  byNameOnly?: ReadonlyMap<string, Document>;
}

const NONE: readonly never[] = [];

export const documentsOf = (manifests: readonly Manifest[]): Documents => indexOf(manifests.map(documentOf));

export function indexOf(all: readonly Document[]): Documents {
  const kinds = new Map<string, Kind>();
  const counts = new Map<string, number>();
  for (const document of all) {
    const { kind: name, namespace } = document;
    let kind = kinds.get(name);
    if (kind === undefined) {
      kind = { documents: [], byName: new Map(), names: new Map() };
      kinds.set(name, kind);
    }
    kind.documents.push(document);
    kind.byName.set(`${namespace}/${document.name}`, document);
    // Without a namespace there are also those that can't have one.
    if (namespace !== '' || isWorkloadPart(name)) counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
  }
  return {
    all,
    of: (kind) => kinds.get(kind)?.documents ?? NONE,
    find: (kind, namespace, name) => {
      const byName = kinds.get(kind)?.byName;
      return byName?.get(`${namespace}/${name}`) ?? byName?.get(`/${name}`);
    },
    named: (kind, name) => namedIn(kinds.get(kind), name),
    names: (kind, namespace) => namesIn(kinds.get(kind), namespace),
    isIn: (namespace, besides) =>
      (counts.get(namespace) ?? 0) > (besides.namespace === namespace ? 1 : 0) &&
      // Who knows which of the namespaces those without one go to.
      (namespace !== '' || counts.size === 1),
  };
}

function documentOf(manifest: Manifest): Document {
  const { apiVersion, kind, metadata } = manifest.object;
  const group = groupOf(apiVersion);
  return {
    manifest,
    root: { value: manifest.object },
    kind: group === '' ? kind : `${kind}.${group}`,
    namespace: typeof metadata.namespace === 'string' ? metadata.namespace : '',
    name: metadata.name,
  };
}

const WORKLOAD_PARTS = new Set([
  ...[
    'ConfigMap',
    'PersistentVolumeClaim',
    'Pod',
    'Secret',
    'Service',
    'ServiceAccount',
    'Ingress.networking.k8s.io',
  ],
  ...['Deployment.apps', 'StatefulSet.apps', 'DaemonSet.apps', 'Job.batch', 'CronJob.batch'],
]);

const isWorkloadPart = (kind: string): boolean => WORKLOAD_PARTS.has(kind);

function namedIn(kind: Kind | undefined, name: string): Document | undefined {
  if (kind === undefined) return undefined;
  kind.byNameOnly ??= new Map(kind.documents.map((document) => [document.name, document]));
  return kind.byNameOnly.get(name);
}

function namesIn(kind: Kind | undefined, namespace: string): readonly string[] {
  if (kind === undefined) return NONE;
  const known = kind.names.get(namespace);
  if (known !== undefined) return known;
  const names = kind.documents
    .filter((document) => document.namespace === namespace || document.namespace === '')
    .map(({ name }) => name);
  kind.names.set(namespace, names);
  return names;
}

/** Whether the spec has a field, without a look at it: for rules that ask this of every document. */
export function hasInSpec({ manifest }: Document, field: string): boolean {
  const spec = manifest.object['spec'];
  return isFields(spec) && Object.hasOwn(spec, field);
}

/** An annotation's value; empty where it isn't there. */
export const annotationOf = ({ root }: Document, name: string): string =>
  textOf(at(root, 'metadata', 'annotations', name));

/** Where a document is, as messages name another one. */
export function placeOf({ manifest }: Document, pointer = '/metadata/name'): string {
  const origin = manifest.locate(pointer);
  return origin === undefined ? manifest.file : `${origin.file}:${origin.line}:${origin.column}`;
}
