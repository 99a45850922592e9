import { logBucketCause, logBucketName, makesLogBucket } from '#model/access-logs.ts';
import { chartRoles } from '#model/chart-identities.ts';
import type { Environment } from '#model/environment/environment.ts';
import { platformIdentities } from '#model/identities.ts';
import {
  atlasProjectName,
  bucketName,
  CLUSTER_ROLES,
  cacheUserId,
  clusterName,
  databaseClusterName,
  deadLetterQueueName,
  nodeGroupClaimName,
  nodeGroupName,
  queueName,
  replicationGroupId,
  roleName,
} from '#model/names.ts';
import { platformReleases } from '#model/platform-releases.ts';
import { ephemeralClasses } from '#model/storage.ts';
import { usesOf } from '#model/uses.ts';
import type { Meaning } from './meaning.ts';

/** What a name names, and what its system says about names. */
interface NameRule {
  readonly what: string;
  readonly longest: number;
  readonly form: RegExp;
  /** `form` in words. */
  readonly expected: string;
  /** Where a name may occur once: in the account and region, in the account, in the world, in the project. */
  readonly scope: 'region' | 'account' | 'world' | 'own';
}

const LETTERS = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const SINGLE_HYPHENS = /^[a-z](-?[a-z0-9])*$/;
const plain = { form: LETTERS, expected: 'lower-case letters, digits and hyphens' };
const singleHyphens = {
  form: SINGLE_HYPHENS,
  expected: 'lower-case letters, digits and single hyphens',
};

/**
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html (the role is the name with
 * `-eks-cluster` in 64 characters), .../API_CreateNodegroup.html,
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html,
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html,
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html,
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html,
 * https://www.mongodb.com/docs/atlas/reference/api-resources-spec/
 */
const RULES = {
  cluster: { what: 'EKS cluster', longest: 52, scope: 'region', ...plain },
  nodeGroup: { what: 'EKS node group', longest: 63, scope: 'own', ...plain },
  nodeGroupClaim: { what: 'NodeGroup', longest: 63, scope: 'own', ...plain },
  cache: { what: 'ElastiCache replication group', longest: 40, scope: 'region', ...singleHyphens },
  cacheUser: { what: 'ElastiCache user', longest: 40, scope: 'region', ...singleHyphens },
  queue: {
    what: 'SQS queue',
    longest: 80,
    scope: 'region',
    form: /^[A-Za-z0-9_-]+(\.fifo)?$/,
    expected: 'letters, digits, hyphens and underscores',
  },
  bucket: {
    what: 'S3 bucket',
    longest: 63,
    scope: 'world',
    form: /^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9-]+[a-z0-9](?<!-s3alias|--ol-s3|--x-s3|--table-s3)$/,
    expected: 'lower-case letters, digits and hyphens, and none of the beginnings and ends that S3 reserves',
  },
  role: { what: 'IAM role', longest: 64, scope: 'account', ...plain },
  project: { what: 'Atlas project', longest: 64, scope: 'world', ...plain },
  release: { what: 'Helm release', longest: 53, scope: 'own', ...plain },
  storageClass: { what: 'StorageClass', longest: 253, scope: 'own', ...plain },
  database: { what: 'Atlas cluster', longest: 64, scope: 'own', ...plain },
} as const satisfies Record<string, NameRule>;

/** A name that an environment derives, and the key that it comes from. */
export interface DerivedName {
  readonly rule: NameRule;
  readonly name: string;
  readonly pointer: string;
}

/** Every name that AWS or Atlas will judge; none where the names that they begin with are wrong already. */
export function derivedNames({ environment, isRight }: Meaning): readonly DerivedName[] {
  if (!isRight('/metadata/name') || !isRight('/spec/product') || !isRight('/spec/aws/region')) return [];
  const { cluster, caches, queues, buckets, databases, services, charts, storageClasses } = environment.spec;
  const derive = (
    rule: NameRule,
    section: string,
    entries: object | undefined,
    ...makers: readonly ((environment: Environment, name: string) => string)[]
  ): readonly DerivedName[] =>
    Object.keys(entries ?? {}).flatMap((key) =>
      makers.map((make) => ({ rule, name: make(environment, key), pointer: `/spec/${section}/${key}` })),
    );
  return [
    { rule: RULES.cluster, name: clusterName(environment), pointer: '/metadata/name' },
    // What the platform installs by itself comes first, so that a team's thing of the same name is blamed.
    ...platformReleases(environment).map(({ name, pointer }) => ({ rule: RULES.release, name, pointer })),
    ...CLUSTER_ROLES.map((role) => ({
      rule: RULES.role,
      name: roleName(environment, role),
      pointer: '/spec/cluster',
    })),
    ...platformIdentities(environment).map(({ role, cause }) => ({
      rule: RULES.role,
      name: roleName(environment, role),
      pointer: cause,
    })),
    ...(makesLogBucket(environment)
      ? [{ rule: RULES.bucket, name: logBucketName(environment), pointer: logBucketCause(environment) }]
      : []),
    ...ephemeralClasses(environment).map(({ name, pointer }) => ({
      rule: RULES.storageClass,
      name,
      pointer,
    })),
    ...derive(RULES.storageClass, 'storageClasses', storageClasses, (_, name) => name),
    ...derive(RULES.release, 'charts', charts, (_, name) => name),
    ...derive(RULES.nodeGroup, 'cluster/nodeGroups', cluster.nodeGroups, nodeGroupName),
    ...derive(RULES.nodeGroupClaim, 'cluster/nodeGroups', cluster.nodeGroups, nodeGroupClaimName),
    ...derive(RULES.cache, 'caches', caches, replicationGroupId),
    ...Object.keys(queues ?? {}).flatMap((queue) => {
      const pointer = `/spec/queues/${queue}`;
      if (!isRight(`${pointer}/name`) || !isRight(`${pointer}/deadLetterName`)) return [];
      // Once, where a queue is its own dead-letter queue: that has its finding already.
      return [...new Set([queueName(environment, queue), deadLetterQueueName(environment, queue)])].map(
        (name) => ({ rule: RULES.queue, name, pointer }),
      );
    }),
    ...derive(RULES.bucket, 'buckets', buckets, bucketName).filter(({ pointer }) =>
      isRight(`${pointer}/name`),
    ),
    ...derive(RULES.project, 'databases', databases, atlasProjectName),
    ...derive(RULES.database, 'databases', databases, databaseClusterName),
    ...chartRoles(environment).map(({ role }) => ({
      rule: RULES.role,
      name: roleName(environment, role),
      pointer: `/spec/charts/${role}`,
    })),
    ...derive(RULES.role, 'services', services, roleName),
    ...Object.keys(services ?? {}).flatMap((service) =>
      usesOf(environment, service)
        .filter(({ rule }) => rule.kind === 'cache')
        .map(({ name, pointer }) => ({
          rule: RULES.cacheUser,
          name: cacheUserId(environment, name, service),
          pointer,
        })),
    ),
  ];
}
