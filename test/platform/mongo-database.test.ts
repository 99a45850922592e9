import { describe, expect, it } from 'vitest';
import type { Environment } from '#model/environment/environment.ts';
import { mongoAddressClaims } from '#platform/mongo-address/claim.ts';
import { mongoDatabaseClaims } from '#platform/mongo-database/claim.ts';
import {
  mongoDatabaseCompositions,
  publicDatabaseComposition,
} from '#platform/mongo-database/composition.ts';
import { valueAt } from './field-path.ts';
import { render } from './render.ts';
import { production } from './tideline.ts';

type Database = NonNullable<Environment['spec']['databases']>[string];

const claimOf = (changes: Partial<Database>, environment: Environment = production) => {
  const bookings: Database = { tier: 'M30', version: '8.0', nodes: 3, ...changes };
  const [claim] = mongoDatabaseClaims({
    ...environment,
    spec: { ...environment.spec, databases: { bookings } },
  });
  return claim ?? expect.fail();
};

const rendered = (changes: Partial<Database> = {}, spec: object = {}) => {
  const claim = claimOf(changes);
  const composition = mongoDatabaseCompositions(production).find(
    ({ metadata }) => metadata.name === claim.spec.compositionRef.name,
  );
  return render(composition ?? expect.fail(), {
    metadata: { name: claim.name, uid: '11111111-2222' },
    spec: { ...claim.spec, ...spec },
    status: {},
  });
};

const forProvider = (resource: string, ...parts: Parameters<typeof rendered>) =>
  valueAt(rendered(...parts).resources.get(resource), 'spec.forProvider');

const region = (cluster: unknown) => valueAt(cluster, 'replicationSpecs[0].regionConfigs[0]');

describe('an Atlas cluster', () => {
  it('is a replica set of several zones that Atlas may scale, between bounds', () => {
    const cluster = forProvider('cluster', { autoscaling: { min: 'M30', max: 'M50' } });
    expect(cluster).toMatchObject({ clusterType: 'REPLICASET', useEffectiveFields: true });
    expect(region(cluster)).toMatchObject({
      providerName: 'AWS',
      regionName: 'EU_WEST_1',
      priority: 7,
      electableSpecs: { instanceSize: 'M30', nodeCount: 3 },
      autoScaling: {
        computeEnabled: true,
        computeScaleDownEnabled: true,
        diskGbEnabled: true,
        computeMinInstanceSize: 'M30',
        computeMaxInstanceSize: 'M50',
      },
    });
  });

  it('survives mistakes', () => {
    expect(forProvider('cluster')).toMatchObject({
      backupEnabled: true,
      pitEnabled: true,
      retainBackupsEnabled: true,
      terminationProtectionEnabled: true,
      deleteOnCreateTimeout: false,
      versionReleaseSystem: 'LTS',
      advancedConfiguration: { minimumEnabledTlsProtocol: 'TLS1_2' },
    });
    expect(forProvider('backup-schedule')).toMatchObject({ skipDestroy: true });
  });

  it('leaves the way clear for whoever deletes the database as well', () => {
    const cluster = forProvider('cluster', {}, { deletionPolicy: 'Delete' });
    expect(cluster).toMatchObject({ terminationProtectionEnabled: false, retainBackupsEnabled: true });
  });
});

describe('maintenance', () => {
  it.each([
    [undefined, { dayOfWeek: 1, hourOfDay: 4 }],
    ['sat:23:00', { dayOfWeek: 7, hourOfDay: 23 }],
    ['mon:00:00', { dayOfWeek: 2, hourOfDay: 0 }],
  ])('%s', (maintenanceWindow, expected) => {
    const window = forProvider(
      'maintenance-window',
      maintenanceWindow === undefined ? {} : { maintenanceWindow },
    );
    expect(window).toEqual({ projectIdSelector: { matchControllerRef: true }, ...expected });
  });
});

describe('alerts', () => {
  const alerts = (...parts: Parameters<typeof rendered>) =>
    [...rendered(...parts).resources].filter(([name]) => name.startsWith('alert-'));

  it('are there by default, each with a threshold of its own', () => {
    const thresholds = alerts().map(([name, alert]) => [
      name,
      valueAt(alert, 'spec.forProvider.metricThresholdConfig[0].threshold'),
    ]);
    expect(Object.fromEntries(thresholds)).toEqual({
      'alert-disk': 95,
      'alert-cpu': 90,
      'alert-connections': 80,
      'alert-replication-lag': 60,
      'alert-oplog-window': 86_400,
      'alert-no-primary': undefined,
      'alert-failed-snapshot': undefined,
    });
  });

  it('take the thresholds of the environment', () => {
    const lag = forProvider('alert-replication-lag', { alerts: { replicationLag: '2m' } });
    expect(valueAt(lag, 'metricThresholdConfig[0].threshold')).toBe(120);
  });

  it('go to every address, and hold no secret', () => {
    for (const [, alert] of alerts()) {
      expect(valueAt(alert, 'spec.forProvider.notification')).toEqual([
        { typeName: 'EMAIL', emailAddress: 'fleet@tideline.example', intervalMin: 60, delayMin: 0 },
      ]);
    }
  });

  it('go to the owners of the organization where no address is known', () => {
    const atlas = { organization: '0123456789abcdef01234567' };
    const { spec } = claimOf({}, { ...production, spec: { ...production.spec, atlas } });
    expect(spec.alerts.notifications).toMatchObject([{ typeName: 'ORG', roles: ['ORG_OWNER'] }]);
  });
});

describe('access', () => {
  const addresses = ['203.0.113.0/24', '198.51.100.7/32'];

  it('is a private endpoint, or listed addresses', () => {
    const kinds = (changes: Partial<Database>) =>
      new Set([...rendered(changes).resources.keys(), ...rendered(changes).waiting]);
    expect(kinds({})).toContain('vpc-endpoint');
    expect(kinds({ addresses })).not.toContain('vpc-endpoint');
    expect(claimOf({ addresses }).spec.compositionRef.name).toBe(publicDatabaseComposition(production));
  });

  it('changes without touching what keeps data', () => {
    const [inside, outside] = [rendered({}), rendered({ addresses })].map(({ resources }) => resources);
    for (const name of ['project', 'cluster', 'backup-schedule', 'maintenance-window']) {
      expect(outside?.get(name)).toEqual(inside?.get(name) ?? expect.fail());
    }
  });

  it('is a claim for each range, which goes when its line goes', () => {
    const bookings: Database = { tier: 'M10', version: '8.0', nodes: 3, addresses };
    const spec = { ...production.spec, databases: { bookings } };
    expect(mongoAddressClaims({ ...production, spec })).toMatchObject([
      {
        name: 'bookings-203-0-113-0-24',
        stateful: false,
        cause: '/spec/databases/bookings/addresses/0',
        spec: { cidr: '203.0.113.0/24', deletionPolicy: 'Delete' },
      },
      { name: 'bookings-198-51-100-7-32', cause: '/spec/databases/bookings/addresses/1' },
    ]);
  });
});
