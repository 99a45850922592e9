import { describe, expect, it } from 'vitest';
import { namespacedComposition } from '#platform/namespaced/composition.ts';
import { hasNamespacedForm, namespacedDocument } from '#platform/namespaced/document.ts';
import type { KubernetesDocument } from '#platform/namespaced/json.ts';

/** Documents of a platform that offers berths: what no composition of ours has, too. */

const POLICY = {
  type: 'FromCompositeFieldPath',
  fromFieldPath: 'spec.deletionPolicy',
  toFieldPath: 'spec.deletionPolicy',
};
const CONFIG = {
  type: 'FromCompositeFieldPath',
  fromFieldPath: 'spec.providerConfigName',
  toFieldPath: 'spec.providerConfigRef.name',
};
const WITHOUT_DELETE = ['Observe', 'Create', 'Update', 'LateInitialize'];

const compositionOf = (resource: object): KubernetesDocument => ({
  apiVersion: 'apiextensions.crossplane.io/v1',
  kind: 'Composition',
  metadata: { name: 'berth' },
  spec: {
    compositeTypeRef: { apiVersion: 'harbour.tideline.example/v1', kind: 'XBerth' },
    mode: 'Pipeline',
    writeConnectionSecretsToNamespace: 'crossplane-system',
    pipeline: [
      {
        step: 'compose',
        functionRef: { name: 'function-patch-and-transform' },
        input: {
          apiVersion: 'pt.fn.crossplane.io/v1beta1',
          kind: 'Resources',
          patchSets: [{ name: 'provider', patches: [CONFIG, POLICY] }],
          resources: [{ name: 'mooring', ...resource }],
        },
      },
      { step: 'ready', functionRef: { name: 'function-auto-ready' } },
    ],
  },
});

interface Input {
  readonly patchSets: readonly {
    readonly name: string;
    readonly patches: readonly Record<string, unknown>[];
  }[];
  readonly resources: readonly [
    { readonly base: Record<string, unknown>; readonly patches: readonly unknown[] },
  ];
  readonly writeConnectionSecretToRef?: unknown;
}

interface Made {
  readonly spec: {
    readonly compositeTypeRef: unknown;
    readonly pipeline: readonly [{ readonly input: Input }, unknown];
  };
}

const made = (resource: object) => {
  const { spec } = namespacedComposition(compositionOf(resource), (kind) => kind.slice(1)) as unknown as Made;
  return { spec, input: spec.pipeline[0].input, resource: spec.pipeline[0].input.resources[0] };
};

const base = (spec: object) => ({ apiVersion: 'sqs.aws.upbound.io/v1beta1', kind: 'Queue', spec });
const SHARED = { type: 'PatchSet', patchSetName: 'provider' };

