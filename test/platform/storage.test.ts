import { beforeAll, describe, expect, it } from 'vitest';
import { granted } from '#model/identities.ts';
import { allClaims } from '#platform/catalogue.ts';
import type { Claim } from '#platform/claim.ts';
import { apiServer, KUBECONFIG } from './api-server.ts';
import { production } from './tideline.ts';

/** What queues, buckets and roles may be and become, as the API server judges it. */

const KINDS = ['MessageQueue', 'ObjectBucket', 'ServiceIdentity'];
const server = apiServer('storage', KINDS);

const claims = allClaims(production, granted(production)).filter(({ kind }) => KINDS.includes(kind));

const like = (kind: string, name: string, changes: object): Claim => {
  const claim = claims.find((one) => one.kind === kind && one.name === name) ?? expect.fail();
  return { ...claim, name: `${name}-new`, spec: { ...claim.spec, ...changes } };
};

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-1111-2222-3333-444455556666';
const statement = (changes: object) => ({
  Sid: 'Send',
  Effect: 'Allow',
  Action: ['sqs:SendMessage'],
  Resource: ['arn:aws:sqs:eu-west-1:111122223333:voyages'],
  ...changes,
});

describe.runIf(KUBECONFIG !== '')('the API server', () => {
  beforeAll(() => server.install(claims), 120_000);

  it.each([
    ['MessageQueue', 'voyage-events', { visibilityTimeoutSeconds: 90, retentionSeconds: 1_209_600 }],
    ['MessageQueue', 'voyage-events', { kmsKeyArn: KEY, maxMessageBytes: 1_048_576 }],
    ['MessageQueue', 'cargo-orders', { throughput: 'perMessageGroup' }],
    ['ObjectBucket', 'documents', { versioning: false }],
    ['ObjectBucket', 'documents', { encryption: 'aws:kms', kmsKeyArn: KEY }],
    ['ObjectBucket', 'documents', { accessLogs: null, cors: null }],
    ['ServiceIdentity', 'api', { statements: [statement({}), statement({ Sid: 'Again' })] }],
    ['ServiceIdentity', 'api', { statements: [statement({ Action: ['ec2:Describe*'], Resource: ['*'] })] }],
  ])('lets %s %s change to %j', (kind, name, spec) => {
    const { ok, message } = server.change(kind, name, spec);
    expect(ok, message).toBe(true);
  });

  it.each([
    ['MessageQueue', 'voyage-events', { name: 'voyages' }, 'Cannot be changed later'],
    ['MessageQueue', 'voyage-events', { deadLetterQueueName: 'failed' }, 'Cannot be changed later'],
    ['MessageQueue', 'voyage-events', { fifo: true, throughput: 'perQueue' }, 'Cannot be changed later'],
    ['MessageQueue', 'voyage-events', { throughput: 'perQueue' }, 'said of FIFO queues'],
    ['MessageQueue', 'cargo-orders', { throughput: null }, 'said of FIFO queues'],
    ['MessageQueue', 'cargo-orders', { throughput: 'perShip' }, 'Unsupported value'],
    ['MessageQueue', 'voyage-events', { retentionSeconds: 60 }, 'kept longer than it is hidden'],
    ['MessageQueue', 'voyage-events', { retentionSeconds: 300 }, 'alarm must come before'],
    ['MessageQueue', 'voyage-events', { maxMessageBytes: 1_048_577 }, 'less than or equal'],
    ['MessageQueue', 'voyage-events', { receiveWaitSeconds: 21 }, 'less than or equal'],
    ['MessageQueue', 'voyage-events', { kmsKeyArn: 'alias/aws/sqs' }, 'should match'],
    ['MessageQueue', 'voyage-events', { alarms: { topicArns: ['fleet'] } }, 'should match'],
    ['MessageQueue', 'voyage-events', { region: 'us-east-1' }, 'Cannot be changed later'],
    ['ObjectBucket', 'documents', { bucketName: 'tideline-papers' }, 'Cannot be changed later'],
    ['ObjectBucket', 'documents', { objectLock: true }, 'Cannot be changed later'],
    ['ObjectBucket', 'ledger', { versioning: false }, 'objectLock needs versioning'],
    ['ObjectBucket', 'documents', { kmsKeyArn: KEY }, 'where encryption is aws:kms'],
    ['ObjectBucket', 'ledger', { kmsKeyArn: null }, 'where encryption is aws:kms'],
    [
      'ObjectBucket',
      'documents',
      { accessLogs: { bucket: 'tideline-production-documents-euw1' } },
      'must not log into itself',
    ],
    [
      'ObjectBucket',
      'access-logs',
      { encryption: 'aws:kms', kmsKeyArn: KEY },
      "log bucket is encrypted with S3's own key",
    ],
    ['ObjectBucket', 'documents', { lifecycle: { expireDays: 30 } }, 'archived before they expire'],
    [
      'ObjectBucket',
      'documents',
      {
        cors: [{ allowedOrigins: ['*'], allowedMethods: ['GET'], allowedHeaders: [], maxAgeSeconds: 1 }],
      },
      'should match',
    ],
    ['ServiceIdentity', 'api', { roleName: 'api' }, 'Cannot be changed later'],
    [
      'ServiceIdentity',
      'api',
      { serviceAccount: { namespace: 'tideline', name: 'web' } },
      'Cannot be changed later',
    ],
    ['ServiceIdentity', 'api', { statements: [statement({ Action: ['sqs:*'] })] }, 'should match'],
    ['ServiceIdentity', 'api', { statements: [statement({ Action: ['*'] })] }, 'should match'],
    ['ServiceIdentity', 'api', { statements: [statement({ Resource: ['*'] })] }, 'Only actions that look'],
    ['ServiceIdentity', 'api', { statements: [statement({ Resource: ['voyages'] })] }, 'should match'],
    ['ServiceIdentity', 'api', { statements: [statement({}), statement({})] }, 'name of its own'],
    ['ServiceIdentity', 'api', { statements: [statement({ Effect: 'Deny' })] }, 'Unsupported value'],
  ])('does not let %s %s change to %j', (kind, name, spec, reason) => {
    const { ok, message } = server.change(kind, name, spec);
    expect(ok).toBe(false);
    expect(message).toContain(reason);
  });

  it.each([
    ['MessageQueue', 'voyage-events', { deadLetterQueueName: 'v', name: 'v' }, 'own dead-letter queue'],
    ['MessageQueue', 'voyage-events', { name: 'voyages.fifo' }, 'end in .fifo'],
    ['MessageQueue', 'cargo-orders', { deadLetterQueueName: 'orders-dlq' }, 'end in .fifo'],
    ['MessageQueue', 'voyage-events', { name: 'v'.repeat(81) }, 'Too long'],
    ['ObjectBucket', 'documents', { bucketName: 'tideline.papers' }, 'should match'],
    ['ObjectBucket', 'documents', { bucketName: 'd'.repeat(64) }, 'Too long'],
    ['ServiceIdentity', 'api', { roleName: 'r'.repeat(65) }, 'Too long'],
  ])('does not take a %s like %s with %j', (kind, name, changes, reason) => {
    const { ok, message } = server.create(like(kind, name, changes));
    expect(ok).toBe(false);
    expect(message).toContain(reason);
  });
});
