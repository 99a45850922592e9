import { describe, expect, it } from 'vitest';
import type { Environment } from '#model/environment/environment.ts';
import { objectBucketClaims } from '#platform/object-bucket/claim.ts';
import { composed } from './composed.ts';
import { valueAt } from './field-path.ts';
import { production, sandbox } from './tideline.ts';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-1111-2222-3333-444455556666';
const LOGS = 'tideline-production-access-logs-euw1';

const bucket = (claim: string, environment: Environment = production) =>
  composed(environment, 'ObjectBucket', claim);
const asked = (resources: ReadonlyMap<string, object>, entry: string) =>
  valueAt(resources.get(entry), 'spec.forProvider');
const statements = (resources: ReadonlyMap<string, object>) =>
  valueAt(JSON.parse(String(valueAt(asked(resources, 'policy'), 'policy'))), 'Statement');

const PROTECTED = [
  'bucket',
  'versioning',
  'encryption',
  'public-access-block',
  'ownership',
  'lifecycle',
  'policy',
];

describe('the shapes of a bucket', () => {
  it.each([
    ['documents', [...PROTECTED, 'access-logs', 'cors']],
    ['manifests', [...PROTECTED, 'access-logs']],
    ['charts', [...PROTECTED, 'cors']],
    ['telemetry', PROTECTED],
    ['access-logs', PROTECTED],
  ])('are those of what the environment says: %s', (claim, entries) => {
    expect([...bucket(claim).keys()].sort()).toEqual(entries.sort());
  });

  it.each(['documents', 'manifests', 'charts', 'telemetry', 'access-logs'])(
    'keep everything that protects %s when its claim goes',
    (claim) => {
      const deleted = [...bucket(claim)].filter(
        ([, resource]) => valueAt(resource, 'spec.deletionPolicy') !== 'Orphan',
      );
      // Rules for browsers protect nothing: an origin that is gone must not stay.
      expect(deleted.map(([entry]) => entry).filter((entry) => entry !== 'cors')).toEqual([]);
    },
  );
});

describe('a bucket', () => {
  it('is private, its owner’s, and refuses whoever comes without TLS', () => {
    const resources = bucket('documents');
    expect(asked(resources, 'public-access-block')).toMatchObject({
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    expect(asked(resources, 'ownership')).toMatchObject({ rule: { objectOwnership: 'BucketOwnerEnforced' } });
    expect(statements(resources)).toMatchObject([
      { Effect: 'Deny', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ]);
  });

  it('is encrypted by S3, or with the key that the environment names', () => {
    const rule = (claim: string) => valueAt(asked(bucket(claim), 'encryption'), 'rule');
    expect(rule('documents')).toEqual([
      { bucketKeyEnabled: true, applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } },
    ]);
    expect(rule('ledger')).toEqual([
      {
        bucketKeyEnabled: true,
        applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: KEY },
      },
    ]);
  });

  it('lets objects be locked where the environment says so', () => {
    expect(asked(bucket('ledger'), 'bucket')).toMatchObject({ objectLockEnabled: true, forceDestroy: false });
    expect(asked(bucket('documents'), 'bucket')).toMatchObject({ objectLockEnabled: false });
  });

  it('is logged in production, into folders of its name', () => {
    expect(asked(bucket('documents'), 'access-logs')).toMatchObject({
      targetBucket: LOGS,
      targetPrefix: 'tideline-production-documents-euw1/',
      targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: 'EventTime' } },
    });
  });
});

describe('the log bucket', () => {
  it('admits the logs of this account’s buckets, and throws them away in time', () => {
    const resources = bucket('access-logs');
    expect(statements(resources)).toMatchObject([
      { Effect: 'Deny', Principal: '*' },
      {
        Effect: 'Allow',
        Principal: { Service: 'logging.s3.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: `arn:aws:s3:::${LOGS}/*`,
        Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
      },
    ]);
    expect(valueAt(asked(resources, 'lifecycle'), 'rule[0].expiration')).toEqual([{ days: 365 }]);
  });

  const names = (environment: Environment) => objectBucketClaims(environment).map(({ name }) => name);
  const { buckets = {}, aws } = production.spec;

  it('is there where some bucket is logged, and the environment names no other', () => {
    const quiet = { ...sandbox, spec: { ...sandbox.spec, buckets } };
    expect(names(production)).toContain('access-logs');
    expect(names(quiet)).not.toContain('access-logs');
    const asking = { ...buckets, telemetry: { versioning: true, accessLogs: true } };
    expect(names({ ...quiet, spec: { ...quiet.spec, buckets: asking } })).toContain('access-logs');
  });

  it('is the one that the environment names', () => {
    const central = {
      ...production,
      spec: { ...production.spec, aws: { ...aws, accessLogs: { bucket: 'tideline-audit' } } },
    };
    expect(names(central)).not.toContain('access-logs');
    expect(asked(bucket('documents', central), 'access-logs')).toMatchObject({
      targetBucket: 'tideline-audit',
    });
  });
});
