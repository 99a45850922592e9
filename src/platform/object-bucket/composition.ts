import {
  Bucket,
  BucketCorsConfiguration,
  BucketLifecycleConfiguration,
  BucketOwnershipControls,
  BucketPolicy,
  BucketPublicAccessBlock,
  BucketServerSideEncryptionConfiguration,
  BucketVersioning,
} from '#imports/s3.aws.upbound.io.ts';
import { aws, awsUntagged, base, type ComposedResource, sibling } from '../composed.ts';
import { type Composition, composition } from '../composition.ts';
import { combine, constant, EXTERNAL_NAME, from, lookUp, report, required, toText } from '../patches.ts';
import { objectBucket } from './definition.ts';

export const OBJECT_BUCKET_COMPOSITION = 'object-bucket';
/** For a bucket that browsers use: the same with the rules for them. */
export const CORS_BUCKET_COMPOSITION = 'object-bucket-cors';

/** The compositions of a bucket. */
export const objectBucketCompositions = (): readonly Composition[] => {
  const plain = [
    bucket(),
    versioning(),
    encryption(),
    publicAccessBlock(),
    ownership(),
    lifecycle(),
    policy(),
  ];
  return [
    composition(objectBucket, OBJECT_BUCKET_COMPOSITION, plain),
    composition(objectBucket, CORS_BUCKET_COMPOSITION, [...plain, cors()]),
  ];
};

const ofBucket = { bucketSelector: sibling() };

const bucket = (): ComposedResource =>
  aws(
    'bucket',
    base(Bucket, { spec: { forProvider: { forceDestroy: false } } }),
    from('spec.bucketName', EXTERNAL_NAME),
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

const encryption = (): ComposedResource =>
  awsUntagged(
    'encryption',
    base(BucketServerSideEncryptionConfiguration, {
      spec: {
        forProvider: {
          ...ofBucket,
          rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' }, bucketKeyEnabled: true }],
        },
      },
    }),
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

const TLS_ONLY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'TlsOnly',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: ['arn:aws:s3:::%[1]s', 'arn:aws:s3:::%[1]s/*'],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ],
});

const policy = (): ComposedResource =>
  awsUntagged(
    'policy',
    base(BucketPolicy, { spec: { forProvider: ofBucket } }),
    combine(TLS_ONLY, 'spec.forProvider.policy', 'spec.bucketName'),
  );

const cors = (): ComposedResource =>
  awsUntagged(
    'cors',
    base(BucketCorsConfiguration, { spec: { forProvider: ofBucket } }),
    required(from('spec.cors', 'spec.forProvider.corsRule')),
  );
