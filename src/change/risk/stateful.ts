import { groupOf } from '#manifests/identity.ts';
import type { KubernetesObject } from '#manifests/manifest.ts';
import { isObject } from '#validate/schema/jsonSchema.ts';

/** What would be lost with a resource. */
export interface Data {
  readonly holds: string;
  /** What keeps it outside of git, in words; undefined where nothing does. */
  readonly stays?: string;
}

/**
 * Kinds that hold data or that everything else stands on. Claims of the platform and managed resources alike.
 * https://docs.crossplane.io/v1.20/concepts/managed-resources/#deletionpolicy
 */
const STATEFUL: Readonly<Record<string, string>> = {
  'MongoDatabase.platform.plimsoll.dev': 'the database and its data',
  'ValkeyCache.platform.plimsoll.dev': 'what is cached: sessions, locks, rates',
  'ObjectBucket.platform.plimsoll.dev': 'the bucket and every object in it',
  'MessageQueue.platform.plimsoll.dev': 'the messages that nobody has handled',
  'Network.platform.plimsoll.dev': 'the network that everything runs in',
  'KubernetesCluster.platform.plimsoll.dev': 'the cluster and all that runs in it',
  'AdvancedCluster.atlas': 'the database and its data',
  'Project.atlas': 'the Atlas project with its clusters and backups',
  'BackupSchedule.atlas': 'the schedule of the backups',
  'Bucket.aws': 'the bucket and every object in it',
  'ReplicationGroup.aws': 'what is cached: sessions, locks, rates',
  'ServerlessCache.aws': 'what is cached: sessions, locks, rates',
  'Queue.aws': 'the messages that nobody has handled',
  'Cluster.aws': 'the cluster and all that runs in it',
  'Key.aws': 'the key, without which nothing that it encrypted can be read again',
  'VPC.aws': 'the network that everything runs in',
  'PersistentVolumeClaim.': 'the volume and its data',
  'PersistentVolume.': 'the volume and its data',
  'StatefulSet.apps': 'the pods that hold data, and the link to their volumes',
  'Namespace.': 'everything in the namespace',
  'CustomResourceDefinition.apiextensions.k8s.io': 'every object of this kind',
  'CompositeResourceDefinition.apiextensions.crossplane.io':
    'every claim of this kind and all that was made for it',
};

/** Undefined for what can be made again from git. */
export function dataOf(object: KubernetesObject, isManaged: boolean): Data | undefined {
  const group = groupOf(object.apiVersion);
  const family = /\.aws\.(m\.)?upbound\.io$/.test(group)
    ? 'aws'
    : /mongodbatlas/.test(group)
      ? 'atlas'
      : group.replace('platform.m.plimsoll.dev', 'platform.plimsoll.dev');
  const key = `${object.kind}.${family}`;
  const holds = Object.hasOwn(STATEFUL, key) ? STATEFUL[key] : undefined;
  if (holds === undefined || isObserved(object)) return undefined;
  const stays = staysBecause(object, isManaged);
  return { holds, ...(stays !== undefined && { stays }) };
}

/** Whether Crossplane only looks at it: somebody else makes it, changes it and pays for it. */
export function isObserved({ spec }: KubernetesObject): boolean {
  const policies = isObject(spec) ? spec['managementPolicies'] : undefined;
  return Array.isArray(policies) && policies.length === 1 && policies[0] === 'Observe';
}

function staysBecause({ spec, metadata }: KubernetesObject, isManaged: boolean): string | undefined {
  const options = metadata.annotations?.['argocd.argoproj.io/sync-options']
    ?.split(',')
    .map((one) => one.trim());
  const orphaned = isObject(spec) && isOrphaned(spec);
  if (!isManaged && options?.includes('Prune=false') === true) {
    const then = orphaned ? ', and even then AWS or Atlas keep it, without anybody who manages it' : '';
    return `Argo CD won't prune it (Prune=false), so it stays until somebody deletes it in the cluster${then}`;
  }
  return orphaned
    ? 'AWS or Atlas keep it (deletionPolicy Orphan), without anybody who manages it'
    : undefined;
}

/** https://docs.crossplane.io/v1.20/concepts/managed-resources/#managementpolicies */
function isOrphaned(spec: Readonly<Record<string, unknown>>): boolean {
  const policies = spec['managementPolicies'];
  if (Array.isArray(policies) && policies.length > 0)
    return !policies.includes('*') && !policies.includes('Delete');
  return spec['deletionPolicy'] === 'Orphan';
}
