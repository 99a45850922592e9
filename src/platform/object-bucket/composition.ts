import {
  Bucket,
  BucketCorsConfiguration,
  BucketLifecycleConfiguration,
  BucketLogging,
  BucketOwnershipControls,
  BucketPolicy,
  BucketPublicAccessBlock,
  BucketServerSideEncryptionConfiguration,
  BucketVersioning,
} from '#imports/s3.aws.upbound.io.ts';
import { aws, awsUntagged, base, type ComposedResource, sibling } from '../composed.ts';
import { type Composition, composition } from '../composition.ts';
import { expendableBy } from '../expendable.ts';
import {
  combine,
  constant,
  EXTERNAL_NAME,
  from,
  lookUp,
  type Patch,
  report,
  required,
  toText,
} from '../patches.ts';
import { objectBucket } from './definition.ts';
import { LOG_POLICY, POLICY } from './policy.ts';

/** What a bucket can have besides. */
export interface BucketShape {
  /** S3 logs the requests to it. */
  readonly isLogged: boolean;
  /** Browsers use it. */
  readonly hasCors: boolean;
}

/** The composition of a bucket of a shape: patch-and-transform has no conditions. */
export const bucketComposition = ({ isLogged, hasCors }: BucketShape): string =>
  ['object-bucket', ...(isLogged ? ['logged'] : []), ...(hasCors ? ['cors'] : [])].join('-');

/** For the bucket that the others log into. */
export const LOG_BUCKET_COMPOSITION = 'object-bucket-logs';

/** The compositions of a bucket. */
export const objectBucketCompositions = (): readonly Composition[] => [
  ...[false, true].flatMap((isLogged) =>
    [false, true].map((hasCors) =>
      composition(objectBucket, bucketComposition({ isLogged, hasCors }), [
        ...protectedBucket(),
        policy(combine(POLICY, 'spec.forProvider.policy', 'spec.bucketName')),
        ...(isLogged ? [logging()] : []),
        ...(hasCors ? [cors()] : []),
      ]),
    ),
  ),
  composition(objectBucket, LOG_BUCKET_COMPOSITION, [
    ...protectedBucket(),
    policy(required(combine(LOG_POLICY, 'spec.forProvider.policy', 'spec.bucketName', 'spec.logsOfAccount'))),
  ]),
];

const protectedBucket = (): readonly ComposedResource[] => [
  bucket(),
  versioning(),
  encryption(),
  publicAccessBlock(),
  ownership(),
  lifecycle(),
];

const ofBucket = { bucketSelector: sibling() };

const bucket = (): ComposedResource =>
  aws(
    'bucket',
    base(Bucket, { spec: { forProvider: { forceDestroy: false } } }),
    from('spec.bucketName', EXTERNAL_NAME),
    from('spec.objectLock', 'spec.forProvider.objectLockEnabled'),
    report('status.atProvider.arn', 'status.bucketArn'),
    report('status.atProvider.region', 'status.region'),
  );

const versioning = (): ComposedResource =>
  awsUntagged(
    'versioning',
    base(BucketVersioning, { spec: { forProvider: ofBucket } }),
    from(
      'spec.versioning',
      'spec.forProvider.versioningConfiguration.status',
      toText,
      lookUp({ true: 'Enabled', false: 'Suspended' }),
    ),
  );

const DEFAULT_ENCRYPTION = 'spec.forProvider.rule[0].applyServerSideEncryptionByDefault';

const encryption = (): ComposedResource =>
  awsUntagged(
    'encryption',
    base(BucketServerSideEncryptionConfiguration, {
      spec: {
        forProvider: {
          ...ofBucket,
          // Fewer calls of KMS, and so less to pay; without a customer's key it means nothing.
          rule: [{ bucketKeyEnabled: true }],
        },
      },
    }),
    from('spec.encryption', `${DEFAULT_ENCRYPTION}.sseAlgorithm`),
    from('spec.kmsKeyArn', `${DEFAULT_ENCRYPTION}.kmsMasterKeyId`),
  );

const publicAccessBlock = (): ComposedResource =>
  awsUntagged(
    'public-access-block',
    base(BucketPublicAccessBlock, {
      spec: {
        forProvider: {
          ...ofBucket,
          blockPublicAcls: true,
          blockPublicPolicy: true,
          ignorePublicAcls: true,
          restrictPublicBuckets: true,
        },
      },
    }),
  );

const ownership = (): ComposedResource =>
  awsUntagged(
    'ownership',
    base(BucketOwnershipControls, {
      spec: { forProvider: { ...ofBucket, rule: { objectOwnership: 'BucketOwnerEnforced' } } },
    }),
  );

/** S3 keeps one configuration a bucket, so there is one resource with one rule for everything. */
const lifecycle = (): ComposedResource => {
  const rule = 'spec.forProvider.rule[0]';
  return awsUntagged(
    'lifecycle',
    base(BucketLifecycleConfiguration, {
      spec: {
        forProvider: {
          ...ofBucket,
          rule: [{ id: 'lifecycle', status: 'Enabled', filter: [{ prefix: '' }] }],
        },
      },
    }),
    from('spec.lifecycle.abortUploadsDays', `${rule}.abortIncompleteMultipartUpload[0].daysAfterInitiation`),
    from('spec.lifecycle.noncurrentDays', `${rule}.noncurrentVersionExpiration[0].noncurrentDays`),
    from('spec.lifecycle.archiveDays', `${rule}.transition[0].days`),
    from(
      'spec.lifecycle.archiveDays',
      `${rule}.transition[0].storageClass`,
      toText,
      constant('INTELLIGENT_TIERING'),
    ),
    from('spec.lifecycle.expireDays', `${rule}.expiration[0].days`),
  );
};

const policy = (text: Patch): ComposedResource =>
  awsUntagged('policy', base(BucketPolicy, { spec: { forProvider: ofBucket } }), text);

/** Logs in folders by bucket and day. Logging is orphaned like all that protects: S3 goes on logging. */
const logging = (): ComposedResource =>
  awsUntagged(
    'access-logs',
    base(BucketLogging, {
      spec: {
        forProvider: {
          ...ofBucket,
          targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: 'EventTime' } },
        },
      },
    }),
    required(from('spec.accessLogs.bucket', 'spec.forProvider.targetBucket')),
    required(from('spec.accessLogs.prefix', 'spec.forProvider.targetPrefix')),
  );

/** Expendable: an origin that left the environment must not keep its access. */
const cors = (): ComposedResource =>
  expendableBy('spec.bucketName')(
    awsUntagged(
      'cors',
      base(BucketCorsConfiguration, { spec: { forProvider: ofBucket } }),
      required(from('spec.cors', 'spec.forProvider.corsRule')),
    ),
  );
