import { databaseConnection, publicationOf } from '#model/connections.ts';
import { type Database, isPublic, TIERS } from '#model/environment/database.ts';
import type { Environment } from '#model/environment/environment.ts';
import { atlasProjectName, databaseClusterName, databaseSecret, networkName } from '#model/names.ts';
import { days, seconds } from '#model/units.ts';
import { atlasWiringOf, awsWiringOf, type Claim, claim, entries, present } from '../claim.ts';
import { privateDatabaseComposition, publicDatabaseComposition } from './composition.ts';
import { type MongoDatabaseSpec, mongoDatabase } from './definition.ts';

type Tier = (typeof TIERS)[number];

/** A claim for each database. */
export function mongoDatabaseClaims(environment: Environment): readonly Claim<MongoDatabaseSpec>[] {
  return entries(environment.spec.databases, '/spec/databases').map(({ name, value, cause }) =>
    claim(environment, {
      definition: mongoDatabase,
      name,
      composition: isPublic(value)
        ? publicDatabaseComposition(environment)
        : privateDatabaseComposition(environment),
      secret: databaseSecret(name),
      cause,
      blame: {
        tier: 'tier',
        autoscaling: 'autoscaling',
        'autoscaling/min': 'autoscaling/min',
        'autoscaling/max': 'autoscaling/max',
        version: 'version',
        nodes: 'nodes',
        diskGiB: 'diskGiB',
        backup: 'backup',
        'backup/hourlyRetentionDays': 'backup/window',
        'backup/dailyRetentionDays': 'backup/retention',
        'backup/weeklyRetentionDays': 'backup/weekly',
        'backup/monthlyRetentionDays': 'backup/monthly',
        'backup/pointInTime': 'backup/pointInTime',
        'backup/restoreWindowDays': 'backup/window',
        access: 'addresses',
        maintenance: 'maintenanceWindow',
        alerts: 'alerts',
        'alerts/diskPercent': 'alerts/disk',
        'alerts/cpuPercent': 'alerts/cpu',
        'alerts/connectionsPercent': 'alerts/connections',
        'alerts/replicationLagSeconds': 'alerts/replicationLag',
        'alerts/oplogWindowSeconds': 'alerts/oplogWindow',
      },
      fields: {
        '/spec/organization': '/spec/atlas/organization',
        '/spec/zones': '/spec/network/availabilityZones',
        '/spec/clientCidr': '/spec/network/cidr',
        '/spec/alerts/notifications': '/spec/atlas/alertEmails',
      },
      stateful: true,
      spec: specOf(environment, name, value),
    }),
  );
}

function specOf(environment: Environment, name: string, database: Database): MongoDatabaseSpec {
  const { tier, version, nodes, diskGiB, autoscaling } = database;
  return {
    ...awsWiringOf(environment, 'Orphan'),
    ...atlasWiringOf(environment),
    organization: environment.spec.atlas?.organization ?? '',
    projectName: atlasProjectName(environment, name),
    clusterName: databaseClusterName(environment, name),
    networkName: networkName(environment),
    zones: [...environment.spec.network.availabilityZones],
    access: isPublic(database) ? 'addresses' : 'privateLink',
    clientCidr: environment.spec.network.cidr,
    tier,
    autoscaling: { min: autoscaling?.min ?? tier, max: autoscaling?.max ?? nextTier(tier) },
    version,
    nodes,
    ...present('diskGiB', diskGiB),
    backup: backupOf(database),
    maintenance: maintenanceOf(database),
    alerts: alertsOf(environment, database),
    ...publicationOf(environment, databaseConnection(environment, name)),
  };
}

const nextTier = (tier: Tier): Tier => TIERS[TIERS.indexOf(tier) + 1] ?? tier;

/** Snapshots of every six hours are kept as long as point-in-time restore reaches: Atlas asks for that. */
function backupOf({ backup = {} }: Database): MongoDatabaseSpec['backup'] {
  const { retention = '7d', weekly = '28d', monthly = '360d', pointInTime = true, window = '7d' } = backup;
  const dailyRetentionDays = days(retention);
  const windowDays = days(window);
  return {
    hourlyRetentionDays: pointInTime ? windowDays : Math.min(windowDays, dailyRetentionDays),
    dailyRetentionDays,
    weeklyRetentionDays: days(weekly),
    monthlyRetentionDays: days(monthly),
    pointInTime,
    ...(pointInTime ? { restoreWindowDays: windowDays } : {}),
  };
}

/** In the order in which Atlas counts them, from 1. */
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

function maintenanceOf({ maintenanceWindow = 'sun:04:00' }: Database): MongoDatabaseSpec['maintenance'] {
  const [day = '', hour] = maintenanceWindow.split(':');
  return { dayOfWeek: DAYS.indexOf(day) + 1, hourOfDay: Number(hour) };
}

function alertsOf(environment: Environment, { alerts = {} }: Database): MongoDatabaseSpec['alerts'] {
  const { disk = 95, cpu = 90, connections = 80, replicationLag = '60s', oplogWindow = '24h' } = alerts;
  return {
    diskPercent: disk,
    cpuPercent: cpu,
    connectionsPercent: connections,
    replicationLagSeconds: seconds(replicationLag),
    oplogWindowSeconds: seconds(oplogWindow),
    notifications: notificationsOf(environment.spec.atlas?.alertEmails),
  };
}

/** A project that an API key made has no people of its own: without addresses, owners of the organization are told. */
function notificationsOf(
  emails: readonly string[] | undefined,
): MongoDatabaseSpec['alerts']['notifications'] {
  const often = { intervalMin: 60, delayMin: 0 };
  return emails === undefined
    ? [{ typeName: 'ORG', roles: ['ORG_OWNER'], emailEnabled: true, ...often }]
    : emails.map((emailAddress) => ({ typeName: 'EMAIL', emailAddress, ...often }));
}
