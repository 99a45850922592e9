import * as platform from '#imports/platform.plimsoll.dev.ts';
import type { Wave } from '#model/delivery.ts';
import { ADDONS } from '#model/environment/cluster.ts';
import type { Environment } from '#model/environment/environment.ts';
import { granted } from '#model/identities.ts';
import type { Claim } from '#platform/claim.ts';
import { clusterClaims } from '#platform/cluster/claim.ts';
import type { ClusterSpec } from '#platform/cluster/definition.ts';
import { messageQueueClaims } from '#platform/message-queue/claim.ts';
import { mongoAddressClaims } from '#platform/mongo-address/claim.ts';
import { mongoDatabaseClaims } from '#platform/mongo-database/claim.ts';
import { mongoUserClaims } from '#platform/mongo-user/claim.ts';
import { networkClaims } from '#platform/network/claim.ts';
import { nodeGroupClaims } from '#platform/node-group/claim.ts';
import { objectBucketClaims } from '#platform/object-bucket/claim.ts';
import { serviceIdentityClaims } from '#platform/service-identity/claim.ts';
import type { ServiceIdentitySpec } from '#platform/service-identity/definition.ts';
import { valkeyCacheClaims } from '#platform/valkey-cache/claim.ts';
import { valkeyUserClaims } from '#platform/valkey-user/claim.ts';
import { metadata } from './annotations.ts';
import type { Cause, Folder } from './folder.ts';

/** The claims of an environment: what it asks AWS and Atlas for. */
export function claims(folder: Folder, environment: Environment): void {
  const { identities, databaseUsers, cacheUsers } = granted(environment);
  for (const claim of networkClaims(environment)) {
    folder.add(platform.Network, propsOf(claim, 'network'), causeOf(claim));
  }
  for (const claim of clusterClaims(environment)) {
    const { metadata, spec } = propsOf(claim, 'cluster');
    const props = { metadata, spec: { ...spec, addons: addons(spec.addons) } };
    folder.add(platform.KubernetesCluster, props, causeOf(claim));
  }
  for (const claim of nodeGroupClaims(environment)) {
    // With the cluster, not after it: add-ons are healthy when they run, and they run on nodes.
    folder.add(platform.NodeGroup, propsOf(claim, 'cluster'), causeOf(claim));
  }
  for (const claim of serviceIdentityClaims(environment, identities)) {
    const { metadata, spec } = propsOf(claim, 'infrastructure');
    const props = { metadata, spec: { ...spec, statements: spec.statements.map(statement) } };
    folder.add(platform.ServiceIdentity, props, causeOf(claim));
  }
  for (const claim of mongoDatabaseClaims(environment)) {
    folder.add(platform.MongoDatabase, propsOf(claim, 'infrastructure'), causeOf(claim));
  }
  for (const claim of mongoAddressClaims(environment)) {
    folder.add(platform.MongoAddress, propsOf(claim, 'dependents'), causeOf(claim));
  }
  for (const claim of mongoUserClaims(environment, databaseUsers)) {
    folder.add(platform.MongoUser, propsOf(claim, 'dependents'), causeOf(claim));
  }
  for (const claim of valkeyUserClaims(environment, cacheUsers)) {
    folder.add(platform.ValkeyUser, propsOf(claim, 'infrastructure'), causeOf(claim));
  }
  for (const claim of valkeyCacheClaims(environment, cacheUsers)) {
    folder.add(platform.ValkeyCache, propsOf(claim, 'dependents'), causeOf(claim));
  }
  for (const claim of messageQueueClaims(environment)) {
    folder.add(platform.MessageQueue, propsOf(claim, 'infrastructure'), causeOf(claim));
  }
  for (const claim of objectBucketClaims(environment)) {
    folder.add(platform.ObjectBucket, propsOf(claim, 'infrastructure'), causeOf(claim));
  }
}

/**
 * Generated types rename fields that aren't camel case, and drop those that they don't know: what is named
 * otherwise in a claim is renamed here, and rendered under its own name again. The tests compare whole claims.
 */
const ADDON_FIELDS = {
  'vpc-cni': 'vpcCni',
  coredns: 'coredns',
  'kube-proxy': 'kubeProxy',
  'aws-ebs-csi-driver': 'awsEbsCsiDriver',
  'eks-pod-identity-agent': 'eksPodIdentityAgent',
  'metrics-server': 'metricsServer',
  'snapshot-controller': 'snapshotController',
} as const satisfies Record<(typeof ADDONS)[number], keyof platform.KubernetesClusterSpecAddons>;

const addons = (asked: ClusterSpec['addons']): platform.KubernetesClusterSpecAddons =>
  Object.fromEntries(
    ADDONS.filter((addon) => addon in asked).map((addon) => [ADDON_FIELDS[addon], asked[addon]]),
  );

type Statement = ServiceIdentitySpec['statements'][number];

const statement = ({ Sid, Effect, Action, Resource, Condition }: Statement) => ({
  sid: Sid,
  effect: Effect,
  action: Action,
  resource: Resource,
  ...(Condition === undefined ? {} : { condition: Condition }),
});

/** The kinds come with the XRDs, in another application. */
const propsOf = <Spec extends object>({ name, namespace, spec, stateful }: Claim<Spec>, wave: Wave) => ({
  metadata: metadata({ name, namespace }, { wave, isKept: stateful, isLate: true }),
  spec,
});

const causeOf = ({ cause, fields }: Claim): Cause => ({ pointer: cause, fields: () => fields });
