import { Type } from 'typebox';
import { bytes, duration, globalBucketName, kmsKey, named, strict } from './scalars.ts';

/** What keeps data in AWS without a server of its own: SQS, S3, EBS. */

const queueName = (description: string) =>
  Type.String({
    pattern: '^[A-Za-z0-9_-]{1,75}$',
    title: '1 to 75 letters, digits, hyphens and underscores, without .fifo',
    examples: ['tideline-production-voyage-events'],
    description,
  });

const QueueAlarms = strict(
  {
    oldestMessage: Type.Optional(
      duration(
        'Alarm when a message waits longer. Default 10m, or half of the retention where that is shorter.',
      ),
    ),
    deadLetters: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 100_000,
        description: 'Alarm at so many messages in the dead-letter queue. Default 1.',
      }),
    ),
  },
  'When somebody is told, at aws.alarmTopic.',
);

export const Queue = strict(
  {
    name: Type.Optional(
      queueName(
        "The queue's name in AWS, without .fifo. Left out: made of product, environment and name. Cannot be changed later.",
      ),
    ),
    deadLetterName: Type.Optional(
      queueName(
        "The dead-letter queue's name in AWS, without .fifo. Left out: the queue's, with -dlq. Cannot be changed later.",
      ),
    ),
    fifo: Type.Boolean({ default: false, description: 'First in, first out. Cannot be changed later.' }),
    highThroughput: Type.Optional(
      Type.Boolean({
        description:
          'Of a FIFO queue: deduplication and throughput by message group instead of by queue. Default false.',
      }),
    ),
    visibilityTimeout: Type.Optional(
      duration('How long a received message stays hidden, up to 12h. Default 30s.'),
    ),
    retention: Type.Optional(duration('How long messages are kept, 60s to 14d. Default 4d.')),
    delay: Type.Optional(duration('How long new messages wait, up to 15m. Default none.')),
    receiveWait: Type.Optional(
      duration('How long a receive waits for a message to come, up to 20s. Default 20s.'),
    ),
    maxMessageKiB: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1024, description: 'Largest message in KiB. Default 256.' }),
    ),
    kmsKey: Type.Optional(
      kmsKey(
        'KMS key that encrypts the messages. Left out: a key of SQS itself. Services that use the queue may use it.',
      ),
    ),
    alarms: Type.Optional(QueueAlarms),
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
      globalBucketName(
        "The bucket's global name. Left out: made of product, environment, name and region. Cannot be changed later.",
      ),
    ),
    primary: Type.Optional(
      Type.Boolean({
        description:
          'Whether this is where the data is at home. Objects of production expire only where it says false. Default true.',
      }),
    ),
    versioning: Type.Boolean({
      default: true,
      description: 'Keep former versions. Can be suspended, not undone.',
    }),
    objectLock: Type.Optional(
      Type.Boolean({
        description:
          'Let services lock objects, so that nobody deletes or overwrites them before a date. Needs versioning; cannot be changed later. Default false.',
      }),
    ),
    kmsKey: Type.Optional(
      kmsKey(
        'KMS key that encrypts the objects. Left out: a key of S3 itself. Services that use the bucket may use it.',
      ),
    ),
    accessLogs: Type.Optional(
      Type.Boolean({
        description:
          'Whether S3 logs each request, into the log bucket of the environment. Default true in production.',
      }),
    ),
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
    default: Type.Optional(
      Type.Boolean({
        description:
          'Used where a volume names no class. One class only. Where none says so, gp3 is it, unless it says false.',
      }),
    ),
  },
  'A class of EBS gp3 volumes: encrypted, expandable, bound where the pod runs.',
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

export const Queues = named(Queue, 'SQS queues by name.');
export const Buckets = named(Bucket, 'S3 buckets by name.', 30);
export const StorageClasses = named(StorageClass, 'EBS storage classes by name.');

export type Queue = Type.Static<typeof Queue>;
export type Bucket = Type.Static<typeof Bucket>;
export type StorageClass = Type.Static<typeof StorageClass>;
export type Volume = Type.Static<typeof Volume>;
