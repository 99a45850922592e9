import { describe, expect, it } from 'vitest';
import type { Environment } from '#model/environment/environment.ts';
import { granted } from '#model/identities.ts';
import { allClaims, platformServices } from '#platform/catalogue.ts';
import type { Claim } from '#platform/claim.ts';
import { claimCrd } from '#platform/crd.ts';
import { objections } from './schemas.ts';
import { environments, production, sandbox } from './tideline.ts';

const claimsOf = (environment: Environment) => allClaims(environment, granted(environment));

const schemas = new Map(
  platformServices.map(({ claimKind, xrd }) => [
    claimKind,
    claimCrd(xrd()).spec.versions[0]?.schema.openAPIV3Schema ?? {},
  ]),
);

const document = ({ kind, name, namespace, spec }: Claim) => ({
  apiVersion: 'platform.plimsoll.dev/v1alpha1',
  kind,
  metadata: { name, namespace },
  spec,
});

const named = (environment: Environment, kind: string, name: string): Claim<Record<string, unknown>> => {
  const found = claimsOf(environment).find((claim) => claim.kind === kind && claim.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return found as Claim<Record<string, unknown>>;
};

const at = (value: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (here, key) => (typeof here === 'object' && here !== null ? Reflect.get(here, key) : undefined),
      value,
    );

describe.each(Object.entries(environments))('claims of %s', (_, environment) => {
  const claims = claimsOf(environment);

  it.each(claims.map((claim) => [`${claim.kind} ${claim.name}`, claim] as const))(
    '%s is valid',
    (_, claim) => {
      expect(objections(schemas.get(claim.kind) ?? expect.fail(), document(claim))).toEqual([]);
    },
  );

  it('have an identity of their own', () => {
    const identities = claims.map(({ kind, name }) => `${kind}/${name}`);
    expect(new Set(identities).size).toBe(identities.length);
  });

  it('come from something that the environment holds', () => {
    expect(claims.filter(({ cause }) => at(environment, cause) === undefined)).toEqual([]);
  });

  it('blame fields that the claim could hold', () => {
    for (const { kind, fields } of claims)
      for (const pointer of Object.keys(fields))
        expect(
          pointer
            .split('/')
            .slice(1)
            .reduce<unknown>((schema, key) => at(schema, `/properties/${key}`), schemas.get(kind)),
          `${kind} ${pointer}`,
        ).toBeDefined();
  });

  it('name a composition that the environment has', () => {
    for (const service of platformServices) {
      const names = service.compositions(environment).map(({ metadata }) => metadata.name);
      for (const { spec } of service.claims(environment, granted(environment)))
        expect(names).toContain(spec.compositionRef.name);
    }
  });

  it('leave what keeps data alone when it is deleted', () => {
    const policies = claims.map(({ stateful, spec }) => [stateful, at(spec, '/deletionPolicy')]);
    for (const [stateful, policy] of policies) expect(policy).toBe(stateful ? 'Orphan' : 'Delete');
  });
});

describe('claims', () => {
  it('are the same for the same environment', () => {
    expect(JSON.stringify(claimsOf(production))).toBe(JSON.stringify(claimsOf(structuredClone(production))));
  });

  it('convert units', () => {
    expect(named(production, 'MessageQueue', 'cargo-orders').spec).toMatchObject({
      name: 'tideline-production-cargo-orders.fifo',
      deadLetterQueueName: 'tideline-production-cargo-orders-dlq.fifo',
      fifo: true,
      visibilityTimeoutSeconds: 30,
      retentionSeconds: 1_209_600,
      delaySeconds: 900,
    });
    expect(named(production, 'ValkeyCache', 'tracking').spec).toMatchObject({ snapshotRetentionDays: 2 });
  });

  it('write defaults out', () => {
    expect(named(production, 'ValkeyCache', 'sessions').spec).toMatchObject({
      snapshotRetentionDays: 7,
      snapshotWindow: '02:00-03:00',
      maintenanceWindow: 'sun:04:00-sun:05:00',
    });
    expect(named(production, 'MongoDatabase', 'berths').spec).toMatchObject({
      autoscaling: { min: 'M10', max: 'M20' },
      backup: { hourlyRetentionDays: 7, dailyRetentionDays: 7, weeklyRetentionDays: 28, pointInTime: false },
    });
    expect(named(sandbox, 'MongoDatabase', 'berths').spec).toMatchObject({
      autoscaling: { min: 'M300', max: 'M300' },
    });
  });

  it('put the users of a cache into its group', () => {
    expect(named(production, 'ValkeyCache', 'sessions').spec['userIds']).toEqual([
      'tideline-production-sessions-api',
      'tideline-production-sessions-clerk',
    ]);
    expect(named(production, 'ValkeyUser', 'clerk-sessions').spec['userId']).toBe(
      'tideline-production-sessions-clerk',
    );
  });

  it('give a service exactly what it uses', () => {
    expect(named(production, 'MongoUser', 'clerk-bookings').spec).toMatchObject({
      role: 'read',
      projectName: 'tideline-production-bookings',
      roleArn: 'arn:aws:iam::111122223333:role/tideline-production-clerk',
    });
    expect(named(production, 'ServiceIdentity', 'archivist').spec).toMatchObject({
      statements: [],
      compositionRef: { name: 'service-identity-bare' },
      permissionsBoundaryArn: 'arn:aws:iam::111122223333:policy/services',
    });
    expect(claimsOf(production).filter(({ name }) => name === 'web')).toEqual([]);
  });

  it('archive only what lives long enough', () => {
    expect(named(production, 'ObjectBucket', 'telemetry').spec['lifecycle']).toEqual({
      abortUploadsDays: 7,
      noncurrentDays: 90,
      expireDays: 14,
    });
    expect(named(production, 'ObjectBucket', 'manifests').spec['lifecycle']).toMatchObject({
      archiveDays: 60,
      expireDays: 365,
    });
  });

  it('choose the image of nodes by their instance type', () => {
    expect(named(production, 'NodeGroup', 'general').spec['amiType']).toBe('AL2023_ARM_64_STANDARD');
    expect(named(production, 'NodeGroup', 'inference-v2').spec).toMatchObject({
      amiType: 'AL2023_x86_64_NVIDIA',
      capacityType: 'SPOT',
      taints: [
        { key: 'nvidia.com/gpu', effect: 'NO_SCHEDULE' },
        { key: 'tideline.example/spot', value: 'yes', effect: 'PREFER_NO_SCHEDULE' },
      ],
      labels: { 'workload-type': 'inference', 'tideline.example/gpu': 'l4' },
    });
    expect(named(sandbox, 'NodeGroup', 'general').spec['amiType']).toBe('AL2023_x86_64_STANDARD');
  });

  it('keep the addresses of services out of the VPC', () => {
    expect(named(production, 'KubernetesCluster', 'tideline-production').spec['serviceIpv4Cidr']).toBe(
      '172.20.0.0/16',
    );
    expect(named(sandbox, 'KubernetesCluster', 'tideline-sandbox').spec['serviceIpv4Cidr']).toBe(
      '10.100.0.0/16',
    );
  });
});
