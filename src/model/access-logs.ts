import type { Bucket } from './environment/data.ts';
import type { Environment } from './environment/environment.ts';
import { bucketName } from './names.ts';

/**
 * Access logs of buckets: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
 * All buckets of an environment log into one, which the platform makes unless the environment names one.
 */

/** Name of the log bucket among the buckets of an environment, and of its claim. */
export const LOG_BUCKET = 'access-logs';

/** Whether S3 logs the requests to a bucket. */
export const isLogged = ({ spec }: Environment, { accessLogs }: Bucket): boolean =>
  accessLogs ?? spec.stage === 'production';

/** Whether some bucket is logged, and the environment names no bucket for that. */
export const makesLogBucket = (environment: Environment): boolean =>
  environment.spec.aws.accessLogs?.bucket === undefined &&
  Object.values(environment.spec.buckets ?? {}).some((bucket) => isLogged(environment, bucket));

/** Global name of the bucket that the logs go to. */
export const logBucketName = (environment: Environment): string =>
  environment.spec.aws.accessLogs?.bucket ?? bucketName(environment, LOG_BUCKET);

/** Pointer to what the log bucket is there for. */
export const logBucketCause = ({ spec }: Environment): string =>
  spec.aws.accessLogs === undefined ? '/spec/buckets' : '/spec/aws/accessLogs';
