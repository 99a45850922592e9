import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { granted } from '#model/identities.ts';
import { allClaims, platformServices } from '#platform/catalogue.ts';
import { claimCrd, compositeCrd } from '#platform/crd.ts';
import { production } from './tideline.ts';

/**
 * The API server as the oracle: it takes the CRDs (structural schemas, cost of CEL), the claims, and it refuses
 * the changes that nothing behind them can follow. Runs where PLIMSOLL_KUBECONFIG names the kubeconfig of a
 * cluster that may be written to.
 */
const KUBECONFIG = process.env['PLIMSOLL_KUBECONFIG'] ?? '';

/** A group of its own, so that nothing else in that cluster is touched. */
const GROUP = 'tested.platform.plimsoll.dev';
const NAMESPACE = 'tideline-platform-test';

const tested = (text: string) => text.replaceAll(/(?<!tested\.)platform\.plimsoll\.dev/g, GROUP);

function kubectl(input: string, ...parts: string[]): { readonly ok: boolean; readonly message: string } {
  try {
    return {
      ok: true,
      message: execFileSync('kubectl', [`--kubeconfig=${KUBECONFIG}`, ...parts], {
        input,
        encoding: 'utf8',
        stdio: ['pipe', 'pipe', 'pipe'],
      }),
    };
  } catch (error) {
    const message = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    return { ok: false, message };
  }
}

const list = (items: readonly object[]) => tested(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));

const apply = (items: readonly object[]) =>
  kubectl(list(items), 'apply', '--server-side', '--force-conflicts', '--validate=strict', '-f', '-');

const pluralOf = (kind: string) => platformServices.find(({ claimKind }) => claimKind === kind)?.plural ?? '';

const change = (kind: string, name: string, spec: object) =>
  kubectl(
    '',
    ...['patch', `${pluralOf(kind)}.${GROUP}`, name, '-n', NAMESPACE, '--type=merge', '--dry-run=server'],
    ...['-p', JSON.stringify({ spec })],
  );

const claims = allClaims(production, granted(production)).map(({ kind, name, spec }) => ({
  apiVersion: 'platform.plimsoll.dev/v1alpha1',
  kind,
  metadata: { name, namespace: NAMESPACE },
  spec,
}));