describe('a Composition', () => {
  it('is for the kind that claims had, and leaves secrets to the function', () => {
    const { spec } = made({ base: base({}), patches: [] });
    expect(spec.compositeTypeRef).toEqual({ apiVersion: 'harbour.tideline.example/v1', kind: 'Berth' });
    expect(spec).not.toHaveProperty('writeConnectionSecretsToNamespace');
    expect(spec.pipeline[1]).toEqual({ step: 'ready', functionRef: { name: 'function-auto-ready' } });
  });

  it('says Orphan as everything but Delete, in the shared patches', () => {
    const { input, resource } = made({ base: base({ forProvider: {} }), patches: [SHARED] });
    expect(input.patchSets).toEqual([
      {
        name: 'provider',
        patches: [
          CONFIG,
          {
            ...POLICY,
            toFieldPath: 'spec.managementPolicies',
            transforms: [{ type: 'map', map: { Orphan: WITHOUT_DELETE, Delete: ['*'] } }],
          },
        ],
      },
    ]);
    expect(resource).toEqual({
      name: 'mooring',
      base: {
        apiVersion: 'sqs.aws.m.upbound.io/v1beta1',
        kind: 'Queue',
        spec: { forProvider: {}, providerConfigRef: { kind: 'ClusterProviderConfig', name: 'default' } },
      },
      patches: [SHARED],
    });
  });

  it('lets what is only watched be only watched', () => {
    const { input, resource } = made({ base: base({ managementPolicies: ['Observe'] }), patches: [SHARED] });
    expect(resource.base['spec']).toMatchObject({ managementPolicies: ['Observe'] });
    expect(resource.patches).toEqual([CONFIG]);
    expect(input.patchSets).toEqual([]);
  });

  it('gives a resource no policy that its base had not', () => {
    const managementPolicies = ['Observe', 'Create', 'Update', 'Delete'];
    const { resource } = made({ base: base({ managementPolicies }), patches: [SHARED] });
    expect(resource.patches).toMatchObject([
      {},
      { transforms: [{ map: { Orphan: ['Observe', 'Create', 'Update'], Delete: managementPolicies } }] },
    ]);
  });

  it('translates what a patch of a resource alone makes of the policy, after its own transforms', () => {
    const constant = {
      type: 'match',
      match: { patterns: [{ type: 'regexp', regexp: '.*', result: 'Delete' }] },
    };
    const { resource } = made({
      base: base({}),
      patches: [
        SHARED,
        { ...POLICY, fromFieldPath: 'spec.name', transforms: [constant] },
        { fromFieldPath: 'spec.deletionPolicy' },
      ],
    });
    expect(resource.patches).toMatchObject([
      SHARED,
      { toFieldPath: 'spec.managementPolicies', transforms: [constant, { type: 'map' }] },
      { toFieldPath: 'spec.managementPolicies', transforms: [{ type: 'map' }] },
    ]);
  });

  it('says in a base what a deletion policy said there', () => {
    const of = (spec: object) => made({ base: base(spec), patches: [] }).resource.base['spec'];
    expect(of({ deletionPolicy: 'Orphan' })).toEqual({ managementPolicies: WITHOUT_DELETE });
    expect(of({ deletionPolicy: 'Delete' })).toEqual({ managementPolicies: ['*'] });
  });

  it('has secrets without a namespace, but in somebody else’s object', () => {
    const secret = { name: 'tide-gauge', namespace: 'crossplane-system' };
    const manifest = { spec: { passwordSecretRef: secret } };
    const { resource } = made({
      base: base({
        providerConfigRef: { name: 'harbour', policy: { resolve: 'Always' } },
        writeConnectionSecretToRef: secret,
        forProvider: {
          passwordSecretRef: { ...secret, key: 'p' },
          authenticationMode: { passwordsSecretRef: [secret] },
          manifest,
        },
      }),
      patches: [
        { ...CONFIG, toFieldPath: 'spec.writeConnectionSecretToRef.namespace' },
        { ...CONFIG, toFieldPath: 'spec.forProvider.passwordsSecretRef[0].namespace' },
      ],
    });
    expect(resource.base['spec']).toEqual({
      providerConfigRef: { kind: 'ClusterProviderConfig', name: 'harbour' },
      writeConnectionSecretToRef: { name: 'tide-gauge' },
      forProvider: {
        passwordSecretRef: { name: 'tide-gauge', key: 'p' },
        authenticationMode: { passwordsSecretRef: [{ name: 'tide-gauge' }] },
        manifest,
      },
    });
    expect(resource.patches).toEqual([]);
  });

  it('composes the connection secret by the name that the composite says', () => {
    const patches: object[] = [];
    expect(made({ base: base({}), patches }).input).not.toHaveProperty('writeConnectionSecretToRef');
    const connectionDetails = [
      { type: 'FromFieldPath', name: 'url', fromFieldPath: 'status.atProvider.url' },
    ];
    expect(
      made({ base: base({}), patches, connectionDetails }).input.writeConnectionSecretToRef,
    ).toMatchObject({
      patches: [
        { fromFieldPath: 'spec.writeConnectionSecretToRef.name', toFieldPath: 'name' },
        { fromFieldPath: 'metadata.namespace', toFieldPath: 'namespace' },
      ],
    });
  });

  it.each([
    ['spec.claimRef.name', 'metadata.name'],
    ['spec.claimRef.namespace', 'metadata.namespace'],
    ['metadata.labels[crossplane.io/claim-name]', 'metadata.name'],
    ['metadata.labels[crossplane.io/claim-namespace]', 'metadata.namespace'],
    ['spec.compositionRef.name', 'spec.crossplane.compositionRef.name'],
    ['spec.compositionSelector.matchLabels[tide]', 'spec.crossplane.compositionSelector.matchLabels[tide]'],
    ['spec.claimReference', 'spec.claimReference'],
  ])('reads %s from %s', (before, after) => {
    const toFieldPath = 'spec.forProvider.name';
    const combine = { strategy: 'string', variables: [{ fromFieldPath: before }], string: { fmt: '%s' } };
    const { resource } = made({
      base: base({}),
      patches: [
        { type: 'FromCompositeFieldPath', fromFieldPath: before, toFieldPath },
        { type: 'CombineFromComposite', combine, toFieldPath },
        { type: 'ToCompositeFieldPath', fromFieldPath: before, toFieldPath: 'status.tide' },
      ],
    });
    expect(resource.patches).toMatchObject([
      { fromFieldPath: after, toFieldPath },
      { combine: { variables: [{ fromFieldPath: after }] } },
      { fromFieldPath: before },
    ]);
  });

  it('leaves resources alone that no provider makes', () => {
    const given = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'tides' } };
    expect(made({ base: given, patches: [] }).resource.base).toEqual(given);
  });
});

describe('a claim', () => {
  const claim = {
    apiVersion: 'platform.plimsoll.dev/v1alpha1',
    kind: 'MongoDatabase',
    metadata: { name: 'bookings', namespace: 'tideline', annotations: { keep: 'me' } },
    spec: {
      tier: 'M30',
      compositionRef: { name: 'mongo-database' },
      compositionUpdatePolicy: 'Manual',
      compositeDeletePolicy: 'Foreground',
      resourceRef: { name: 'bookings-x7k2p' },
      writeConnectionSecretToRef: { name: 'bookings-mongodb' },
    },
  };

  it('is the composite, with Crossplane’s fields apart', () => {
    expect(namespacedDocument(claim)).toEqual({
      ...claim,
      spec: {
        tier: 'M30',
        writeConnectionSecretToRef: { name: 'bookings-mongodb' },
        crossplane: { compositionRef: { name: 'mongo-database' }, compositionUpdatePolicy: 'Manual' },
      },
    });
  });

  it('is changed once', () => {
    expect(namespacedDocument(namespacedDocument(claim))).toEqual(namespacedDocument(claim));
  });
});

it.each([
  ['apps/v1', 'Deployment'],
  ['pkg.crossplane.io/v1', 'Provider'],
  ['apiextensions.crossplane.io/v1beta1', 'EnvironmentConfig'],
  ['harbour.tideline.example/v1', 'ProviderConfig'],
])('%s %s is what it was', (apiVersion, kind) => {
  const document = { apiVersion, kind, metadata: { name: 'harbour' }, spec: { compositionRef: {} } };
  expect(hasNamespacedForm(document)).toBe(false);
  expect(namespacedDocument(document)).toBe(document);
});
