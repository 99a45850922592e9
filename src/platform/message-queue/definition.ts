import { Type } from 'typebox';
import { Queue as Intent } from '#model/environment/data.ts';
import { kmsKey, topic } from '#model/environment/scalars.ts';
import { type Definition, fields, immutable, type Rule, reported } from '../definition.ts';
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

const alarms = fields(
  {
    oldestMessageSeconds: Type.Integer({
      minimum: 30,
      maximum: 1_209_600,
      description: 'Alarm when a message waits longer than that.',
    }),
    deadLetters: Type.Integer({
      minimum: 1,
      maximum: 100_000,
      description: 'Alarm at so many messages in the dead-letter queue.',
    }),
    topicArns: Type.Array(topic('A topic.'), {
      maxItems: 5,
      description: 'SNS topics that are told when an alarm begins and when it ends.',
    }),
  },
  'When somebody is told.',
);

/** What SQS refuses, or takes without doing it. */
const rules: readonly Rule[] = [
  {
    rule: "self.fifo == self.name.endsWith('.fifo') && self.fifo == self.deadLetterQueueName.endsWith('.fifo')",
    message: 'The names of FIFO queues, and of no others, end in .fifo.',
  },
  {
    rule: 'self.name != self.deadLetterQueueName',
    message: 'A queue must not be its own dead-letter queue.',
  },
  {
    rule: 'self.fifo == has(self.throughput)',
    message: 'throughput is said of FIFO queues, and of no others.',
  },
  {
    rule: 'self.visibilityTimeoutSeconds < self.retentionSeconds',
    message: 'A message must be kept longer than it is hidden, or a failed receive loses it.',
  },
  {
    rule: 'self.alarms.oldestMessageSeconds < self.retentionSeconds',
    message:
      'The alarm must come before messages are lost: alarms.oldestMessageSeconds is below retentionSeconds.',
  },
];

const spec = fields(
  {
    ...awsWiring,
    name: queueName('Name of the queue. Cannot be changed later.'),
    deadLetterQueueName: queueName('Name of the dead-letter queue. Cannot be changed later.'),
    fifo: immutable(Intent.properties.fifo),
    throughput: Type.Optional(
      Type.Enum(['perQueue', 'perMessageGroup'], {
        description: 'What a FIFO queue deduplicates and limits by: the whole queue, or each message group.',
      }),
    ),
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
    receiveWaitSeconds: Type.Integer({
      minimum: 0,
      maximum: 20,
      description: 'How long a receive waits for a message to come.',
    }),
    maxMessageBytes: Type.Integer({ minimum: 1024, maximum: 1_048_576, description: 'Largest message.' }),
    maxReceiveCount: Intent.properties.maxReceiveCount,
    kmsKeyArn: Type.Optional(kmsKey('KMS key that encrypts messages. Left out: a key of SQS itself.')),
    alarms,
  },
  'What the queue is like.',
  ...rules,
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
  description: 'An SQS queue with its dead-letter queue and alarms: encrypted, TLS only.',
  spec,
  status,
  connectionSecretKeys: [],
  printerColumns: [
    { name: 'FIFO', type: 'boolean', jsonPath: '.spec.fifo' },
    { name: 'URL', type: 'string', jsonPath: '.status.queueUrl' },
    { name: 'DEAD LETTERS', type: 'string', jsonPath: '.status.deadLetterQueueUrl' },
  ],
} as const satisfies Definition;

export type MessageQueueSpec = Type.Static<typeof spec>;
