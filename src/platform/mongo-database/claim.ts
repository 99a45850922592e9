import { type Database, TIERS } from '#model/environment/data.ts';
import type { Environment } from '#model/environment/environment.ts';
import { atlasProjectName, databaseClusterName, databaseSecret, networkName } from '#model/names.ts';
import { days } from '#model/units.ts';
import { atlasWiring, awsWiringOf, type Claim, claim, entries, present } from '../claim.ts';
import { mongoDatabaseComposition } from './composition.ts';
import { type MongoDatabaseSpec, mongoDatabase } from './definition.ts';

type Tier = (typeof TIERS)[number];

/** A claim for each database. */
export function mongoDatabaseClaims(environment: Environment): readonly Claim<MongoDatabaseSpec>[] {
  return entries(environment.spec.databases, '/spec/databases').map(({ name, value, cause }) =>
    claim(environment, {
      definition: mongoDatabase,
      name,
      composition: mongoDatabaseComposition(environment),
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
      },
      fields: {
        '/spec/organization': '/spec/atlas/organization',
        '/spec/zones': '/spec/network/availabilityZones',
        '/spec/clientCidr': '/spec/network/cidr',
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
    ...atlasWiring,
    organization: environment.spec.atlas?.organization ?? '',
    projectName: atlasProjectName(environment, name),
    clusterName: databaseClusterName(environment, name),
    networkName: networkName(environment),
    zones: [...environment.spec.network.availabilityZones],
    clientCidr: environment.spec.network.cidr,
    tier,
    autoscaling: { min: autoscaling?.min ?? tier, max: autoscaling?.max ?? nextTier(tier) },
    version,
    nodes,
    ...present('diskGiB', diskGiB),
    backup: backupOf(database),
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