describe.runIf(KUBECONFIG !== '')('the API server', () => {
  beforeAll(() => {
    const crds = platformServices.flatMap(({ xrd }) => [claimCrd(xrd()), compositeCrd(xrd())]);
    const taken = apply(crds);
    expect(taken.ok, taken.message).toBe(true);
    apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } }]);
    const established = kubectl(
      '',
      'wait',
      '--for=condition=Established',
      '--timeout=60s',
      ...crds.map(({ metadata }) => `crd/${tested(metadata.name)}`),
    );
    expect(established.ok, established.message).toBe(true);
    kubectl(
      '',
      'delete',
      '--all',
      '-n',
      NAMESPACE,
      platformServices.map(({ plural }) => `${plural}.${GROUP}`).join(','),
    );
    const applied = apply(claims);
    expect(applied.ok, applied.message).toBe(true);
  }, 120_000);

  it.each([
    ['MongoDatabase', 'bookings', { tier: 'M40' }],
    ['MongoDatabase', 'bookings', { tier: 'M80', autoscaling: { max: 'M200' } }],
    ['KubernetesCluster', 'tideline-production', { version: '1.35' }],
    ['Network', 'tideline-production', { natGateways: 'single' }],
    ['ValkeyCache', 'tracking', { shards: 4 }],
    ['MongoDatabase', 'berths', { access: 'privateLink' }],
    ['MongoDatabase', 'bookings', { maintenance: { dayOfWeek: 7, hourOfDay: 0 } }],
    ['ValkeyCache', 'sessions', { version: '8.1' }],
    ['ValkeyCache', 'sessions', { snapshotWindow: '23:30-00:30' }],
    ['ValkeyCache', 'sessions', { snapshotWindow: '05:00-06:00' }],
    ['ValkeyCache', 'sessions', { parameters: [{ name: 'notify-keyspace-events', value: 'Ex' }] }],
    ['ValkeyCache', 'quotes', { serverless: { maximumGiB: 20 } }],
    ['MessageQueue', 'voyage-events', { retentionSeconds: 900 }],
    ['ServiceIdentity', 'api', { permissionsBoundaryArn: null }],
  ])('lets %s %s change to %j', (kind, name, spec) => {
    const { ok, message } = change(kind, name, spec);
    expect(ok, message).toBe(true);
  });

  it.each([
    ['MongoDatabase', 'bookings', { tier: 'M140' }, 'bounds of autoscaling'],
    ['MongoDatabase', 'bookings', { version: '7.0' }, 'never goes down'],
    ['MongoDatabase', 'bookings', { diskGiB: 50 }, 'never shrinks'],
    ['MongoDatabase', 'bookings', { backup: { restoreWindowDays: 20 } }, 'reach further back'],
    ['MongoDatabase', 'bookings', { backup: { dailyRetentionDays: 60 } }, 'Rarer snapshots'],
    ['MongoDatabase', 'bookings', { clusterName: 'berths' }, 'Cannot be changed later'],
    ['MongoDatabase', 'bookings', { zones: ['a', 'b'] }, 'none removed'],
    ['ValkeyCache', 'sessions', { zones: ['a', 'b'] }, 'none removed'],
    ['ValkeyCache', 'quotes', { zones: ['b', 'a', 'c'] }, 'zones of a serverless cache'],
    ['MongoDatabase', 'bookings', { maintenance: { dayOfWeek: 0 } }, 'greater than or equal'],
    ['MongoDatabase', 'bookings', { alerts: { diskPercent: 100 } }, 'less than or equal'],
    ['MongoDatabase', 'bookings', { alerts: { notifications: [] } }, 'at least 1 items'],
    [
      'MongoDatabase',
      'bookings',
      { alerts: { notifications: [{ typeName: 'EMAIL', intervalMin: 60, delayMin: 0 }] } },
      'EMAIL has an emailAddress',
    ],
    ['MongoAddress', 'berths-203-0-113-0-24', { cidr: '203.0.112.0/24' }, 'Cannot be changed later'],
    ['MongoAddress', 'berths-203-0-113-0-24', { cidr: '0.0.0.0/0' }, 'should match'],
    ['MongoAddress', 'berths-203-0-113-0-24', { cidr: '172.20.0.0/16' }, 'public addresses'],
    ['MongoUser', 'api-bookings', { roleArn: 'arn:aws:iam::111122223333:role/x' }, 'Cannot be changed later'],
    ['ObjectBucket', 'documents', { bucketName: 'other-documents' }, 'Cannot be changed later'],
    ['ObjectBucket', 'manifests', { lifecycle: { archiveDays: 400 } }, 'archived before they expire'],
    ['MessageQueue', 'voyage-events', { region: 'eu-west-2' }, 'Cannot be changed later'],
    ['MessageQueue', 'voyage-events', { fifo: true }, 'end in .fifo'],
    ['MessageQueue', 'voyage-events', { retentionSeconds: 1_209_601 }, 'less than or equal'],
    ['KubernetesCluster', 'tideline-production', { version: '1.33' }, 'never goes down'],
    ['KubernetesCluster', 'tideline-production', { publicAccessCidrs: ['0.0.0.0/0'] }, 'whole internet'],
    ['KubernetesCluster', 'tideline-production', { publicAccessCidrs: null }, 'publicAccessCidrs'],
    ['Network', 'tideline-production', { zones: { a: { privateCidr: '10.9.0.0/18' } } }, 'Cannot be changed'],
    ['ValkeyCache', 'sessions', { shards: 2 }, 'one shard'],
    ['ValkeyCache', 'tracking', { replicationGroupId: 'other' }, 'Cannot be changed later'],
    ['ValkeyCache', 'sessions', { version: '7.2' }, 'never goes down'],
    ['ValkeyCache', 'sessions', { snapshotWindow: '24:00-25:00' }, 'should match'],
    ['ValkeyCache', 'sessions', { snapshotWindow: '02:00-02:59' }, 'snapshot window must be 60'],
    [
      'ValkeyCache',
      'sessions',
      { maintenanceWindow: 'sun:04:00-sun:04:59' },
      'maintenance window must be 60',
    ],
    ['ValkeyCache', 'sessions', { snapshotWindow: '04:59-05:59' }, 'must not meet'],
    ['ValkeyCache', 'sessions', { snapshotWindow: '03:01-04:01' }, 'must not meet'],
    ['ValkeyCache', 'sessions', { maintenanceWindow: 'sun:23:30-mon:02:30' }, 'must not meet'],
    ['ValkeyCache', 'sessions', { maintenanceWindow: 'sun:04:00-mon:04:00' }, 'must not meet'],
    [
      'ValkeyCache',
      'sessions',
      { parameters: [{ name: 'maxmemory-policy', value: 'everything' }] },
      'maxmemory-policy is out of its bounds',
    ],
    [
      'ValkeyCache',
      'sessions',
      { parameters: [{ name: 'timeout', value: '5' }] },
      'timeout is out of its bounds',
    ],
    [
      'ValkeyCache',
      'sessions',
      { parameters: [{ name: 'cluster-enabled', value: 'yes' }] },
      'exactly where there are several shards',
    ],
    ['ValkeyCache', 'tracking', { parameters: [] }, 'exactly where there are several shards'],
    ['ValkeyCache', 'sessions', { serverless: { maximumGiB: 1, maximumEcpu: 1000 } }, 'Either serverless'],
    ['ValkeyCache', 'quotes', { nodeType: 'cache.r7g.large' }, 'Either serverless'],
    ['ValkeyCache', 'sessions', { nodeType: null }, 'Either serverless'],
    [
      'ValkeyCache',
      'quotes',
      {
        serverless: null,
        nodeType: 'cache.r7g.large',
        shards: 1,
        replicas: 1,
        parameters: [],
        maintenanceWindow: 'sun:04:00-sun:05:00',
      },
      'cannot become serverless',
    ],
    ['ValkeyCache', 'quotes', { version: '8.1' }, 'only the major version'],
    ['ValkeyCache', 'quotes', { serverless: { maximumGiB: 5001 } }, 'less than or equal'],
    ['ValkeyUser', 'api-sessions', { userId: 'other' }, 'Cannot be changed later'],
    ['NodeGroup', 'general', { instanceTypes: ['m7g.xlarge'] }, 'Cannot be changed later'],
    ['NodeGroup', 'general', { minSize: 50 }, 'minSize'],
    ['NodeGroup', 'general', { labels: { 'bad key!': 'x' } }, 'valid key'],
    ['ServiceIdentity', 'api', { serviceAccount: { name: 'other' } }, 'Cannot be changed later'],
  ])('does not let %s %s change to %j', (kind, name, spec, reason) => {
    const { ok, message } = change(kind, name, spec);
    expect(ok).toBe(false);
    expect(message).toContain(reason);
  });
});
