import { cacheConnection, publicationOf } from '#model/connections.ts';
import type { Cache } from '#model/environment/cache.ts';
import type { Environment } from '#model/environment/environment.ts';
import type { CacheUser } from '#model/identities.ts';
import { cacheSecret, cacheUserId, clusterName, networkName, replicationGroupId } from '#model/names.ts';
import { days } from '#model/units.ts';
import { awsWiringOf, type Claim, claim, entries, present } from '../claim.ts';
import {
  serverlessCacheComposition,
  shardedCacheComposition,
  valkeyCacheComposition,
} from './composition.ts';
import { type ValkeyCacheSpec, valkeyCache } from './definition.ts';
import { parametersOf } from './parameters.ts';

/** A claim for each cache; its user group holds the users of all services that use it. */
export function valkeyCacheClaims(
  environment: Environment,
  users: readonly CacheUser[],
): readonly Claim<ValkeyCacheSpec>[] {
  return entries(environment.spec.caches, '/spec/caches').map(({ name, value, cause }) =>
    claim(environment, {
      definition: valkeyCache,
      name,
      composition: compositionOf(environment, value),
      secret: cacheSecret(name),
      cause,
      blame: {
        nodeType: 'nodeType',
        version: 'version',
        shards: 'shards',
        replicas: 'replicas',
        snapshotRetentionDays: 'snapshotRetention',
        snapshotWindow: 'snapshotWindow',
        maintenanceWindow: 'maintenanceWindow',
        parameters: 'parameters',
        'serverless/maximumGiB': 'serverless/maximumGiB',
        'serverless/maximumEcpu': 'serverless/maximumECPU',
      },
      fields: { '/spec/zones': '/spec/network/availabilityZones' },
      stateful: true,
      spec: {
        ...awsWiringOf(environment, 'Orphan'),
        replicationGroupId: replicationGroupId(environment, name),
        networkName: networkName(environment),
        zones: [...environment.spec.network.availabilityZones],
        clusterName: clusterName(environment),
        version: value.version,
        ...shapeOf(value),
        snapshotRetentionDays: days(value.snapshotRetention ?? '7d'),
        snapshotWindow: value.snapshotWindow ?? '02:00-03:00',
        userIds: users
          .filter(({ cache }) => cache === name)
          .map(({ service }) => cacheUserId(environment, name, service))
          .sort(),
        ...publicationOf(environment, cacheConnection(name)),
      },
    }),
  );
}

function compositionOf(environment: Environment, { serverless, shards }: Cache): string {
  if (serverless !== undefined) return serverlessCacheComposition(environment);
  return shards === 1 ? valkeyCacheComposition(environment) : shardedCacheComposition(environment);
}

/** What a serverless cache is like, or one of nodes. */
function shapeOf(cache: Cache): Partial<ValkeyCacheSpec> {
  const { serverless, nodeType, shards, replicas, maintenanceWindow = 'sun:04:00-sun:05:00' } = cache;
  if (serverless !== undefined) {
    const { maximumGiB, maximumECPU } = serverless;
    return { serverless: { maximumGiB, maximumEcpu: maximumECPU } };
  }
  return {
    ...present('nodeType', nodeType),
    shards,
    replicas,
    parameters: parametersOf(cache),
    maintenanceWindow,
  };
}
