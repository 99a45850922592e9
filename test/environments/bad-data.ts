import { type BadInput, change } from './bad-input.ts';
import { edited, TIDELINE } from './tideline.ts';

/** Queues, buckets, and roles of charts. */

const PRODUCTION = edited(
  'stage: staging',
  'stage: production',
  edited('cache.t4g.small', 'cache.r7g.large\n      replicas: 2'),
);

/** As long as a name of a queue may be. */
const LONG = 'v'.repeat(40);

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-1111-2222-3333-444455556666';

const queue = (name: string, lines: string, ...expected: readonly string[]): BadInput =>
  change(`a queue: ${name}`, 'visibilityTimeout: 60s', lines, ...expected);

const bucket = (name: string, fields: string, ...expected: readonly string[]): BadInput =>
  change(`a bucket: ${name}`, 'documents: {}', `documents: { ${fields} }`, ...expected);

const chart = (name: string, fields: string, ...expected: readonly string[]): BadInput =>
  change(
    `a chart: ${name}`,
    '  services:\n',
    `  charts:\n    pilot: { repository: "https://charts.tideline.example", chart: pilot, version: 1.0.0, namespace: pilot, ${fields} }\n  services:\n`,
    ...expected,
  );

const permission = (actions: string, resources: string) =>
  `identity: { permissions: [{ actions: [${actions}], resources: ["${resources}"] }] }`;

/** Another environment, in another account, whose buckets share the world with this one's. */
const EAST = edited(
  'name: staging',
  'name: east',
  edited('documents: {}', 'papers: { name: tideline-staging-documents-euw1 }', TIDELINE),
)
  .replaceAll('111122223333', '444455556666')
  .replace('documents: read', 'papers: read');

