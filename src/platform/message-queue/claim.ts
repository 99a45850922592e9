import type { Queue } from '#model/environment/data.ts';
import type { Environment } from '#model/environment/environment.ts';
import { deadLetterQueueName, queueName } from '#model/names.ts';
import { alarmAge, QUEUE_DEFAULTS } from '#model/queues.ts';
import { seconds } from '#model/units.ts';
import { awsWiringOf, type Claim, claim, entries, present } from '../claim.ts';
import { ENCRYPTED_QUEUE_COMPOSITION, MESSAGE_QUEUE_COMPOSITION } from './composition.ts';
import { type MessageQueueSpec, messageQueue } from './definition.ts';

/** A claim for each queue. */
export function messageQueueClaims(environment: Environment): readonly Claim<MessageQueueSpec>[] {
  return entries(environment.spec.queues, '/spec/queues').map(({ name, value, cause }) =>
    claim(environment, {
      definition: messageQueue,
      name,
      composition: value.kmsKey === undefined ? MESSAGE_QUEUE_COMPOSITION : ENCRYPTED_QUEUE_COMPOSITION,
      cause,
      blame: {
        name: 'name',
        deadLetterQueueName: 'deadLetterName',
        fifo: 'fifo',
        throughput: 'highThroughput',
        visibilityTimeoutSeconds: 'visibilityTimeout',
        retentionSeconds: 'retention',
        delaySeconds: 'delay',
        receiveWaitSeconds: 'receiveWait',
        maxMessageBytes: 'maxMessageKiB',
        maxReceiveCount: 'maxReceiveCount',
        kmsKeyArn: 'kmsKey',
        'alarms/oldestMessageSeconds': 'alarms/oldestMessage',
        'alarms/deadLetters': 'alarms/deadLetters',
      },
      fields: { '/spec/alarms/topicArns': '/spec/aws/alarmTopic' },
      stateful: true,
      spec: {
        ...awsWiringOf(environment, 'Orphan'),
        name: queueName(environment, name),
        deadLetterQueueName: deadLetterQueueName(environment, name),
        fifo: value.fifo,
        ...present('throughput', throughputOf(value)),
        visibilityTimeoutSeconds: seconds(value.visibilityTimeout ?? QUEUE_DEFAULTS.visibilityTimeout),
        retentionSeconds: seconds(value.retention ?? QUEUE_DEFAULTS.retention),
        delaySeconds: value.delay === undefined ? 0 : seconds(value.delay),
        receiveWaitSeconds: seconds(value.receiveWait ?? '20s'),
        maxMessageBytes: (value.maxMessageKiB ?? 256) * 1024,
        maxReceiveCount: value.maxReceiveCount,
        ...present('kmsKeyArn', value.kmsKey),
        alarms: {
          oldestMessageSeconds: alarmAge(value),
          deadLetters: value.alarms?.deadLetters ?? 1,
          topicArns: topics(environment),
        },
      },
    }),
  );
}

const throughputOf = ({ fifo, highThroughput }: Queue): MessageQueueSpec['throughput'] =>
  fifo ? (highThroughput ? 'perMessageGroup' : 'perQueue') : undefined;

const topics = ({ spec }: Environment): string[] =>
  spec.aws.alarmTopic === undefined ? [] : [spec.aws.alarmTopic];
