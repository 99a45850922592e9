import { Type } from 'typebox';
import { bytes, cidr, dailyWindow, duration, named, strict, weeklyWindow } from './scalars.ts';

/** What keeps data: MongoDB Atlas, ElastiCache for Valkey, SQS, S3, EBS. */

/** Atlas instance sizes in ascending order: https://www.mongodb.com/docs/atlas/cluster-tier/ */
export const TIERS = ['M10', 'M20', 'M30', 'M40', 'M50', 'M60', 'M80', 'M140', 'M200', 'M300'] as const;

export const Database = strict(
  {
    tier: Type.Enum([...TIERS], { description: 'Atlas instance size to start with.' }),
    autoscaling: Type.Optional(
      strict(
        {
          min: Type.Enum([...TIERS], { description: 'Smallest size.' }),
          max: Type.Enum([...TIERS], { description: 'Largest size.' }),
        },
        'Bounds of vertical scaling. Left out: from the tier to one tier above it.',
      ),
    ),
    version: Type.Enum(['7.0', '8.0'], {
      default: '8.0',
      description: 'MongoDB major version, quoted. Never down.',
    }),
    nodes: Type.Enum([3, 5, 7], { default: 3, description: 'Electable nodes, spread over the zones.' }),
    diskGiB: Type.Optional(
      Type.Integer({
        minimum: 10,
        maximum: 4096,
        description: 'Disk in GiB; grows by itself, never shrinks.',
      }),
    ),
    backup: Type.Optional(
      strict(
        {
          retention: Type.Optional(duration('How long daily snapshots are kept. Default 7d.')),
          weekly: Type.Optional(duration('How long weekly snapshots are kept. Default 4 weeks (28d).')),
          monthly: Type.Optional(duration('How long monthly snapshots are kept. Default 12 months (360d).')),
          pointInTime: Type.Optional(Type.Boolean({ description: 'Restore to any second. Default true.' })),
          window: Type.Optional(duration('How far back point-in-time restore reaches. Default 7d.')),
        },
        'Automatic backup, always on.',
      ),
    ),
  },
  'A MongoDB Atlas replica set in three zones, reached through a private endpoint, with IAM authentication.',
);

export const Cache = strict(
  {
    nodeType: Type.String({
      pattern: '^cache\\.[a-z0-9]+\\.[a-z0-9]+$',
      title: 'an ElastiCache node type',
      examples: ['cache.r7g.large', 'cache.t4g.small'],
      description: 'ElastiCache node type.',
    }),
    version: Type.Enum(['7.2', '8.0', '8.1'], {
      default: '8.0',
      description: 'Valkey version, quoted. Never down.',
    }),
    shards: Type.Integer({ minimum: 1, maximum: 20, default: 1, description: 'Shards (node groups).' }),
    replicas: Type.Integer({
      minimum: 1,
      maximum: 5,
      default: 1,
      description: 'Replicas of each shard, in other zones.',
    }),
    snapshotRetention: Type.Optional(duration('How long snapshots are kept, 1d to 35d. Default 7d.')),
    snapshotWindow: Type.Optional(dailyWindow('When snapshots are taken, UTC. Default 02:00-03:00.')),
    maintenanceWindow: Type.Optional(weeklyWindow('When AWS may patch, UTC. Default sun:04:00-sun:05:00.')),
  },
  'An ElastiCache for Valkey replication group: Multi-AZ, TLS, encrypted, IAM authentication.',
);

export const Queue = strict(
  {
    fifo: Type.Boolean({ default: false, description: 'First in, first out. Cannot be changed later.' }),
    visibilityTimeout: Type.Optional(
      duration('How long a received message stays hidden, up to 12h. Default 30s.'),
    ),
    retention: Type.Optional(duration('How long messages are kept, 60s to 14d. Default 4d.')),
    delay: Type.Optional(duration('How long new messages wait, up to 15m. Default none.')),
    maxReceiveCount: Type.Integer({
      minimum: 3,
      maximum: 20,
      default: 5,
      description: 'Receives before a message moves to the dead-letter queue.',
    }),
  },
  'An SQS queue with its dead-letter queue, encrypted.',
);

