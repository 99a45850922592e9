/** Policies of buckets, as formats: `%[1]s` is the bucket's name, `%[2]s` the account whose buckets log into it. */

const OBJECTS = 'arn:aws:s3:::%[1]s/*';

/** Nobody comes without TLS. */
const TLS_ONLY = {
  Sid: 'TlsOnly',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: ['arn:aws:s3:::%[1]s', OBJECTS],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html#grant-log-delivery-permissions-bucket-policy */
const ADMITS_LOGS = {
  Sid: 'AdmitsLogs',
  Effect: 'Allow',
  Principal: { Service: 'logging.s3.amazonaws.com' },
  Action: 's3:PutObject',
  Resource: OBJECTS,
  Condition: { StringEquals: { 'aws:SourceAccount': '%[2]s' } },
};

const document = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

export const POLICY = document(TLS_ONLY);

/** Of the bucket that others log into. */
export const LOG_POLICY = document(TLS_ONLY, ADMITS_LOGS);
