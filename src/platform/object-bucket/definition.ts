import { Type } from 'typebox';
import { Bucket as Intent } from '#model/environment/data.ts';
import { Aws } from '#model/environment/environment.ts';
import { globalBucketName, kmsKey } from '#model/environment/scalars.ts';
import { atMost, type Definition, fields, immutable, type Rule, reported } from '../definition.ts';
import { awsWiring } from '../wiring.ts';

/** An S3 bucket: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */

const dayCount = (description: string) => Type.Integer({ minimum: 1, maximum: 36_500, description });

const lifecycle = fields(
  {
    abortUploadsDays: dayCount('Days after which unfinished uploads are cleaned up.'),
    noncurrentDays: dayCount('Days after which former versions are deleted.'),
    archiveDays: Type.Optional(dayCount('Days after which objects move to intelligent tiering.')),
    expireDays: Type.Optional(dayCount('Days after which objects are deleted. Left out: never.')),
  },
  'What happens to objects as they age.',
  {
    rule: '!has(self.archiveDays) || !has(self.expireDays) || self.archiveDays < self.expireDays',
    message: 'Objects must be archived before they expire.',
  },
);

/** A rule in S3's own words, because the composition copies the list as a whole. */
const corsRule = fields(
  {
    allowedOrigins: Type.Array(Type.String({ pattern: '^https://[^*]+$', maxLength: 253 }), {
      minItems: 1,
      maxItems: 20,
      description: 'Origins that may read the answer, https only.',
    }),
    allowedMethods: Type.Array(Type.Enum(['GET', 'HEAD', 'PUT', 'POST', 'DELETE']), {
      minItems: 1,
      maxItems: 5,
      description: 'Methods that are allowed.',
    }),
    allowedHeaders: Type.Array(Type.String({ minLength: 1, maxLength: 128 }), {
      maxItems: 20,
      description: 'Headers that a browser may send.',
    }),
    maxAgeSeconds: Type.Integer({
      minimum: 0,
      maximum: 86_400,
      description: 'How long browsers may remember the answer.',
    }),
  },
  'A rule for browsers.',
);

const bucketName = (description: string) => atMost(globalBucketName(description), 63);

const accessLogs = fields(
  {
    bucket: bucketName('Bucket that the logs go to.'),
    prefix: Type.String({
      pattern: '^[a-z0-9][a-z0-9-]*/$',
      maxLength: 64,
      description: 'What the names of the logs begin with.',
    }),
  },
  'Where S3 logs the requests to the bucket.',
);

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshooting-server-access-logging.html */
const rules: readonly Rule[] = [
  {
    rule: '!self.objectLock || self.versioning',
    message: 'Objects can only be locked where their versions are kept: objectLock needs versioning.',
  },
  {
    rule: '!has(self.accessLogs) || self.accessLogs.bucket != self.bucketName',
    message: 'A bucket must not log into itself: each log would be logged.',
  },
  {
    rule: '!has(self.logsOfAccount) || (!has(self.kmsKeyArn) && !self.objectLock && !has(self.accessLogs) && !has(self.cors))',
    message:
      "A log bucket is encrypted with S3's own key, locks nothing, is not logged itself and has no rules for browsers.",
  },
];

const spec = fields(
  {
    ...awsWiring,
    bucketName: immutable(bucketName('Name of the bucket, unique in the world. Cannot be changed later.')),
    versioning: Intent.properties.versioning,
    objectLock: immutable(
      Type.Boolean({
        description: 'Whether objects can be locked against deletion until a date. Cannot be changed later.',
      }),
    ),
    encryption: Type.Enum(['AES256', 'aws:kms'], {
      description: "How objects are encrypted: with S3's own key, or with kmsKeyArn.",
    }),
    kmsKeyArn: Type.Optional(kmsKey('KMS key that encrypts objects. Said where encryption is aws:kms.')),
    lifecycle,
    accessLogs: Type.Optional(accessLogs),
    logsOfAccount: Type.Optional(
      Type.With(Aws.properties.account, {
        maxLength: 12,
        description: 'Of a log bucket: the AWS account whose buckets may log here.',
      }),
    ),
    cors: Type.Optional(
      Type.Array(corsRule, { minItems: 1, maxItems: 10, description: 'Rules for browsers.' }),
    ),
  },
  'What the bucket is like.',
  {
    rule: "(self.encryption == 'aws:kms') == has(self.kmsKeyArn)",
    message: 'kmsKeyArn is said where encryption is aws:kms, and nowhere else.',
  },
  ...rules,
);

const status = fields(
  { bucketArn: reported('ARN of the bucket.'), region: reported('Region of the bucket.') },
  'What AWS made of it.',
);

export const objectBucket = {
  kind: 'ObjectBucket',
  plural: 'objectbuckets',
  shortNames: [],
  description: 'An S3 bucket: encrypted, private, TLS only; or the one that others log into.',
  spec,
  status,
  connectionSecretKeys: [],
  printerColumns: [
    { name: 'BUCKET', type: 'string', jsonPath: '.spec.bucketName' },
    { name: 'REGION', type: 'string', jsonPath: '.status.region' },
    { name: 'VERSIONING', type: 'boolean', jsonPath: '.spec.versioning' },
  ],
} as const satisfies Definition;

export type ObjectBucketSpec = Type.Static<typeof spec>;
