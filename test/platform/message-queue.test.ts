import { describe, expect, it } from 'vitest';
import { composed } from './composed.ts';
import { valueAt } from './field-path.ts';
import { production, sandbox } from './tideline.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:fleet-alarms';
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-1111-2222-3333-444455556666';
const arn = (name: string) => `arn:aws:sqs:eu-west-1:111122223333:${name}`;

const queue = (claim: string, name: string) =>
  composed(production, 'MessageQueue', claim, {
    queueArn: arn(name),
    deadLetterQueueArn: arn(`${name}-failed`),
  });

const asked = (resources: ReadonlyMap<string, object>, entry: string) =>
  valueAt(resources.get(entry), 'spec.forProvider');

describe('a queue', () => {
  const resources = queue('voyage-events', 'voyages');

  it('is there with its dead-letter queue, rules of both, and alarms', () => {
    expect([...resources.keys()].sort()).toEqual([
      'alarm-dead-letters',
      'alarm-oldest-message',
      'dead-letter',
      'dead-letter-policy',
      'main',
      'main-policy',
      'redrive',
      'redrive-allow',
    ]);
  });

  it('keeps everything when its claim goes', () => {
    const policies = [...resources.values()].map((resource) => valueAt(resource, 'spec.deletionPolicy'));
    expect(new Set(policies)).toEqual(new Set(['Orphan']));
  });

  it('has the bounds of the environment, and defaults', () => {
    expect(asked(resources, 'main')).toMatchObject({
      name: 'tideline-production-voyage-events',
      fifoQueue: false,
      visibilityTimeoutSeconds: 60,
      messageRetentionSeconds: 345_600,
      receiveWaitTimeSeconds: 20,
      maxMessageSize: 262_144,
      sqsManagedSseEnabled: true,
    });
    for (const field of ['deduplicationScope', 'fifoThroughputLimit', 'kmsMasterKeyId'])
      expect(asked(resources, 'main')).not.toHaveProperty(field);
  });

  it('keeps dead letters longest, and takes them from itself only', () => {
    expect(asked(resources, 'dead-letter')).toMatchObject({
      name: 'tideline-production-voyage-events-dlq',
      messageRetentionSeconds: 1_209_600,
    });
    expect(JSON.parse(String(valueAt(asked(resources, 'redrive'), 'redrivePolicy')))).toEqual({
      deadLetterTargetArn: arn('voyages-failed'),
      maxReceiveCount: 5,
    });
    expect(JSON.parse(String(valueAt(asked(resources, 'redrive-allow'), 'redriveAllowPolicy')))).toEqual({
      redrivePermission: 'byQueue',
      sourceQueueArns: [arn('voyages')],
    });
  });

  it.each([
    ['main-policy', 'voyages'],
    ['dead-letter-policy', 'voyages-failed'],
  ])('refuses whoever comes without TLS: %s', (entry, name) => {
    expect(JSON.parse(String(valueAt(asked(resources, entry), 'policy')))).toMatchObject({
      Statement: [
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'sqs:*',
          Resource: arn(name),
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    });
  });

  it('says when messages wait or fail, and says it to somebody', () => {
    expect(asked(resources, 'alarm-oldest-message')).toMatchObject({
      metricName: 'ApproximateAgeOfOldestMessage',
      dimensions: { QueueName: 'tideline-production-voyage-events' },
      threshold: 600,
      alarmActions: [TOPIC],
      okActions: [TOPIC],
    });
    expect(asked(resources, 'alarm-dead-letters')).toMatchObject({
      metricName: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: 'tideline-production-voyage-events-dlq' },
      threshold: 1,
      alarmActions: [TOPIC],
    });
    const names = ['alarm-oldest-message', 'alarm-dead-letters'].map((entry) =>
      valueAt(resources.get(entry), 'metadata.annotations[crossplane.io/external-name]'),
    );
    expect(names).toEqual([
      'tideline-production-voyage-events-oldest-message',
      'tideline-production-voyage-events-dlq-dead-letters',
    ]);
  });

  it('has alarms without a topic, too', () => {
    const quiet = { ...sandbox, spec: { ...sandbox.spec, queues: production.spec.queues ?? {} } };
    const { alarmTopic: _, ...aws } = quiet.spec.aws;
    const found = composed({ ...quiet, spec: { ...quiet.spec, aws } }, 'MessageQueue', 'voyage-events');
    expect(asked(found, 'alarm-dead-letters')).toMatchObject({ alarmActions: [], okActions: [] });
  });
});

describe('a FIFO queue with a key and high throughput', () => {
  const resources = queue('berth-requests', 'berths.fifo');

  it.each(['main', 'dead-letter'])('is so in both of its parts: %s', (entry) => {
    expect(asked(resources, entry)).toMatchObject({
      fifoQueue: true,
      deduplicationScope: 'messageGroup',
      fifoThroughputLimit: 'perMessageGroupId',
      receiveWaitTimeSeconds: 5,
      maxMessageSize: 1_048_576,
      kmsMasterKeyId: KEY,
    });
    expect(asked(resources, entry)).not.toHaveProperty('sqsManagedSseEnabled');
  });

  it('has entries of the same names as one without a key', () => {
    expect([...resources.keys()]).toEqual([...queue('cargo-orders', 'orders.fifo').keys()]);
  });

  it('deduplicates by queue where nothing else is said', () => {
    expect(asked(queue('cargo-orders', 'orders.fifo'), 'main')).toMatchObject({
      deduplicationScope: 'queue',
      fifoThroughputLimit: 'perQueue',
    });
  });
});

it('takes names that queues had before', () => {
  const resources = queue('soundings', 'Soundings');
  expect(asked(resources, 'main')).toMatchObject({ name: 'Soundings' });
  expect(asked(resources, 'dead-letter')).toMatchObject({ name: 'Soundings_failed' });
});
