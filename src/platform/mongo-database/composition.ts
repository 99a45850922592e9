import { BackupSchedule } from '#imports/cloud.mongodbatlas.crossplane.io.ts';
import { AdvancedCluster, MaintenanceWindow, Project } from '#imports/mongodbatlas.crossplane.io.ts';
import type { Environment } from '#model/environment/environment.ts';
import { prefix } from '#model/names.ts';
import { atlas, atlasTagged, base, type ComposedResource, sibling } from '../composed.ts';
import { type Composition, composition } from '../composition.ts';
import { from, lookUp, report } from '../patches.ts';
import { publication, publishing } from '../publication.ts';
import { alerts } from './alerts.ts';
import { mongoDatabase } from './definition.ts';
import { privateLink } from './private-link.ts';
import { atlasRegion } from './regions.ts';

/**
 * The compositions of a database. That with a private endpoint is cut to the zones of one environment, because it
 * stands in each. Each database has an Atlas project of its own. Between the two, whatever keeps data has the same
 * names, so that changing from one to the other leaves it alone.
 */

/** Name of the composition with a private endpoint, for an environment. */
export const privateDatabaseComposition = (environment: Environment): string =>
  `mongo-database-${prefix(environment)}`;

/** Without one: a MongoAddress lets each range of addresses in. */
export const publicDatabaseComposition = (environment: Environment): string =>
  publishing(environment, 'mongo-database-addresses');

/** The compositions for an environment's databases. */
export const mongoDatabaseCompositions = (environment: Environment): readonly Composition[] => [
  composition(mongoDatabase, privateDatabaseComposition(environment), [
    ...database(environment),
    ...privateLink(environment.spec.network.availabilityZones),
  ]),
  composition(mongoDatabase, publicDatabaseComposition(environment), database(environment)),
];

const database = (environment: Environment): readonly ComposedResource[] => [
  project(),
  cluster(),
  backupSchedule(),
  maintenanceWindow(),
  ...alerts(),
  ...publication(environment),
];

const ofProject = { projectIdSelector: sibling() };

const project = (): ComposedResource =>
  atlasTagged(
    'project',
    base(Project, { spec: { forProvider: { withDefaultAlertsSettings: true } } }),
    from('spec.projectName', 'metadata.name'),
    from('spec.projectName', 'spec.forProvider.name'),
    from('spec.organization', 'spec.forProvider.orgId'),
    report('status.atProvider.id', 'status.projectId'),
  );

/** `useEffectiveFields` leaves sizes to Atlas's own scaling; without it the provider would scale back. */
const cluster = (): ComposedResource => {
  const region = 'spec.forProvider.replicationSpecs[0].regionConfigs[0]';
  return {
    ...atlasTagged(
      'cluster',
      base(AdvancedCluster, {
        spec: {
          forProvider: {
            ...ofProject,
            clusterType: 'REPLICASET',
            backupEnabled: true,
            retainBackupsEnabled: true,
            deleteOnCreateTimeout: false,
            versionReleaseSystem: 'LTS',
            useEffectiveFields: true,
            advancedConfiguration: { minimumEnabledTlsProtocol: 'TLS1_2', javascriptEnabled: false },
            replicationSpecs: [
              {
                regionConfigs: [
                  {
                    providerName: 'AWS',
                    priority: 7,
                    autoScaling: { computeEnabled: true, computeScaleDownEnabled: true, diskGbEnabled: true },
                  },
                ],
              },
            ],
          },
        },
      }),
      // Who deletes the database as well says so, and Atlas must not be in the way then.
      from(
        'spec.deletionPolicy',
        'spec.forProvider.terminationProtectionEnabled',
        lookUp({ Orphan: true, Delete: false }),
      ),
      from('spec.clusterName', 'spec.forProvider.name'),
      from('spec.version', 'spec.forProvider.mongoDbMajorVersion'),
      from('spec.backup.pointInTime', 'spec.forProvider.pitEnabled'),
      atlasRegion(`${region}.regionName`),
      from('spec.tier', `${region}.electableSpecs.instanceSize`),
      from('spec.nodes', `${region}.electableSpecs.nodeCount`),
      from('spec.diskGiB', `${region}.electableSpecs.diskSizeGb`),
      from('spec.autoscaling.min', `${region}.autoScaling.computeMinInstanceSize`),
      from('spec.autoscaling.max', `${region}.autoScaling.computeMaxInstanceSize`),
      report('status.atProvider.clusterId', 'status.clusterId'),
      report('status.atProvider.mongoDbVersion', 'status.version'),
      report('status.atProvider.stateName', 'status.state'),
    ),
    connectionDetails: [
      {
        type: 'FromFieldPath',
        name: 'connectionStringPrivateSrv',
        fromFieldPath: 'status.atProvider.connectionStrings.privateEndpoint[0].srvConnectionString',
      },
      {
        type: 'FromFieldPath',
        name: 'connectionStringStandardSrv',
        fromFieldPath: 'status.atProvider.connectionStrings.standardSrv',
      },
      { type: 'FromValue', name: 'authMechanism', value: 'MONGODB-AWS' },
    ],
  };
};

/** https://www.mongodb.com/docs/atlas/backup/cloud-backup/scheduling/ */
const backupSchedule = (): ComposedResource => {
  const kept = (item: string, field: string) =>
    from(`spec.backup.${field}`, `spec.forProvider.${item}[0].retentionValue`);
  return atlas(
    'backup-schedule',
    base(BackupSchedule, {
      spec: {
        forProvider: {
          ...ofProject,
          clusterNameSelector: sibling(),
          skipDestroy: true,
          referenceHourOfDay: 2,
          referenceMinuteOfHour: 30,
          policyItemHourly: [{ frequencyInterval: 6, retentionUnit: 'days' }],
          policyItemDaily: [{ frequencyInterval: 1, retentionUnit: 'days' }],
          // 7 is Sunday; 40 is the last day of the month.
          policyItemWeekly: [{ frequencyInterval: 7, retentionUnit: 'days' }],
          policyItemMonthly: [{ frequencyInterval: 40, retentionUnit: 'days' }],
        },
      },
    }),
    kept('policyItemHourly', 'hourlyRetentionDays'),
    kept('policyItemDaily', 'dailyRetentionDays'),
    kept('policyItemWeekly', 'weeklyRetentionDays'),
    kept('policyItemMonthly', 'monthlyRetentionDays'),
    from('spec.backup.restoreWindowDays', 'spec.forProvider.restoreWindowDays'),
  );
};

/** Deferring is left out on purpose: those fields are switches, which each reconciliation would flip again. */
const maintenanceWindow = (): ComposedResource =>
  atlas(
    'maintenance-window',
    base(MaintenanceWindow, { spec: { forProvider: { ...ofProject } } }),
    from('spec.maintenance.dayOfWeek', 'spec.forProvider.dayOfWeek'),
    from('spec.maintenance.hourOfDay', 'spec.forProvider.hourOfDay'),
  );
