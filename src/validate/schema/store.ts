import { groupOf } from '#manifests/identity.ts';
import { type CrdSchema, crdSchemaOf } from './crd.ts';
import { isObject, type JsonSchema, schemaOf, textOf, textsOf } from './jsonSchema.ts';
import type { Family } from './scope.ts';

/**
 * Which schema judges a kind. Three layers, the later ones first: Kubernetes' own kinds of one version, the
 * imported CRDs, and CRDs of the user or of the documents at hand.
 *
 * Input: the files of `imports/schemas` (its README has the layout) through a function. Guarantees: a file is
 * read when the first document needs it; the same kind gives the same object every time.
 */
export interface KindSchema {
  readonly apiVersion: string;
  readonly kind: string;
  /** Name of the resource in URLs and policies: `deployments`. */
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly family: Family;
  readonly schema: JsonSchema;
  /** Whether the status is written apart from the rest of a custom resource. */
  readonly hasStatus?: boolean;
  /** What the CRD's author says to users of this version; empty where only deprecated. */
  readonly deprecation?: string;
}

export interface SchemaStore {
  /** Minor version of Kubernetes: `1.34`. */
  readonly kubernetesVersion: string;
  readonly find: (apiVersion: string, kind: string) => KindSchema | undefined;
  /** The input of a Crossplane function, which is written like an object and is no API of the cluster. */
  readonly functionInput: (apiVersion: string, kind: string) => KindSchema | undefined;
  /** apiVersions of a group that serve a kind, the preferred one first. */
  readonly versionsOf: (group: string, kind: string) => readonly string[];
  /** apiVersions of all groups that have a kind of this name, for "did you mean". */
  readonly apiVersionsWith: (kind: string) => readonly string[];
  /** Kinds whose resource is called so, in the plural or the singular, of whatever group and version. */
  readonly resourcesNamed: (name: string) => readonly ResourceName[];
  /** All kinds, for "did you mean". */
  readonly kinds: () => ReadonlySet<string>;
  /** A definition of Kubernetes by its whole name. */
  readonly definition: (name: string) => JsonSchema | undefined;
}

