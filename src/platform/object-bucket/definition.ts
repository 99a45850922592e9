import { Type } from 'typebox';
import { Bucket as Intent } from '#model/environment/data.ts';
import { type Definition, fields, immutable, reported } from '../definition.ts';
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

const spec = fields(
  {
    ...awsWiring,
    bucketName: immutable(
      Type.String({
        pattern: '^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$',
        maxLength: 63,
        description: 'Name of the bucket, unique in the world. Cannot be changed later.',
      }),
    ),
    versioning: Intent.properties.versioning,
    lifecycle,
    cors: Type.Optional(
      Type.Array(corsRule, { minItems: 1, maxItems: 10, description: 'Rules for browsers.' }),
    ),
  },
  'What the bucket is like.',
);

const status = fields(
  { bucketArn: reported('ARN of the bucket.'), region: reported('Region of the bucket.') },
  'What AWS made of it.',
);

export const objectBucket = {
  kind: 'ObjectBucket',
  plural: 'objectbuckets',
  shortNames: [],
  description: 'An S3 bucket: encrypted, private, TLS only.',
  spec,
  status,
  connectionSecretKeys: [],
  printerColumns: [{ name: 'ARN', type: 'string', jsonPath: '.status.bucketArn' }],
} as const satisfies Definition;

export type ObjectBucketSpec = Type.Static<typeof spec>;
