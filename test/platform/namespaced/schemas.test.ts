import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { namespacedApi } from '#platform/namespaced/api.ts';

/**
 * What the transformation takes for granted of the providers' CRDs: between a cluster-scoped kind and the namespaced one
 * that takes its place, nothing differs but what it knows of. A new release that says otherwise fails here.
 */

const FOLDER = new URL('../../../imports/schemas/crds/', import.meta.url);
const read = (file: string) => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly [keyword: string]: unknown;
}

interface Version {
  readonly name: string;
  readonly storage: boolean;
  readonly schema: Schema;
}

type Index = Readonly<Record<string, Readonly<Record<string, { readonly file: string }>>>>;
const index: Index = read('index.json');

const versionsIn = (group: string, kind: string): readonly Version[] => {
  const file = index[group]?.[kind]?.file;
  return file === undefined ? [] : read(file).versions;
};

const kinds = Object.entries(index).flatMap(([group, entries]) =>
  namespacedApi(`${group}/v1`) === undefined ? [] : Object.keys(entries).map((kind) => ({ group, kind })),
);
const managed = kinds.filter(({ kind }) => kind !== 'ProviderConfig');

/** Descriptions aside. */
function differences(path: string, before: Schema, after: Schema): readonly string[] {
  const own = [
    'type',
    'default',
    'enum',
    'x-kubernetes-validations',
    'x-kubernetes-preserve-unknown-fields',
    'additionalProperties',
  ]
    .filter((keyword) => JSON.stringify(before[keyword]) !== JSON.stringify(after[keyword]))
    .map((keyword) => `${path} ${keyword}`);
  const required = [before, after].map((schema) => [...(schema.required ?? [])].sort().join(' '));
  const names = new Set([...Object.keys(before.properties ?? {}), ...Object.keys(after.properties ?? {})]);
  return [
    ...own,
    ...(required[0] === required[1] ? [] : [`${path} required: ${required.join(' -> ')}`]),
    ...[...names].flatMap((name) => {
      const [was, is] = [before.properties?.[name], after.properties?.[name]];
      if (was === undefined) return [`${path}.${name} is new`];
      return is === undefined ? [`${path}.${name} is gone`] : differences(`${path}.${name}`, was, is);
    }),
    ...(before.items === undefined || after.items === undefined
      ? []
      : differences(`${path}[]`, before.items, after.items)),
  ];
}

/** What the transformation deals with, or what nothing that it makes comes near. */
const KNOWN = [
  /^\.spec\.deletionPolicy is gone$/,
  /^\.spec\.providerConfigRef (default|required: name -> kind name)$/,
  /^\.spec\.providerConfigRef\.kind is new$/,
  /^\.spec\.providerConfigRef\.policy is gone$/,
  /^\.spec\.writeConnectionSecretToRef required: name namespace -> name$/,
  /^\.spec\.writeConnectionSecretToRef\.namespace is gone$/,
  // References may leave the namespace; ours don't.
  /(Ref|Refs\[\]|Selector)\.namespace is new$/,
  /SecretRef(\[\])?\.namespace is gone$/,
  /SecretRef(\[\])? required: key name namespace -> key name$/,
  // No Object of ours refers to others.
  /^\.spec\.references\[\]\.(dependsOn|patchesFrom)\.apiVersion default$/,
];

describe('namespaced kinds', () => {
  it('are there for all the cluster-scoped kinds that compositions use', () => {
    expect(kinds.length).toBeGreaterThan(50);
    const missing = kinds.filter(({ group, kind }) => {
      const api = namespacedApi(`${group}/v1`)?.split('/')[0] ?? '';
      return index[api]?.[kind.replace(/^ProviderConfig$/, 'ClusterProviderConfig')] === undefined;
    });
    expect(missing).toEqual([]);
  });

  it.each(managed)('$kind of $group differs in nothing else', ({ group, kind }) => {
    const before = versionsIn(group, kind).find(({ storage }) => storage) ?? expect.fail();
    const [api = '', version] = namespacedApi(`${group}/${before.name}`)?.split('/') ?? [];
    const after = versionsIn(api, kind).find(({ name }) => name === version) ?? expect.fail();
    const unknown = differences('', before.schema, after.schema).filter(
      (difference) => !KNOWN.some((known) => known.test(difference)),
    );
    expect(unknown).toEqual([]);
  });

  it.each(kinds.filter(({ kind }) => kind === 'ProviderConfig'))(
    'a ClusterProviderConfig says what a ProviderConfig of $group says',
    ({ group }) => {
      const [before] = versionsIn(group, 'ProviderConfig');
      const [api = '', version] = namespacedApi(`${group}/${before?.name}`)?.split('/') ?? [];
      const after = versionsIn(api, 'ClusterProviderConfig').find(({ name }) => name === version);
      expect(differences('', before?.schema ?? {}, after?.schema ?? {})).toEqual([]);
    },
  );
});

describe('namespacedApi', () => {
  it.each([
    ['eks.aws.upbound.io/v1beta2', 'eks.aws.m.upbound.io/v1beta1'],
    ['aws.upbound.io/v1beta1', 'aws.m.upbound.io/v1beta1'],
    ['database.mongodbatlas.crossplane.io/v1alpha3', 'database.mongodbatlas.m.crossplane.io/v1alpha3'],
    ['kubernetes.crossplane.io/v1alpha2', 'kubernetes.m.crossplane.io/v1alpha1'],
    ['eks.aws.m.upbound.io/v1beta1', undefined],
    ['laws.upbound.io/v1', undefined],
    ['apps/v1', undefined],
    ['v1', undefined],
  ])('%s -> %s', (before, after) => {
    expect(namespacedApi(before)).toBe(after);
  });
});
