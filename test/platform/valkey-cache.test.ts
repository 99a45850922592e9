import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEnvironments } from '#environments/read.ts';
import type { Environment } from '#model/environment/environment.ts';
import { valkeyCacheClaims } from '#platform/valkey-cache/claim.ts';
import { valkeyCacheCompositions } from '#platform/valkey-cache/composition.ts';
import { windowRules } from '#platform/valkey-cache/windows.ts';
import { edited, FILE } from '../environments/tideline.ts';
import { holds } from './cel.ts';
import { valueAt } from './field-path.ts';
import { render } from './render.ts';
import { production } from './tideline.ts';

type Cache = NonNullable<Environment['spec']['caches']>[string];

const users = [{ service: 'api', cache: 'sessions', access: 'read' }] as const;

const rendered = (changes: Partial<Cache>) => {
  const sessions: Cache = { version: '8.0', shards: 1, replicas: 2, ...changes };
  const environment = { ...production, spec: { ...production.spec, caches: { sessions } } };
  const [claim = expect.fail()] = valkeyCacheClaims(environment, users);
  const composition = valkeyCacheCompositions(production).find(
    ({ metadata }) => metadata.name === claim.spec.compositionRef.name,
  );
  return render(composition ?? expect.fail(), {
    metadata: { name: claim.name, uid: '11111111-2222' },
    spec: claim.spec,
    status: {
      clusterSecurityGroupId: 'sg-1',
      userGroupArn: 'arn:users',
      parameterGroupArns: { valkey7: 'arn:valkey7', valkey8: 'arn:valkey8' },
    },
  }).resources;
};

const NODES = { nodeType: 'cache.r7g.large' } as const;
const SERVERLESS = { serverless: { maximumGiB: 10, maximumECPU: 5000 } } as const;

const forProvider = (changes: Partial<Cache>, resource: string) =>
  valueAt(rendered(changes).get(resource), 'spec.forProvider');

describe('a replication group', () => {
  it('fails over between zones, encrypted, with a last snapshot', () => {
    expect(forProvider(NODES, 'replication-group')).toMatchObject({
      engine: 'valkey',
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      transitEncryptionEnabled: true,
      transitEncryptionMode: 'required',
      atRestEncryptionEnabled: 'true',
      userGroupIds: ['tideline-production-sessions'],
      finalSnapshotIdentifier: 'tideline-production-sessions-final',
    });
  });

  it.each([
    ['7.2', 'tideline-production-sessions-valkey7'],
    ['8.0', 'tideline-production-sessions-valkey8'],
    ['8.1', 'tideline-production-sessions-valkey8'],
  ] as const)('of %s has the parameter group %s', (version, name) => {
    const changes = { ...NODES, version };
    expect(forProvider(changes, 'replication-group')).toMatchObject({ parameterGroupName: name });
    const groups = ['valkey7', 'valkey8'].map((family) => forProvider(changes, `parameter-group-${family}`));
    expect(groups.map((group) => valueAt(group, 'name'))).toContain(name);
  });

  it('has the parameters of the environment, and is a cluster where there are several shards', () => {
    const parameters = { timeout: 300, 'maxmemory-policy': 'allkeys-lru' } as const;
    const asked = [
      { name: 'maxmemory-policy', value: 'allkeys-lru' },
      { name: 'timeout', value: '300' },
    ];
    const cluster = { name: 'cluster-enabled', value: 'yes' };
    const of = (changes: Partial<Cache>) => forProvider(changes, 'parameter-group-valkey8');
    expect(of(NODES)).toMatchObject({ family: 'valkey8', parameter: [] });
    expect(of({ ...NODES, parameters })).toMatchObject({ parameter: asked });
    expect(of({ ...NODES, parameters, shards: 3 })).toMatchObject({ parameter: [cluster, ...asked] });
  });
});

describe('a serverless cache', () => {
  it('has bounds, subnets, users and snapshots, and nothing of nodes', () => {
    const resources = rendered(SERVERLESS);
    expect([...resources.keys()]).toEqual([
      'cluster',
      'security-group',
      'ingress-from-cluster',
      'user-group',
      'serverless-cache',
    ]);
    expect(valueAt(resources.get('serverless-cache'), 'spec.forProvider')).toMatchObject({
      engine: 'valkey',
      majorEngineVersion: '8',
      cacheUsageLimits: [{ dataStorage: [{ unit: 'GB', maximum: 10 }], ecpuPerSecond: [{ maximum: 5000 }] }],
      subnetIdRefs: ['a', 'b', 'c'].map((zone) => ({ name: `tideline-production-private-${zone}` })),
      userGroupId: 'tideline-production-sessions',
      dailySnapshotTime: '02:00',
      snapshotRetentionLimit: 7,
    });
  });

  it('is reached on both of its ports, and nodes on one', () => {
    expect(forProvider(SERVERLESS, 'ingress-from-cluster')).toMatchObject({ fromPort: 6379, toPort: 6380 });
    expect(forProvider(NODES, 'ingress-from-cluster')).toMatchObject({ fromPort: 6379, toPort: 6379 });
  });
});

describe('windows', () => {
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 45, 59))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
  const day = fc.constantFrom('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun');
  const daily = fc.tuple(time, time).map((times) => times.join('-'));
  const weekly = fc
    .tuple(day, time, day, time)
    .map(([from, start, to, end]) => `${from}:${start}-${to}:${end}`);

  it('are refused by the reader exactly where the cluster refuses them', () => {
    fc.assert(
      fc.property(daily, weekly, (snapshotWindow, maintenanceWindow) => {
        const text = edited(
          'cache.t4g.small',
          `cache.t4g.small\n      snapshotWindow: ${snapshotWindow}\n      maintenanceWindow: ${maintenanceWindow}`,
        );
        const { findings } = readEnvironments([{ path: FILE, text }]);
        const self = { snapshotWindow, maintenanceWindow };
        expect(windowRules.every(({ rule }) => holds(rule, self))).toBe(findings.length === 0);
      }),
      { numRuns: 60 },
    );
  });
});
