/**
 * The platform API: what teams' environments are made of, as Crossplane sees it.
 * In: an environment and what its services are granted. Out: XRDs, Compositions, and claims with their origin.
 * Guarantees: pure; every effective value is written into the claim (an XRD's default would persist in old
 * objects, so changing it later would change nothing); the same environment gives the same objects.
 */
import type { Environment } from '#model/environment/environment.ts';
import type { Granted } from '#model/identities.ts';
import type { Claim } from './claim.ts';
import { clusterClaims } from './cluster/claim.ts';
import { clusterCompositions } from './cluster/composition.ts';
import { cluster } from './cluster/definition.ts';
import type { Composition } from './composition.ts';
import type { Definition } from './definition.ts';
import { messageQueueClaims } from './message-queue/claim.ts';
import { messageQueueCompositions } from './message-queue/composition.ts';
import { messageQueue } from './message-queue/definition.ts';
import { mongoAddressClaims } from './mongo-address/claim.ts';
import { mongoAddressCompositions } from './mongo-address/composition.ts';
import { mongoAddress } from './mongo-address/definition.ts';
import { mongoDatabaseClaims } from './mongo-database/claim.ts';
import { mongoDatabaseCompositions } from './mongo-database/composition.ts';
import { mongoDatabase } from './mongo-database/definition.ts';
import { mongoUserClaims } from './mongo-user/claim.ts';
import { mongoUserCompositions } from './mongo-user/composition.ts';
import { mongoUser } from './mongo-user/definition.ts';
import { networkClaims } from './network/claim.ts';
import { networkCompositions } from './network/composition.ts';
import { network } from './network/definition.ts';
import { nodeGroupClaims } from './node-group/claim.ts';
import { nodeGroupCompositions } from './node-group/composition.ts';
import { nodeGroup } from './node-group/definition.ts';
import { objectBucketClaims } from './object-bucket/claim.ts';
import { objectBucketCompositions } from './object-bucket/composition.ts';
import { objectBucket } from './object-bucket/definition.ts';
import { serviceIdentityClaims } from './service-identity/claim.ts';
import { serviceIdentityCompositions } from './service-identity/composition.ts';
import { serviceIdentity } from './service-identity/definition.ts';
import { valkeyCacheClaims } from './valkey-cache/claim.ts';
import { valkeyCacheCompositions } from './valkey-cache/composition.ts';
import { valkeyCache } from './valkey-cache/definition.ts';
import { valkeyUserClaims } from './valkey-user/claim.ts';
import { valkeyUserCompositions } from './valkey-user/composition.ts';
import { valkeyUser } from './valkey-user/definition.ts';
import { type CompositeResourceDefinition, compositeKind, compositeResourceDefinition } from './xrd.ts';

/** One service of the platform API. */
export interface PlatformService {
  readonly claimKind: string;
  readonly xrKind: string;
  readonly plural: string;
  readonly definition: Definition;
  readonly xrd: () => CompositeResourceDefinition;
  /** All shapes that the environment's claims choose from, by name. */
  readonly compositions: (environment: Environment) => readonly Composition[];
  readonly claims: (environment: Environment, granted: Granted) => readonly Claim[];
}

const service = (
  definition: Definition,
  compositions: PlatformService['compositions'],
  claims: PlatformService['claims'],
): PlatformService => ({
  claimKind: definition.kind,
  xrKind: compositeKind(definition),
  plural: definition.plural,
  definition,
  xrd: () => compositeResourceDefinition(definition),
  compositions,
  claims,
});

/** All services, in the order in which they depend on each other. */
export const platformServices: readonly PlatformService[] = [
  service(network, networkCompositions, networkClaims),
  service(cluster, clusterCompositions, clusterClaims),
  service(nodeGroup, nodeGroupCompositions, nodeGroupClaims),
  service(serviceIdentity, serviceIdentityCompositions, (environment, { identities }) =>
    serviceIdentityClaims(environment, identities),
  ),
  service(mongoDatabase, mongoDatabaseCompositions, mongoDatabaseClaims),
  service(mongoAddress, mongoAddressCompositions, mongoAddressClaims),
  service(mongoUser, mongoUserCompositions, (environment, { databaseUsers }) =>
    mongoUserClaims(environment, databaseUsers),
  ),
  service(valkeyCache, valkeyCacheCompositions, (environment, { cacheUsers }) =>
    valkeyCacheClaims(environment, cacheUsers),
  ),
  service(valkeyUser, valkeyUserCompositions, (environment, { cacheUsers }) =>
    valkeyUserClaims(environment, cacheUsers),
  ),
  service(messageQueue, messageQueueCompositions, messageQueueClaims),
  service(objectBucket, objectBucketCompositions, objectBucketClaims),
];

/** All claims of an environment. */
export const allClaims = (environment: Environment, granted: Granted): readonly Claim[] =>
  platformServices.flatMap(({ claims }) => claims(environment, granted));
