import {
  Queue,
  QueuePolicy,
  QueueRedriveAllowPolicy,
  QueueRedrivePolicy,
} from '#imports/sqs.aws.upbound.io.ts';
import { aws, awsUntagged, base, type ComposedResource, labelled, sibling } from '../composed.ts';
import { type Composition, composition } from '../composition.ts';
import { combine, from, lookUp, type Patch, report, required } from '../patches.ts';
import { alarms } from './alarms.ts';
import { messageQueue } from './definition.ts';

export const MESSAGE_QUEUE_COMPOSITION = 'message-queue';
/** For a queue with a customer's key: SQS wants its own or that one, and takes no statement about both. */
export const ENCRYPTED_QUEUE_COMPOSITION = 'message-queue-kms';

/** The compositions of a queue. Their entries have the same names, so that one can become the other. */
export const messageQueueCompositions = (): readonly Composition[] => [
  composition(messageQueue, MESSAGE_QUEUE_COMPOSITION, resources(OWN_KEY)),
  composition(messageQueue, ENCRYPTED_QUEUE_COMPOSITION, resources(CUSTOMER_KEY)),
];

type Part = 'main' | 'dead-letter';

/** How messages are encrypted. */
interface Encryption {
  readonly fields: { readonly sqsManagedSseEnabled?: boolean };
  readonly patches: readonly Patch[];
}

const OWN_KEY: Encryption = { fields: { sqsManagedSseEnabled: true }, patches: [] };
const CUSTOMER_KEY: Encryption = {
  fields: {},
  patches: [required(from('spec.kmsKeyArn', 'spec.forProvider.kmsMasterKeyId'))],
};

/** Names of the status fields of each queue. */
const FIELDS = {
  main: { url: 'status.queueUrl', arn: 'status.queueArn', name: 'spec.name' },
  'dead-letter': {
    url: 'status.deadLetterQueueUrl',
    arn: 'status.deadLetterQueueArn',
    name: 'spec.deadLetterQueueName',
  },
} as const;

/** The longest time that SQS offers: what failed must be there when somebody looks. */
const FOURTEEN_DAYS = 1_209_600;

const resources = (encryption: Encryption): readonly ComposedResource[] => [
  queue(
    'main',
    encryption,
    {},
    from('spec.visibilityTimeoutSeconds', 'spec.forProvider.visibilityTimeoutSeconds'),
    from('spec.retentionSeconds', 'spec.forProvider.messageRetentionSeconds'),
    from('spec.delaySeconds', 'spec.forProvider.delaySeconds'),
  ),
  queue('dead-letter', encryption, { messageRetentionSeconds: FOURTEEN_DAYS }),
  redrive(),
  redriveAllow(),
  policy('main'),
  policy('dead-letter'),
  ...alarms(),
];

/** SQS chooses the external name, which is the URL; the name goes into a field. */
const queue = (
  part: Part,
  encryption: Encryption,
  fields: { readonly messageRetentionSeconds?: number },
  ...patches: readonly Patch[]
): ComposedResource =>
  aws(
    part,
    base(Queue, {
      metadata: { labels: labelled({ queue: part }) },
      spec: { forProvider: { ...encryption.fields, ...fields } },
    }),
    from(FIELDS[part].name, 'spec.forProvider.name'),
    from('spec.fifo', 'spec.forProvider.fifoQueue'),
    from('spec.fifo', 'spec.forProvider.contentBasedDeduplication'),
    ...throughput,
    from('spec.receiveWaitSeconds', 'spec.forProvider.receiveWaitTimeSeconds'),
    // What fits into the one must fit into the other, or SQS could not move it there.
    from('spec.maxMessageBytes', 'spec.forProvider.maxMessageSize'),
    ...encryption.patches,
    ...patches,
    report('status.atProvider.url', FIELDS[part].url),
    report('status.atProvider.arn', FIELDS[part].arn),
  );

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/high-throughput-fifo.html */
const throughput: readonly Patch[] = [
  from(
    'spec.throughput',
    'spec.forProvider.deduplicationScope',
    lookUp({ perQueue: 'queue', perMessageGroup: 'messageGroup' }),
  ),
  from(
    'spec.throughput',
    'spec.forProvider.fifoThroughputLimit',
    lookUp({ perQueue: 'perQueue', perMessageGroup: 'perMessageGroupId' }),
  ),
];

const redrive = (): ComposedResource =>
  awsUntagged(
    'redrive',
    base(QueueRedrivePolicy, { spec: { forProvider: { queueUrlSelector: sibling({ queue: 'main' }) } } }),
    required(
      combine(
        '{"deadLetterTargetArn":"%s","maxReceiveCount":%.0f}',
        'spec.forProvider.redrivePolicy',
        'status.deadLetterQueueArn',
        'spec.maxReceiveCount',
      ),
    ),
  );

/** Only this queue may send its failures there. */
const redriveAllow = (): ComposedResource =>
  awsUntagged(
    'redrive-allow',
    base(QueueRedriveAllowPolicy, {
      spec: { forProvider: { queueUrlSelector: sibling({ queue: 'dead-letter' }) } },
    }),
    required(
      combine(
        '{"redrivePermission":"byQueue","sourceQueueArns":["%s"]}',
        'spec.forProvider.redriveAllowPolicy',
        'status.queueArn',
      ),
    ),
  );

const TLS_ONLY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'TlsOnly',
      Effect: 'Deny',
      Principal: '*',
      Action: 'sqs:*',
      Resource: '%s',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ],
});

const policy = (part: Part): ComposedResource =>
  awsUntagged(
    `${part}-policy`,
    base(QueuePolicy, { spec: { forProvider: { queueUrlSelector: sibling({ queue: part }) } } }),
    required(combine(TLS_ONLY, 'spec.forProvider.policy', FIELDS[part].arn)),
  );
