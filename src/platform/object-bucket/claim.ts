import type { Bucket } from '#model/environment/data.ts';
import type { Environment } from '#model/environment/environment.ts';
import { bucketName } from '#model/names.ts';
import { days, seconds } from '#model/units.ts';
import { awsWiringOf, type Claim, claim, entries, present } from '../claim.ts';
import { CORS_BUCKET_COMPOSITION, OBJECT_BUCKET_COMPOSITION } from './composition.ts';
import { type ObjectBucketSpec, objectBucket } from './definition.ts';

/** A claim for each bucket. */
export function objectBucketClaims(environment: Environment): readonly Claim<ObjectBucketSpec>[] {
  return entries(environment.spec.buckets, '/spec/buckets').map(({ name, value, cause }) =>
    claim(environment, {
      definition: objectBucket,
      name,
      composition: value.cors === undefined ? OBJECT_BUCKET_COMPOSITION : CORS_BUCKET_COMPOSITION,
      cause,
      blame: {
        bucketName: 'name',
        versioning: 'versioning',
        lifecycle: 'lifecycle',
        'lifecycle/abortUploadsDays': 'lifecycle/abortUploadsAfter',
        'lifecycle/noncurrentDays': 'lifecycle/noncurrentExpireAfter',
        'lifecycle/archiveDays': 'lifecycle/archiveAfter',
        'lifecycle/expireDays': 'lifecycle/expireAfter',
        cors: 'cors',
      },
      stateful: true,
      spec: {
        ...awsWiringOf(environment, 'Orphan'),
        bucketName: bucketName(environment, name),
        versioning: value.versioning,
        lifecycle: lifecycleOf(value),
        ...present('cors', value.cors?.map(corsRule)),
      },
    }),
  );
}

/** Archiving by default is left out where objects expire before it. */
function lifecycleOf({ lifecycle = {} }: Bucket): ObjectBucketSpec['lifecycle'] {
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
