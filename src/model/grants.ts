import { type Connection, cacheConnection, databaseConnection } from './connections.ts';
import { isSharded } from './environment/cache.ts';
import type { Environment } from './environment/environment.ts';
import type { Access } from './environment/service.ts';
import {
  bucketArn,
  bucketName,
  cacheArn,
  cacheUserArn,
  cacheUserId,
  databaseName,
  namespace,
  queueArn,
  queueUrl,
  replicationGroupId,
} from './names.ts';

/**
 * What one `uses:` line derives, as one table: kind of thing x access level -> IAM actions on exactly that thing,
 * environment variables, ways out of the pod, the database role, the cache's access string. The derivation
 * (`uses.ts`) and the documentation both read this table; there is no second place that grants anything.
 */

/** The kinds of things that a service can use. */
export const USED_KINDS = ['database', 'cache', 'queue', 'bucket', 'service'] as const;
export type UsedKind = (typeof USED_KINDS)[number];

/** A use of one thing, from the point of view of one service. */
export interface Grantee {
  readonly environment: Environment;
  /** The service that uses. */
  readonly service: string;
  /** The thing that is used. */
  readonly name: string;
}

/** What an IAM statement can speak of. */
export const RESOURCES = {
  queue: ({ environment, name }: Grantee) => queueArn(environment, name),
  bucket: ({ environment, name }: Grantee) => bucketArn(environment, name),
  objects: ({ environment, name }: Grantee) => `${bucketArn(environment, name)}/*`,
  cache: ({ environment, name }: Grantee) => cacheArn(environment, name),
  cacheUser: ({ environment, name, service }: Grantee) => cacheUserArn(environment, name, service),
  /** Undefined where the thing is encrypted with a key of AWS's own, which needs no right. */
  queueKey: ({ environment, name }: Grantee) => environment.spec.queues?.[name]?.kmsKey,
  bucketKey: ({ environment, name }: Grantee) => environment.spec.buckets?.[name]?.kmsKey,
} as const satisfies Record<string, (grantee: Grantee) => string | undefined>;
export type ResourceName = keyof typeof RESOURCES;

/** Where a pod must be able to connect to; `ports` are those of the pod at the other end. */
export const WAYS = {
  /** A private endpoint answers for each node of the cluster on a port of its own: https://www.mongodb.com/docs/atlas/security-private-endpoint/ */
  mongodb:
    'the VPC, ports 1024 to 65535 (Atlas private endpoint); where the database has addresses: anywhere, port 27017',
  valkey: 'the VPC, port 6379; of a serverless cache also 6380, for reading',
  https: 'anywhere, port 443 (AWS APIs; STS for the role)',
  service: 'the pods of the service, on their port',
} as const;
export type Way = keyof typeof WAYS;

/** Value of an environment variable: a text, or a key of a connection secret where it isn't known beforehand. */
export type VariableValue =
  | { readonly text: string }
  | { readonly secret: { readonly name: string; readonly key: string } };

/** A variable that a use derives; its name is the thing's name in capitals, then the suffix. */
export interface VariableRule {
  readonly suffix: string;
  /** For the documentation: what it holds. */
  readonly holds: string;
  /** Whether its value comes from a connection secret, because it isn't known before the thing exists. */
  readonly isSecret?: true;
  readonly value: (grantee: Grantee) => VariableValue;
}

/** One row: what one access level to one kind derives. */
export interface GrantRule {
  readonly kind: UsedKind;
  readonly access: Access;
  /** `sid` is added to the thing's name; actions apply to exactly these resources, as far as there are any. */
  readonly iam: readonly {
    readonly sid: string;
    readonly actions: readonly string[];
    readonly on: readonly ResourceName[];
    /** The rights are a key's, for what this service of AWS does with it. */
    readonly via?: 'sqs' | 's3';
  }[];
  readonly variables: readonly VariableRule[];
  readonly ways: readonly Way[];
  /** Built-in role in the database: https://www.mongodb.com/docs/atlas/security-add-mongodb-users/ */
  readonly databaseRole?: 'read' | 'readWrite';
  /** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html#Access-string */
  readonly accessString?: string;
}