export const DATA_INPUT: readonly BadInput[] = [
  queue(
    'that is its own dead-letter queue',
    'deadLetterName: tideline-staging-voyage-events',
    'environment-own-dead-letters /spec/queues/voyage-events/deadLetterName 39:23',
  ),
  queue(
    'that is its own dead-letter queue by a name of its own',
    'fifo: true\n      name: voyages\n      deadLetterName: voyages',
    'environment-own-dead-letters /spec/queues/voyage-events/deadLetterName 41:23',
  ),
  queue(
    'whose dead letters go where those of another one go',
    'deadLetterName: failed\n    invoices: { deadLetterName: failed }',
    'environment-derived-name-taken /spec/queues/invoices 40:5',
  ),
  queue(
    'with .fifo in its name',
    'name: voyages.fifo',
    'environment-bad-format /spec/queues/voyage-events/name 39:13',
  ),
  queue(
    'that is no FIFO queue, with high throughput',
    'highThroughput: true',
    'environment-needs-field /spec/queues/voyage-events/highThroughput 39:7',
  ),
  queue(
    'out of bounds',
    'receiveWait: 21s\n      maxMessageKiB: 1025\n      alarms: { oldestMessage: 10s, deadLetters: 0 }',
    'environment-out-of-bounds /spec/queues/voyage-events/receiveWait 39:20',
    'environment-out-of-bounds /spec/queues/voyage-events/maxMessageKiB 40:22',
    'environment-out-of-bounds /spec/queues/voyage-events/alarms/oldestMessage 41:32',
    'environment-out-of-bounds /spec/queues/voyage-events/alarms/deadLetters 41:50',
  ),
  queue(
    'whose messages are lost before anybody is told',
    'alarms: { oldestMessage: 4d }',
    'environment-retention-order /spec/queues/voyage-events/alarms/oldestMessage 39:32',
  ),
  queue(
    'whose messages are lost while they are handled',
    'visibilityTimeout: 5m\n      retention: 2m',
    'environment-retention-order /spec/queues/voyage-events/retention 40:18',
  ),
  queue(
    'with a key of somebody else',
    `kmsKey: ${KEY.replace('111122223333', '444455556666')}`,
    'environment-foreign-arn /spec/queues/voyage-events/kmsKey 39:15',
  ),
  queue(
    'with the alias of a key',
    'kmsKey: arn:aws:kms:eu-west-1:111122223333:alias/voyages',
    'environment-bad-format /spec/queues/voyage-events/kmsKey 39:15',
  ),
  change(
    'alarms to another region',
    '    crossplaneRole:',
    '    alarmTopic: arn:aws:sns:us-east-1:111122223333:fleet\n    crossplaneRole:',
    'environment-foreign-arn /spec/aws/alarmTopic 12:17',
  ),
  {
    name: 'names that are too long for SQS, S3 and IAM, with what is added to them',
    text: [
      ['product: tideline', 'product: tideline-of-the-seas'],
      ['name: staging', 'name: staging-of-the-sea'],
      [
        '    voyage-events:\n',
        `    ${LONG}: {}\n    ${LONG.replaceAll('v', 'w')}: { fifo: true }\n    voyage-events:\n`,
      ],
      ['    documents: {}\n', `    documents: {}\n    ${LONG.slice(10)}: {}\n`],
      [
        '  services:\n',
        `  services:\n    ${LONG.slice(10)}: { image: "tideline/worker:1", resources: { cpu: "1", memory: 1Gi } }\n`,
      ],
    ].reduce((text, [from = '', to = '']) => edited(from, to, text), TIDELINE),
    expected: [
      'environment-file-name /metadata/name 4:9',
      'environment-derived-name /spec/ingress 18:3',
      'environment-derived-name /spec/caches/sessions 35:5',
      `environment-derived-name /spec/queues/${LONG} 38:5`,
      `environment-derived-name /spec/queues/${LONG.replaceAll('v', 'w')} 39:5`,
      `environment-derived-name /spec/queues/${LONG.replaceAll('v', 'w')} 39:5`,
      `environment-derived-name /spec/buckets/${LONG.slice(10)} 44:5`,
      `environment-derived-name /spec/services/${LONG.slice(10)} 46:5`,
      'environment-derived-name /spec/services/api/uses/sessions 60:9',
    ],
  },
  {
    name: 'two buckets of one name in the world',
    text: TIDELINE,
    others: { 'environments/east.yaml': EAST },
    expected: ['environment-derived-name-taken /spec/buckets/papers environments/east.yaml:41:5'],
  },
  bucket(
    'that locks what it does not keep',
    'objectLock: true, versioning: false',
    'environment-needs-field /spec/buckets/documents/objectLock 41:18',
  ),
  bucket(
    'with a key of another region',
    `kmsKey: ${KEY.replace('eu-west-1', 'us-east-1')}`,
    'environment-foreign-arn /spec/buckets/documents/kmsKey 41:26',
  ),
  {
    name: 'primary data of production that expires',
    text: edited('documents: {}', 'documents: { lifecycle: { expireAfter: 365d } }', PRODUCTION),
    expected: ['environment-expiring-data /spec/buckets/documents/lifecycle/expireAfter 42:44'],
  },
  {
    name: 'a bucket that is called like the log bucket',
    text: edited('documents: {}', 'documents: {}\n    access-logs: {}', PRODUCTION),
    expected: ['environment-derived-name-taken /spec/buckets/access-logs 43:5'],
  },
  {
    name: 'logs into a bucket for data',
    text: edited(
      '    crossplaneRole:',
      '    accessLogs: { bucket: tideline-staging-documents-euw1 }\n    crossplaneRole:',
      PRODUCTION,
    ),
    expected: ['environment-own-log-bucket /spec/aws/accessLogs/bucket 12:27'],
  },
  change(
    'logs for half a day',
    '    crossplaneRole:',
    '    accessLogs: { retention: 12h }\n    crossplaneRole:',
    'environment-duration-not-whole /spec/aws/accessLogs/retention 12:30',
  ),
  chart(
    'that may change everything',
    permission('"s3:ListAllMyBuckets", "s3:PutObject"', '*'),
    'environment-wide-permission /spec/charts/pilot/identity/permissions/0/resources/0 43:199',
  ),
  chart(
    'that may read all secrets',
    permission('"secretsmanager:GetSecretValue"', '*'),
    'environment-wide-permission /spec/charts/pilot/identity/permissions/0/resources/0 43:193',
  ),
  chart(
    'that may do anything',
    permission('"sqs:*"', 'arn:aws:sqs:eu-west-1:111122223333:tideline-staging-voyage-events'),
    'environment-bad-format /spec/charts/pilot/identity/permissions/0/actions/0 43:147',
  ),
  chart(
    'that reaches into another account and region',
    permission('"sqs:SendMessage"', 'arn:aws:sqs:us-east-1:444455556666:fleet'),
    'environment-foreign-arn /spec/charts/pilot/identity/permissions/0/resources/0 43:179',
    'environment-foreign-arn /spec/charts/pilot/identity/permissions/0/resources/0 43:179',
  ),
  chart(
    'whose values name another account',
    'identity: {}, values: { serviceAccount: { name: harbour } }',
    'environment-identity-ignored /spec/charts/pilot/values/serviceAccount/name 43:157',
  ),
  ...['argocd', 'crossplane-system', 'plimsoll-system'].map((namespace) =>
    chart(
      `that reaches into ${namespace}`,
      `namespaces: [kube-system, ${namespace}]`,
      'environment-chart-reach /spec/charts/pilot/namespaces/1 43:135',
    ),
  ),
  chart(
    'that may deliver',
    'kinds: [Rollout.argoproj.io, Application.argoproj.io]',
    'environment-chart-reach /spec/charts/pilot/kinds/1 43:138',
  ),
  chart(
    'that may create by the rights of Crossplane',
    'kinds: [Queue.sqs.aws.upbound.io, ValkeyCache.platform.plimsoll.dev]',
    'environment-chart-reach /spec/charts/pilot/kinds/0 43:117',
    'environment-chart-reach /spec/charts/pilot/kinds/1 43:143',
  ),
  chart(
    'that may guard, or not',
    'kinds: [ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io, Namespace]',
    'environment-chart-reach /spec/charts/pilot/kinds/0 43:117',
    'environment-chart-reach /spec/charts/pilot/kinds/1 43:180',
  ),
  chart(
    'with the role of a service',
    'identity: {} }\n    api: { repository: "https://charts.tideline.example", chart: pilot, version: 1.0.0, namespace: pilot, identity: {}',
    'environment-derived-name-taken /spec/services/api 53:5',
  ),
];