export interface ResourceName {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Versions of Kubernetes whose schemas are kept. */
export const KUBERNETES_VERSIONS = ['1.30', '1.33', '1.34', '1.35'] as const;

/** `v1.34.2` -> `1.34`; undefined for a version whose schemas are not kept. */
export function minorOf(version: string): string | undefined {
  const [, minor] = /^v?([0-9]+\.[0-9]+)(\.[0-9]+)?([-+].*)?$/.exec(version) ?? [];
  return KUBERNETES_VERSIONS.find((known) => known === minor);
}

/** Reads a JSON file below `imports/schemas`; throws where there is none. */
export type ReadSchemaFile = (relative: string) => unknown;

/** The store of one Kubernetes version (a minor of KUBERNETES_VERSIONS) and the imported CRDs. */
export function openStore(kubernetesVersion: string, read: ReadSchemaFile): SchemaStore {
  return withImportedCrds(kubernetesStore(kubernetesVersion, read), read);
}

const key = (apiVersion: string, kind: string) => `${apiVersion} ${kind}`;

function kubernetesStore(kubernetesVersion: string, read: ReadSchemaFile): SchemaStore {
  const folder = `kubernetes/${kubernetesVersion}`;
  const index = objectOf(read(`${folder}/index.json`));
  const found = new Map<string, KindSchema>();
  const named = byName(index);
  let definitions: JsonSchema | undefined;
  const load = (apiVersion: string, kind: string): KindSchema | undefined => {
    const entry = schemaOf(schemaOf(index, apiVersion) ?? {}, kind);
    const definition = entry === undefined ? undefined : textOf(entry, 'definition');
    if (entry === undefined || definition === undefined) return undefined;
    const schema = { $ref: `#/definitions/${definition}` };
    const plural = textOf(entry, 'plural') ?? '';
    return { apiVersion, kind, plural, scope: scopeOf(entry), family: 'kubernetes', schema };
  };
  return {
    kubernetesVersion,
    find: (apiVersion, kind) => remembered(found, apiVersion, kind, load),
    functionInput: () => undefined,
    versionsOf: (group, kind) =>
      Object.keys(index).filter(
        (apiVersion) =>
          groupOf(apiVersion) === group && schemaOf(schemaOf(index, apiVersion) ?? {}, kind) !== undefined,
      ),
    apiVersionsWith: (kind) =>
      Object.keys(index).filter(
        (apiVersion) => schemaOf(schemaOf(index, apiVersion) ?? {}, kind) !== undefined,
      ),
    resourcesNamed: (name) => named(name).map(({ section, kind }) => ({ apiVersion: section, kind })),
    kinds: () => new Set(Object.values(index).flatMap((kinds) => Object.keys(objectOf(kinds)))),
    definition: (name) => {
      definitions ??= objectOf(read(`${folder}/definitions.json`));
      return schemaOf(definitions, name);
    },
  };
}

function withImportedCrds(store: SchemaStore, read: ReadSchemaFile): SchemaStore {
  const index = objectOf(read('crds/index.json'));
  const found = new Map<string, KindSchema>();
  const inputs = new Map<string, KindSchema>();
  const named = byName(index);
  const entryIn = (group: string, kind: string) => schemaOf(schemaOf(index, group) ?? {}, kind);
  const isInput = (entry: JsonSchema) => entry['input'] === true;
  const entryOf = (group: string, kind: string) => {
    const entry = entryIn(group, kind);
    // The input of a Crossplane function is no API of the cluster.
    return entry === undefined || isInput(entry) ? undefined : entry;
  };
  const loadEntry = (entry: JsonSchema | undefined, apiVersion: string): KindSchema | undefined => {
    const file = entry === undefined ? undefined : textOf(entry, 'file');
    const crd = file === undefined ? undefined : crdSchemaOf(read(`crds/${file}`));
    return crd === undefined ? undefined : kindSchemaOf(crd, apiVersion);
  };
  const load = (apiVersion: string, kind: string) =>
    loadEntry(entryOf(groupOf(apiVersion), kind), apiVersion);
  const loadInput = (apiVersion: string, kind: string) => {
    const entry = entryIn(groupOf(apiVersion), kind);
    return entry !== undefined && isInput(entry) ? loadEntry(entry, apiVersion) : undefined;
  };
  return {
    ...store,
    find: (apiVersion, kind) => remembered(found, apiVersion, kind, load) ?? store.find(apiVersion, kind),
    functionInput: (apiVersion, kind) =>
      remembered(inputs, apiVersion, kind, loadInput) ?? store.functionInput(apiVersion, kind),
    versionsOf: (group, kind) => {
      const versions = textsOf(entryOf(group, kind) ?? {}, 'versions');
      return versions.length === 0
        ? store.versionsOf(group, kind)
        : versions.map((name) => `${group}/${name}`);
    },
    apiVersionsWith: (kind) => [
      ...store.apiVersionsWith(kind),
      ...Object.keys(index).flatMap((group) =>
        textsOf(entryOf(group, kind) ?? {}, 'versions')
          .slice(0, 1)
          .map((version) => `${group}/${version}`),
      ),
    ],
    resourcesNamed: (name) => [
      ...store.resourcesNamed(name),
      ...named(name).flatMap(({ section, kind, entry }) =>
        isInput(entry)
          ? []
          : textsOf(entry, 'versions').map((version) => ({ apiVersion: `${section}/${version}`, kind })),
      ),
    ],
    kinds: () =>
      new Set([...store.kinds(), ...Object.values(index).flatMap((kinds) => Object.keys(objectOf(kinds)))]),
  };
}

/** Whether a CRD names a kind that Kubernetes itself serves, in whatever version. */
export const isBuiltIn = ({ group, kind }: CrdSchema, store: SchemaStore): boolean =>
  store.versionsOf(group, kind).some((version) => store.find(version, kind)?.family === 'kubernetes');

/** A store that knows these CRDs too, and believes them rather than other CRDs; never rather than Kubernetes. */
export function withCrds(store: SchemaStore, given: readonly CrdSchema[]): SchemaStore {
  const crds = given.filter((crd) => !isBuiltIn(crd, store));
  if (crds.length === 0) return store;
  const byKind = new Map(crds.map((crd) => [key(crd.group, crd.kind), crd]));
  const found = new Map<string, KindSchema>();
  const load = (apiVersion: string, kind: string): KindSchema | undefined => {
    const crd = byKind.get(key(groupOf(apiVersion), kind));
    return crd === undefined ? undefined : kindSchemaOf(crd, apiVersion);
  };
  return {
    ...store,
    find: (apiVersion, kind) =>
      byKind.has(key(groupOf(apiVersion), kind))
        ? remembered(found, apiVersion, kind, load)
        : store.find(apiVersion, kind),
    versionsOf: (group, kind) =>
      byKind
        .get(key(group, kind))
        ?.versions.filter(({ served }) => served)
        .map(({ name }) => `${group}/${name}`) ?? store.versionsOf(group, kind),
    apiVersionsWith: (kind) => [
      ...store.apiVersionsWith(kind),
      ...crds.flatMap((crd) => (crd.kind === kind ? [`${crd.group}/${crd.versions[0]?.name}`] : [])),
    ],
    resourcesNamed: (name) => [
      ...store
        .resourcesNamed(name)
        .filter(({ apiVersion, kind }) => !byKind.has(key(groupOf(apiVersion), kind))),
      ...crds
        .filter((crd) => crd.plural === name || crd.kind.toLowerCase() === name)
        .flatMap(({ group, kind, versions }) =>
          versions
            .filter(({ served }) => served)

            .map((version) => ({ apiVersion: `${group}/${version.name}`, kind })),
        ),
    ],
    kinds: () => new Set([...store.kinds(), ...crds.map(({ kind }) => kind)]),
  };
}

function kindSchemaOf(crd: CrdSchema, apiVersion: string): KindSchema | undefined {
  const version = crd.versions.find(({ name }) => `${crd.group}/${name}` === apiVersion);
  if (version === undefined || !version.served) return undefined;
  const schema = { ...version.schema, 'x-kubernetes-embedded-resource': true };
  const { kind: name, plural, scope } = crd;
  const { hasStatus } = version;
  const kind: KindSchema = { apiVersion, kind: name, plural, scope, family: 'custom', schema, hasStatus };
  return version.deprecated ? { ...kind, deprecation: version.deprecationWarning ?? '' } : kind;
}

function remembered(
  known: Map<string, KindSchema>,
  apiVersion: string,
  kind: string,
  load: (apiVersion: string, kind: string) => KindSchema | undefined,
): KindSchema | undefined {
  const id = key(apiVersion, kind);
  const before = known.get(id);
  if (before !== undefined) return before;
  const loaded = load(apiVersion, kind);
  if (loaded !== undefined) known.set(id, loaded);
  return loaded;
}

/** Entries of an index (group or version -> kind -> entry) by the plural of their resource, and by the singular. */
function byName(index: JsonSchema): (name: string) => readonly IndexEntry[] {
  let known: Map<string, IndexEntry[]> | undefined;
  return (name) => {
    if (known === undefined) {
      known = new Map();
      for (const [section, kinds] of Object.entries(index)) {
        for (const [kind, entry] of Object.entries(objectOf(kinds))) {
          if (!isObject(entry)) continue;
          for (const own of new Set([textOf(entry, 'plural') ?? '', kind.toLowerCase()])) {
            const others = known.get(own);
            if (others === undefined) known.set(own, [{ section, kind, entry }]);
            else others.push({ section, kind, entry });
          }
        }
      }
    }
    return known.get(name) ?? [];
  };
}

interface IndexEntry {
  readonly section: string;
  readonly kind: string;
  readonly entry: JsonSchema;
}

const objectOf = (value: unknown): JsonSchema => (isObject(value) ? value : {});

const scopeOf = (entry: JsonSchema): KindSchema['scope'] =>
  textOf(entry, 'scope') === 'Cluster' ? 'Cluster' : 'Namespaced';