const secretOf = ({ name, key }: Connection) => ({ secret: { name, key } });
const text = (value: (grantee: Grantee) => string) => (grantee: Grantee) => ({ text: value(grantee) });

/** Port of every Service, whatever port its pods listen on. */
export const SERVICE_PORT = 80;
export const VALKEY_PORT = 6379;
/** Where a serverless cache answers for its replicas. */
export const VALKEY_READER_PORT = 6380;

const serviceHost = ({ environment, name }: Grantee) => `${name}.${namespace(environment)}.svc.cluster.local`;

const VARIABLES: { readonly [K in UsedKind]: readonly VariableRule[] } = {
  database: [
    {
      suffix: 'MONGODB_URI',
      holds:
        'connection string of the private endpoint, or the public one where the database has addresses; without a password, because there is none',
      isSecret: true,
      value: ({ environment, name }) => secretOf(databaseConnection(environment, name)),
    },
    {
      suffix: 'MONGODB_DATABASE',
      holds: 'name of the database',
      value: text(({ environment, name }) => databaseName(environment, name)),
    },
    {
      suffix: 'MONGODB_AUTH_MECHANISM',
      holds: 'MONGODB-AWS: the driver signs in with the pod’s role',
      value: text(() => 'MONGODB-AWS'),
    },
  ],
  cache: [
    {
      suffix: 'VALKEY_HOST',
      holds:
        'host name of the primary, or the one endpoint where there are several shards or it is serverless',
      isSecret: true,
      value: ({ name }) => secretOf(cacheConnection(name)),
    },
    { suffix: 'VALKEY_PORT', holds: 'port', value: text(() => String(VALKEY_PORT)) },
    {
      suffix: 'VALKEY_USERNAME',
      holds: 'user that the role may connect as',
      value: text(({ environment, name, service }) => cacheUserId(environment, name, service)),
    },
    {
      suffix: 'VALKEY_CACHE_NAME',
      holds: 'replication group or serverless cache, which the IAM token is signed for',
      value: text(({ environment, name }) => replicationGroupId(environment, name)),
    },
    { suffix: 'VALKEY_TLS', holds: 'true: connections without TLS are refused', value: text(() => 'true') },
    {
      suffix: 'VALKEY_CLUSTER_MODE',
      holds: 'true where there are several shards, and where it is serverless',
      value: text(({ environment, name }) => String(isSharded(environment.spec.caches?.[name]))),
    },
    {
      suffix: 'VALKEY_SERVERLESS',
      holds: 'true where the IAM token is to be signed with ResourceType=ServerlessCache',
      value: text(({ environment, name }) =>
        String(environment.spec.caches?.[name]?.serverless !== undefined),
      ),
    },
  ],
  queue: [
    {
      suffix: 'QUEUE_URL',
      holds: 'URL of the queue',
      value: text(({ environment, name }) => queueUrl(environment, name)),
    },
  ],
  bucket: [
    {
      suffix: 'BUCKET',
      holds: 'name of the bucket',
      value: text(({ environment, name }) => bucketName(environment, name)),
    },
  ],
  service: [
    {
      suffix: 'URL',
      holds: 'http URL of the service',
      value: text((grantee) => `http://${serviceHost(grantee)}:${SERVICE_PORT}`),
    },
    {
      suffix: 'ADDRESS',
      holds: 'host:port of the service, as gRPC clients want it',
      value: text((grantee) => `${serviceHost(grantee)}:${SERVICE_PORT}`),
    },
  ],
};

/** Clients of a cache with several shards ask where the slots are, which `@dangerous` would take away. */
const READ_CACHE = 'on ~* -@all +@read +@connection +cluster|slots +cluster|shards -@dangerous';
const WRITE_CACHE = 'on ~* +@all -@dangerous +cluster|slots +cluster|shards';

