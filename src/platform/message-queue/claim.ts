import type { Environment } from '#model/environment/environment.ts';
import { deadLetterQueueName, queueName } from '#model/names.ts';
import { seconds } from '#model/units.ts';
import { awsWiringOf, type Claim, claim, entries } from '../claim.ts';
import { MESSAGE_QUEUE_COMPOSITION } from './composition.ts';
import { type MessageQueueSpec, messageQueue } from './definition.ts';

/** A claim for each queue. */
export function messageQueueClaims(environment: Environment): readonly Claim<MessageQueueSpec>[] {
  return entries(environment.spec.queues, '/spec/queues').map(({ name, value, cause }) =>
    claim(environment, {
      definition: messageQueue,
      name,
      composition: MESSAGE_QUEUE_COMPOSITION,
      cause,
      blame: {
        fifo: 'fifo',
        visibilityTimeoutSeconds: 'visibilityTimeout',
        retentionSeconds: 'retention',
        delaySeconds: 'delay',
        maxReceiveCount: 'maxReceiveCount',
      },
      stateful: true,
      spec: {
        ...awsWiringOf(environment, 'Orphan'),
        name: queueName(environment, name),
        deadLetterQueueName: deadLetterQueueName(environment, name),
        fifo: value.fifo,
        visibilityTimeoutSeconds: seconds(value.visibilityTimeout ?? '30s'),
        retentionSeconds: seconds(value.retention ?? '4d'),
        delaySeconds: value.delay === undefined ? 0 : seconds(value.delay),
        maxReceiveCount: value.maxReceiveCount,
      },
    }),
  );
}
