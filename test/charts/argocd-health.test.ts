import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LuaFactory } from 'wasmoon';
import { APPLICATION_HEALTH, CROSSPLANE_HEALTH } from '#charts/argocd-health.ts';

/**
 * The Lua that decides when a wave is over, run as Argo CD runs it: `obj` in, a table out, no library but the base one.
 * What Argo CD's own Lua machine makes of the same scripts, test/delivery shows.
 */
type Lua = Awaited<ReturnType<LuaFactory['createEngine']>>;
let lua: Lua;
beforeAll(async () => {
  lua = await new LuaFactory().createEngine({ openStandardLibs: true, injectObjects: false });
  // Argo CD gives scripts of a ConfigMap neither of these.
  lua.doStringSync(
    'string = nil; io = nil; require = nil; debug = nil; coroutine = nil; math = nil; utf8 = nil',
  );
});
afterAll(() => lua.global.close());

/** A table as Lua writes it: a proxy of a JavaScript array would count from 0. */
function written(value: unknown): string {
  if (value === null || value === undefined) return 'nil';
  if (Array.isArray(value)) return `{${value.map(written).join(',')}}`;
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, each]) => `[${JSON.stringify(key)}]=${written(each)}`)
      .join(',')}}`;
  return JSON.stringify(value);
}

function health(script: string, object: object): { status: string; message: string } {
  return lua.doStringSync(`local obj = ${written(object)}\n${script}`);
}

const condition = (type: string, status: string, reason?: string, message?: string) => ({
  type,
  status,
  reason,
  message,
});
const of = (apiVersion: string, kind: string, conditions?: readonly object[], rest: object = {}) => ({
  apiVersion,
  kind,
  metadata: { name: 'one' },
  ...(conditions === undefined ? {} : { status: { conditions } }),
  ...rest,
});

const SYNCED = condition('Synced', 'True', 'ReconcileSuccess');
const READY = condition('Ready', 'True', 'Available');
const KINDS = {
  claim: ['platform.plimsoll.dev/v1alpha1', 'MongoDatabase'],
  composite: ['platform.plimsoll.dev/v1alpha1', 'XMongoDatabase'],
  'managed resource of AWS': ['elasticache.aws.upbound.io/v1beta2', 'ReplicationGroup'],
  'managed resource of Atlas': ['mongodbatlas.crossplane.io/v1alpha3', 'AdvancedCluster'],
  'managed resource in a namespace': ['sqs.aws.m.upbound.io/v1beta1', 'Queue'],
  // No package, for all its name.
  'managed resource of that kind': ['lambda.aws.upbound.io/v1beta1', 'Function'],
} as const;

describe.each(Object.entries(KINDS))('a %s', (_, [apiVersion, kind]) => {
  test.each([
    ['without a status', undefined, 'Progressing'],
    ['without conditions', [], 'Progressing'],
    ['only synced', [SYNCED], 'Progressing'],
    ['only ready', [READY], 'Progressing'],
    ['synced and ready', [SYNCED, READY], 'Healthy'],
    ['in any order', [READY, SYNCED], 'Healthy'],
    ['being created', [SYNCED, condition('Ready', 'False', 'Creating')], 'Progressing'],
    ['of which nothing is known', [SYNCED, condition('Ready', 'Unknown')], 'Progressing'],
    ['whose sync is unknown', [condition('Synced', 'Unknown'), READY], 'Progressing'],
    [
      'that cannot be synced',
      [condition('Synced', 'False', 'ReconcileError', 'no such role'), READY],
      'Degraded',
    ],
    ['that is paused', [condition('Synced', 'False', 'ReconcilePaused'), READY], 'Suspended'],
    [
      'whose last change failed',
      [SYNCED, READY, condition('LastAsyncOperation', 'False', 'AsyncCreateFailure')],
      'Degraded',
    ],
    [
      'whose last change went well',
      [SYNCED, READY, condition('LastAsyncOperation', 'True', 'Success')],
      'Healthy',
    ],
    [
      'with conditions of others',
      [condition('Responsive', 'True'), condition('Archived', 'False')],
      'Progressing',
    ],
    ['ready, with conditions of others', [SYNCED, READY, condition('Responsive', 'True')], 'Healthy'],
  ])('%s', (_, conditions, status) => {
    expect(health(CROSSPLANE_HEALTH, of(apiVersion, kind, conditions)).status).toBe(status);
  });

  test('that is being deleted', () => {
    const metadata = { name: 'one', deletionTimestamp: '2026-01-01T00:00:00Z' };
    expect(health(CROSSPLANE_HEALTH, of(apiVersion, kind, [SYNCED, READY], { metadata })).status).toBe(
      'Progressing',
    );
  });

  test('says why', () => {
    const conditions = [condition('Synced', 'False', 'ReconcileError', 'no such role')];
    const { message } = health(CROSSPLANE_HEALTH, of(apiVersion, kind, conditions));
    expect(message).toBe('Synced=False (ReconcileError): no such role');
  });
});

const ESTABLISHED = condition('Established', 'True', 'WatchingCompositeResource');
const OFFERED = condition('Offered', 'True', 'WatchingCompositeResourceClaim');
const INSTALLED = condition('Installed', 'True', 'ActivePackageRevision');
const HEALTHY = condition('Healthy', 'True', 'HealthyPackageRevision');
const withClaims = { spec: { claimNames: { kind: 'Network' } } };
const XRD = ['apiextensions.crossplane.io/v1', 'CompositeResourceDefinition'] as const;
const PROVIDER = ['pkg.crossplane.io/v1', 'Provider'] as const;
const REVISION = ['pkg.crossplane.io/v1', 'ProviderRevision'] as const;

test.each([
  ['definition, new', of(...XRD, undefined, withClaims), 'Progressing'],
  ['definition, established but not offered', of(...XRD, [ESTABLISHED], withClaims), 'Progressing'],
  ['definition, offered', of(...XRD, [ESTABLISHED, OFFERED], withClaims), 'Healthy'],
  ['definition without claims', of('apiextensions.crossplane.io/v2', XRD[1], [ESTABLISHED]), 'Healthy'],
  [
    'definition that cannot be established',
    of(...XRD, [condition('Established', 'False', 'Failed')], withClaims),
    'Degraded',
  ],
  [
    'definition whose claims cannot be offered',
    of(...XRD, [ESTABLISHED, condition('Offered', 'False')], withClaims),
    'Degraded',
  ],
  ['composition', of('apiextensions.crossplane.io/v1', 'Composition'), 'Healthy'],
  ['composition revision', of('apiextensions.crossplane.io/v1', 'CompositionRevision'), 'Healthy'],
  [
    'composition revision, valid',
    of('apiextensions.crossplane.io/v1', 'CompositionRevision', [condition('ValidPipeline', 'True')]),
    'Healthy',
  ],
  [
    'composition revision, invalid',
    of('apiextensions.crossplane.io/v1', 'CompositionRevision', [
      condition('ValidPipeline', 'False', 'MissingCapabilities'),
    ]),
    'Degraded',
  ],
  ['package, new', of(...PROVIDER), 'Progressing'],
  [
    'package being unpacked',
    of(...PROVIDER, [condition('Installed', 'False', 'UnpackingPackage')]),
    'Progressing',
  ],
  ['package, installed', of(...PROVIDER, [INSTALLED]), 'Progressing'],
  [
    'package, installed, health unknown',
    of(...PROVIDER, [INSTALLED, condition('Healthy', 'Unknown')]),
    'Progressing',
  ],
  ['package, healthy', of(...PROVIDER, [INSTALLED, HEALTHY]), 'Healthy'],
  [
    'package, not healthy',
    of(...PROVIDER, [INSTALLED, condition('Healthy', 'False', 'UnhealthyPackageRevision')]),
    'Degraded',
  ],
  ['function', of('pkg.crossplane.io/v1', 'Function', [INSTALLED, HEALTHY]), 'Healthy'],
  ['function, new', of('pkg.crossplane.io/v1', 'Function', [HEALTHY]), 'Progressing'],
  ['configuration', of('pkg.crossplane.io/v1', 'Configuration', [INSTALLED, HEALTHY]), 'Healthy'],
  [
    'configuration, not to be had',
    of('pkg.crossplane.io/v1', 'Configuration', [condition('Installed', 'False', 'Failed')]),
    'Degraded',
  ],
  ['revision, new', of(...REVISION), 'Progressing'],
  ['revision of Crossplane 1', of(...REVISION, [HEALTHY]), 'Healthy'],
  ['revision of Crossplane 1, not healthy', of(...REVISION, [condition('Healthy', 'False')]), 'Degraded'],
  [
    'revision of Crossplane 2',
    of(...REVISION, [condition('RevisionHealthy', 'True'), condition('RuntimeHealthy', 'True')]),
    'Healthy',
  ],
  [
    'revision of Crossplane 2 that does not run yet',
    of(...REVISION, [condition('RevisionHealthy', 'True'), condition('RuntimeHealthy', 'Unknown')]),
    'Progressing',
  ],
  [
    'revision that does not run',
    of(...REVISION, [condition('RevisionHealthy', 'True'), condition('RuntimeHealthy', 'False')]),
    'Degraded',
  ],
  ['revision that is no more', of(...REVISION, [], { spec: { desiredState: 'Inactive' } }), 'Healthy'],
  ['provider configuration, new', of('aws.upbound.io/v1beta1', 'ProviderConfig'), 'Healthy'],
  [
    'provider configuration in use',
    of('aws.upbound.io/v1beta1', 'ProviderConfig', undefined, { status: { users: 3 } }),
    'Healthy',
  ],
  [
    'provider configuration of the cluster',
    of('aws.m.upbound.io/v1beta1', 'ClusterProviderConfig'),
    'Healthy',
  ],
  ['runtime configuration', of('pkg.crossplane.io/v1beta1', 'DeploymentRuntimeConfig'), 'Healthy'],
  ['usage, new', of('apiextensions.crossplane.io/v1beta1', 'Usage'), 'Progressing'],
  ['usage', of('protection.crossplane.io/v1beta1', 'ClusterUsage', [READY]), 'Healthy'],
  [
    'managed resource definition, not active',
    of('apiextensions.crossplane.io/v1alpha1', 'ManagedResourceDefinition', [], {
      spec: { state: 'Inactive' },
    }),
    'Healthy',
  ],
  [
    'managed resource definition, pending',
    of('apiextensions.crossplane.io/v1alpha1', 'ManagedResourceDefinition', [], {
      spec: { state: 'Active' },
    }),
    'Progressing',
  ],
  [
    'activation policy',
    of('apiextensions.crossplane.io/v1alpha1', 'ManagedResourceActivationPolicy', [HEALTHY]),
    'Healthy',
  ],
])('a %s', (_, object, status) => {
  expect(health(CROSSPLANE_HEALTH, object).status).toBe(status);
});

describe('an Application', () => {
  const application = (status: object | undefined, metadata: object = {}) => ({
    metadata: { name: 'cluster', ...metadata },
    ...(status === undefined ? {} : { status }),
  });
  const history = [{ id: 0 }];
  test.each([
    ['new', application(undefined), 'Progressing'],
    ['compared', application({ health: { status: 'Missing' } }), 'Progressing'],
    // All that is there already is healthy, and the rest isn't there.
    ['healthy before its first sync', application({ health: { status: 'Healthy' } }), 'Progressing'],
    [
      'that found in place all that it has',
      application({ sync: { status: 'Synced' }, health: { status: 'Healthy' } }),
      'Healthy',
    ],
    [
      'that found in place what is on its way',
      application({ sync: { status: 'Synced' }, health: { status: 'Progressing' } }),
      'Progressing',
    ],
    [
      'that is in sync while its first sync goes on',
      application({
        sync: { status: 'Synced' },
        health: { status: 'Healthy' },
        operationState: { phase: 'Running' },
      }),
      'Progressing',
    ],
    [
      'whose first sync is tried again',
      application({
        health: { status: 'Degraded' },
        operationState: { phase: 'Running', message: 'Retrying' },
      }),
      'Progressing',
    ],
    [
      'whose first sync was given up',
      application({ health: { status: 'Healthy' }, operationState: { phase: 'Failed' } }),
      'Degraded',
    ],
    ['synced', application({ history, health: { status: 'Healthy' } }), 'Healthy'],
    ['synced and waiting', application({ history, health: { status: 'Progressing' } }), 'Progressing'],
    ['synced and broken', application({ history, health: { status: 'Degraded' } }), 'Degraded'],
    [
      'that is being deleted',
      application({ history, health: { status: 'Healthy' } }, { deletionTimestamp: 'now' }),
      'Progressing',
    ],
    [
      'that is the root',
      application(undefined, { annotations: { 'plimsoll.dev/root': 'staging' } }),
      'Healthy',
    ],
    [
      'that names an environment otherwise',
      application(undefined, { annotations: { a: 'b' } }),
      'Progressing',
    ],
  ])('%s', (_, object, status) => {
    expect(health(APPLICATION_HEALTH, object).status).toBe(status);
  });
});
