import { Type } from 'typebox';
import { Queue as Intent } from '#model/environment/data.ts';
import { type Definition, fields, immutable, reported } from '../definition.ts';
import { awsWiring } from '../wiring.ts';

/** An SQS queue: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */

const queueName = (description: string) =>
  immutable(
    Type.String({
      pattern: '^[A-Za-z0-9_-]{1,75}(\\.fifo|[A-Za-z0-9_-]{0,5})$',
      maxLength: 80,
      description,
    }),
  );

const spec = fields(
  {
    ...awsWiring,
    name: queueName('Name of the queue. Cannot be changed later.'),
    deadLetterQueueName: queueName('Name of the dead-letter queue. Cannot be changed later.'),
    fifo: immutable(Intent.properties.fifo),
    visibilityTimeoutSeconds: Type.Integer({
      minimum: 0,
      maximum: 43_200,
      description: 'How long a received message stays hidden: longer than its handling takes.',
    }),
    retentionSeconds: Type.Integer({
      minimum: 60,
      maximum: 1_209_600,
      description: 'How long messages are kept.',
    }),
    delaySeconds: Type.Integer({ minimum: 0, maximum: 900, description: 'How long new messages wait.' }),
    maxReceiveCount: Intent.properties.maxReceiveCount,
  },
  'What the queue is like.',
  {
    rule: "self.fifo == self.name.endsWith('.fifo') && self.fifo == self.deadLetterQueueName.endsWith('.fifo')",
    message: 'The names of FIFO queues, and of no others, end in .fifo.',
  },
  {
    rule: 'self.name != self.deadLetterQueueName',
    message: 'A queue must not be its own dead-letter queue.',
  },
);

const status = fields(
  {
    queueUrl: reported('URL of the queue.'),
    queueArn: reported('ARN of the queue.'),
    deadLetterQueueUrl: reported('URL of the dead-letter queue.'),
    deadLetterQueueArn: reported('ARN of the dead-letter queue.'),
  },
  'What AWS made of it.',
);

export const messageQueue = {
  kind: 'MessageQueue',
  plural: 'messagequeues',
  shortNames: [],
  description: 'An SQS queue with its dead-letter queue: encrypted, TLS only.',
  spec,
  status,
  connectionSecretKeys: [],
  printerColumns: [{ name: 'URL', type: 'string', jsonPath: '.status.queueUrl' }],
} as const satisfies Definition;

export type MessageQueueSpec = Type.Static<typeof spec>;