const CONNECT = [{ sid: 'Connect', actions: ['elasticache:Connect'], on: ['cache', 'cacheUser'] }] as const;
const READ_OBJECTS = { sid: 'ReadObjects', actions: ['s3:GetObject'], on: ['objects'] } as const;
const LIST_BUCKET = { sid: 'ListBucket', actions: ['s3:ListBucket'], on: ['bucket'] } as const;
const WRITE_OBJECTS = {
  sid: 'WriteObjects',
  actions: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:PutObject'],
  on: ['objects'],
} as const;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html#send-to-encrypted-queue */
const QUEUE_KEY = { on: ['queueKey'], via: 'sqs' } as const;
const ENCRYPT_MESSAGES = {
  sid: 'Encrypt',
  actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
  ...QUEUE_KEY,
} as const;
const DECRYPT_MESSAGES = { sid: 'Decrypt', actions: ['kms:Decrypt'], ...QUEUE_KEY } as const;
/** Uploads in parts read back what they wrote: https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions */
const BUCKET_KEY = { on: ['bucketKey'], via: 's3' } as const;
const ENCRYPT_OBJECTS = {
  sid: 'Encrypt',
  actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
  ...BUCKET_KEY,
} as const;
const DECRYPT_OBJECTS = { sid: 'Decrypt', actions: ['kms:Decrypt'], ...BUCKET_KEY } as const;

const databaseWays = ['https', 'mongodb'] as const;
const cacheWays = ['https', 'valkey'] as const;

/** The table. */
export const GRANTS: readonly GrantRule[] = [
  {
    kind: 'database',
    access: 'read',
    iam: [],
    variables: VARIABLES.database,
    ways: databaseWays,
    databaseRole: 'read',
  },
  {
    kind: 'database',
    access: 'readWrite',
    iam: [],
    variables: VARIABLES.database,
    ways: databaseWays,
    databaseRole: 'readWrite',
  },
  {
    kind: 'cache',
    access: 'read',
    iam: CONNECT,
    variables: VARIABLES.cache,
    ways: cacheWays,
    accessString: READ_CACHE,
  },
  {
    kind: 'cache',
    access: 'readWrite',
    iam: CONNECT,
    variables: VARIABLES.cache,
    ways: cacheWays,
    accessString: WRITE_CACHE,
  },
  {
    kind: 'queue',
    access: 'send',
    iam: [
      {
        sid: 'Send',
        actions: ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'],
        on: ['queue'],
      },
      ENCRYPT_MESSAGES,
    ],
    variables: VARIABLES.queue,
    ways: ['https'],
  },
  {
    kind: 'queue',
    access: 'receive',
    iam: [
      {
        sid: 'Receive',
        actions: [
          'sqs:ChangeMessageVisibility',
          'sqs:DeleteMessage',
          'sqs:GetQueueAttributes',
          'sqs:GetQueueUrl',
          'sqs:ReceiveMessage',
        ],
        on: ['queue'],
      },
      DECRYPT_MESSAGES,
    ],
    variables: VARIABLES.queue,
    ways: ['https'],
  },
  {
    kind: 'bucket',
    access: 'read',
    iam: [READ_OBJECTS, LIST_BUCKET, DECRYPT_OBJECTS],
    variables: VARIABLES.bucket,
    ways: ['https'],
  },
  {
    kind: 'bucket',
    access: 'write',
    iam: [WRITE_OBJECTS, ENCRYPT_OBJECTS],
    variables: VARIABLES.bucket,
    ways: ['https'],
  },
  {
    kind: 'bucket',
    access: 'readWrite',
    iam: [READ_OBJECTS, LIST_BUCKET, WRITE_OBJECTS, ENCRYPT_OBJECTS],
    variables: VARIABLES.bucket,
    ways: ['https'],
  },
  { kind: 'service', access: 'call', iam: [], variables: VARIABLES.service, ways: ['service'] },
];

/** The rule for a kind and an access level, or undefined where the level doesn't fit the kind. */
export function grantRule(kind: UsedKind, access: Access): GrantRule | undefined {
  return GRANTS.find((rule) => rule.kind === kind && rule.access === access);
}

/** The access levels that fit a kind, in the table's order. */
export const accessLevels = (kind: UsedKind): readonly Access[] =>
  GRANTS.filter((rule) => rule.kind === kind).map(({ access }) => access);

/** `voyage-events` -> `VOYAGE_EVENTS`: what the variables of a thing begin with. */
export const variablePrefix = (name: string): string => name.toUpperCase().replaceAll('-', '_');