const Cors = strict(
  {
    origins: Type.Array(
      Type.String({
        pattern: '^https://[^*/\\s]+$',
        maxLength: 253,
        title: 'an https origin without path or *',
        examples: ['https://ship.tideline.example'],
      }),
      {
        minItems: 1,
        maxItems: 20,
        description: 'Origins that may read the answer, https only.',
      },
    ),
    methods: Type.Array(Type.Enum(['GET', 'HEAD', 'PUT', 'POST', 'DELETE']), {
      minItems: 1,
      uniqueItems: true,
      description: 'Methods that are allowed.',
    }),
    maxAge: Type.Optional(duration('How long browsers may remember the answer. Default 1h.')),
  },
  'A rule for browsers (cross-origin resource sharing).',
);

export const Bucket = strict(
  {
    name: Type.Optional(
      Type.String({
        pattern: '^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$',
        title: '3 to 63 lower-case letters, digits and hyphens',
        examples: ['tideline-production-documents-euw1'],
        description: "The bucket's global name. Left out: made of product, environment, name and region.",
      }),
    ),
    versioning: Type.Boolean({
      default: true,
      description: 'Keep former versions. Can be suspended, not undone.',
    }),
    lifecycle: Type.Optional(
      strict(
        {
          expireAfter: Type.Optional(duration('Delete objects after this time. Left out: never.')),
          noncurrentExpireAfter: Type.Optional(
            duration('Delete former versions after this time. Default 90d.'),
          ),
          archiveAfter: Type.Optional(duration('Move to intelligent tiering after this time. Default 30d.')),
          abortUploadsAfter: Type.Optional(
            duration('Clean up unfinished uploads after this time. Default 7d.'),
          ),
        },
        'What happens to objects as they age.',
      ),
    ),
    cors: Type.Optional(Type.Array(Cors, { minItems: 1, maxItems: 10, description: 'Rules for browsers.' })),
  },
  'An S3 bucket: encrypted, private, TLS only.',
);

export const StorageClass = strict(
  {
    iops: Type.Integer({ minimum: 3000, maximum: 16000, default: 3000, description: 'Provisioned IOPS.' }),
    throughput: Type.Integer({
      minimum: 125,
      maximum: 1000,
      default: 125,
      description: 'Throughput in MiB/s.',
    }),
    fileSystem: Type.Enum(['ext4', 'xfs'], { default: 'ext4', description: 'File system.' }),
    reclaim: Type.Enum(['Retain', 'Delete'], {
      default: 'Retain',
      description: 'What happens to a released volume. One with lifetime pod always goes with its pod.',
    }),
    default: Type.Boolean({
      default: false,
      description: 'Used where a claim names no class. One class only.',
    }),
  },
  'A class of EBS gp3 volumes: encrypted, expandable, bound where the pod runs.',
);

export const Atlas = strict(
  {
    organization: Type.String({
      pattern: '^[a-f0-9]{24}$',
      title: '24 hexadecimal digits in lower case',
      examples: ['32b6e34b3d91647abb20e7b8'],
      description: 'Atlas organization id, 24 hex digits.',
    }),
    cidr: Type.Optional(cidr('Kept free for network peering with Atlas.')),
  },
  'The MongoDB Atlas organization that pays.',
);

export const Volume = strict(
  {
    size: bytes('Size of the volume; can grow, never shrink.'),
    mountPath: Type.String({
      pattern: '^/[A-Za-z0-9._/-]+$',
      title: 'an absolute path',
      examples: ['/models'],
      description: 'Where the container sees it.',
    }),
    class: Type.Optional(Type.String({ description: 'Storage class. Left out: the default class.' })),
    lifetime: Type.Enum(['service', 'pod'], {
      default: 'service',
      description:
        'service: one volume that outlives the pods (EBS attaches to one node, so a single replica). pod: each pod gets its own and loses it at its end.',
    }),
  },
  'An EBS volume.',
);

export const Databases = named(Database, 'MongoDB Atlas clusters by name.', 23);
export const Caches = named(Cache, 'ElastiCache for Valkey caches by name.', 20);
export const Queues = named(Queue, 'SQS queues by name.');
export const Buckets = named(Bucket, 'S3 buckets by name.', 30);
export const StorageClasses = named(StorageClass, 'EBS storage classes by name.');

export type Database = Type.Static<typeof Database>;
export type Cache = Type.Static<typeof Cache>;
export type Queue = Type.Static<typeof Queue>;
export type Bucket = Type.Static<typeof Bucket>;
export type StorageClass = Type.Static<typeof StorageClass>;
export type Volume = Type.Static<typeof Volume>;
