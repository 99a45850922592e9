import { isLogged, LOG_BUCKET, logBucketCause, logBucketName, makesLogBucket } from '#model/access-logs.ts';
import type { Bucket } from '#model/environment/data.ts';
import type { Environment } from '#model/environment/environment.ts';
import { bucketName } from '#model/names.ts';
import { days, seconds } from '#model/units.ts';
import { awsWiringOf, type Claim, claim, entries, present } from '../claim.ts';
import { bucketComposition, LOG_BUCKET_COMPOSITION } from './composition.ts';
import { type ObjectBucketSpec, objectBucket } from './definition.ts';

/** A claim for each bucket, and for one that they log into. */
export const objectBucketClaims = (environment: Environment): readonly Claim<ObjectBucketSpec>[] => [
  ...entries(environment.spec.buckets, '/spec/buckets').map((entry) => bucketClaim(environment, entry)),
  ...(makesLogBucket(environment) ? [logBucketClaim(environment)] : []),
];

interface Entry {
  readonly name: string;
  readonly value: Bucket;
  readonly cause: string;
}

const bucketClaim = (environment: Environment, { name, value, cause }: Entry): Claim<ObjectBucketSpec> => {
  const logged = isLogged(environment, value);
  const own = bucketName(environment, name);
  return claim(environment, {
    definition: objectBucket,
    name,
    composition: bucketComposition({ isLogged: logged, hasCors: value.cors !== undefined }),
    cause,
    blame: {
      bucketName: 'name',
      versioning: 'versioning',
      objectLock: 'objectLock',
      encryption: 'kmsKey',
      kmsKeyArn: 'kmsKey',
      accessLogs: 'accessLogs',
      lifecycle: 'lifecycle',
      'lifecycle/abortUploadsDays': 'lifecycle/abortUploadsAfter',
      'lifecycle/noncurrentDays': 'lifecycle/noncurrentExpireAfter',
      'lifecycle/archiveDays': 'lifecycle/archiveAfter',
      'lifecycle/expireDays': 'lifecycle/expireAfter',
      cors: 'cors',
    },
    fields: { '/spec/accessLogs/bucket': '/spec/aws/accessLogs/bucket' },
    stateful: true,
    spec: {
      ...awsWiringOf(environment, 'Orphan'),
      bucketName: own,
      versioning: value.versioning,
      objectLock: value.objectLock ?? false,
      encryption: value.kmsKey === undefined ? 'AES256' : 'aws:kms',
      ...present('kmsKeyArn', value.kmsKey),
      lifecycle: lifecycleOf(value),
      ...present(
        'accessLogs',
        logged ? { bucket: logBucketName(environment), prefix: `${own}/` } : undefined,
      ),
      ...present('cors', value.cors?.map(corsRule)),
    },
  });
};

/** Logs are written once and thrown away in time: no versions are kept. */
const logBucketClaim = (environment: Environment): Claim<ObjectBucketSpec> =>
  claim(environment, {
    definition: objectBucket,
    name: LOG_BUCKET,
    composition: LOG_BUCKET_COMPOSITION,
    cause: logBucketCause(environment),
    fields: { '/spec/lifecycle/expireDays': '/spec/aws/accessLogs/retention' },
    stateful: true,
    spec: {
      ...awsWiringOf(environment, 'Orphan'),
      bucketName: logBucketName(environment),
      versioning: false,
      objectLock: false,
      encryption: 'AES256',
      lifecycle: lifecycleOf({
        lifecycle: { expireAfter: environment.spec.aws.accessLogs?.retention ?? '365d' },
      }),
      logsOfAccount: environment.spec.aws.account,
    },
  });

/** Archiving by default is left out where objects expire before it. */
function lifecycleOf({ lifecycle = {} }: Pick<Bucket, 'lifecycle'>): ObjectBucketSpec['lifecycle'] {
  const { abortUploadsAfter = '7d', noncurrentExpireAfter = '90d', archiveAfter, expireAfter } = lifecycle;
  const expireDays = expireAfter === undefined ? undefined : days(expireAfter);
  const archiveDays = days(archiveAfter ?? '30d');
  const archived = archiveAfter !== undefined || expireDays === undefined || archiveDays < expireDays;
  return {
    abortUploadsDays: days(abortUploadsAfter),
    noncurrentDays: days(noncurrentExpireAfter),
    ...(archived ? { archiveDays } : {}),
    ...present('expireDays', expireDays),
  };
}

type CorsRule = NonNullable<Bucket['cors']>[number];

const corsRule = ({ origins, methods, maxAge }: CorsRule) => ({
  allowedOrigins: [...origins],
  allowedMethods: [...methods],
  allowedHeaders: ['*'],
  maxAgeSeconds: seconds(maxAge ?? '1h'),
});
