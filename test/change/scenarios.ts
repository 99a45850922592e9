import { type Document, parseDocument } from 'yaml';
import { SAMPLE } from './sample.ts';

/** Realistic changes of the sample environments, each as one would make it in the files. */
export interface Scenario {
  readonly name: string;
  /** Its classification: counts by action; by worst risk; what must be acknowledged. */
  readonly is: string;
  readonly base: Files;
  readonly head: Files;
}

type Files = ReadonlyMap<string, string>;
type Edit = (document: Document) => void;

/** The files with one of them edited as YAML: comments and order stay. */
function withEdit(files: Files, file: string, edit: Edit): Files {
  const document = parseDocument(files.get(file) ?? '');
  edit(document);
  return new Map(files).set(file, document.toString());
}

const set =
  (path: string, value: unknown): Edit =>
  (document) => {
    document.setIn(path.split('.'), document.createNode(value));
  };

const drop =
  (path: string): Edit =>
  (document) => {
    if (!document.deleteIn(path.split('.'))) throw new Error(`there is no ${path}`);
  };

/** Edits of production's file, or of the file that is named. */
function scenario(name: string, is: string, ...edits: readonly (Edit | readonly [string, Edit])[]): Scenario {
  const head = edits.reduce<Files>((files, one) => {
    const [file, edit] = typeof one === 'function' ? ['production.yaml', one] : one;
    return withEdit(files, file, edit);
  }, SAMPLE);
  return { name, is, base: SAMPLE, head };
}

/** The same change the other way round. */
const back = ({ base, head }: Scenario, name: string, is: string): Scenario => ({
  name,
  is,
  base: head,
  head: base,
});

const IMAGE = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/tideline';
const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

const newService = scenario('a new service', '11 created; security 1, none 1', [
  'base.yaml',
  set('spec.services.tariffs', {
    image: `${IMAGE}/tariffs@${digest('a')}`,
    port: 8080,
    replicas: 2,
    resources: { cpu: '250m', memory: '512Mi' },
    uses: { bookings: 'read' },
  }),
]);
const newQueue = scenario('a new queue', '9 created', [
  'base.yaml',
  set('spec.queues.manifests', { visibilityTimeout: '90s', maxReceiveCount: 5 }),
]);
const newBucket = scenario('a new bucket', '9 created', [
  'base.yaml',
  set('spec.buckets.charts', { versioning: true }),
]);
const newNodeGroup = scenario(
  'a new node group',
  '3 created; cost 1',
  set('spec.cluster.nodeGroups.batch', { instanceTypes: ['c7g.xlarge', 'c6g.xlarge'], min: 0, max: 4 }),
);
const newDatabase = scenario(
  'a new database',
  '21 created; security 1, cost 4',
  set('spec.databases.tariffs', {
    tier: 'M30',
    version: '8.0',
    maintenanceWindow: 'sun:05:00',
    backup: { retention: '7d', weekly: '28d', monthly: '360d', pointInTime: true },
  }),
);

export const SCENARIOS: readonly Scenario[] = [
  scenario('nothing', ''),
  scenario('only comments', '', (document) => {
    document.comment = ' A word to the reader.';
  }),
  scenario('the same amount, written otherwise', '', [
    'base.yaml',
    set('spec.services.web.resources', { cpu: '0.25', memory: '512Mi' }),
  ]),
  newService,
  back(newService, 'a service that goes', '11 deleted; downtime 2, security 1, none 1'),
  scenario(
    'an image',
    '1 changed; downtime 1',
    set('spec.services.web.image', `${IMAGE}/web@${digest('b')}`),
  ),
  scenario(
    'images of four services',
    '4 changed; downtime 4',
    ...['web', 'api', 'planner', 'reports'].map((name) =>
      set(`spec.services.${name}.image`, `${IMAGE}/${name}@${digest('c')}`),
    ),
  ),
  scenario('a larger database', '2 changed; downtime 1', set('spec.databases.bookings.tier', 'M40')),
  scenario(
    'a smaller range of a database',
    '2 changed; capacity 1',
    set('spec.databases.bookings.autoscaling', { min: 'M30', max: 'M40' }),
  ),
  scenario('shorter backups', '2 changed; capacity 1', set('spec.databases.bookings.backup.retention', '5d')),
  newDatabase,
  back(newDatabase, 'a database that goes', '21 deleted; data-loss 4; blocks delete MongoDatabase tariffs'),
  newQueue,
  back(newQueue, 'a queue that goes', '9 deleted; data-loss 3; blocks delete MessageQueue manifests'),
  scenario(
    'a queue that becomes fifo',
    '11 changed, 4 replaced; replacement 4, downtime 2, security 2; blocks replace MessageQueue voyage-events',
    ['base.yaml', set('spec.queues.voyage-events.fifo', true)],
  ),
  scenario('a queue with less patience', '2 changed; downtime 1', [
    'base.yaml',
    set('spec.queues.voyage-events.visibilityTimeout', '30s'),
  ]),
  newBucket,
  back(newBucket, 'a bucket that goes', '9 deleted; data-loss 2; blocks delete ObjectBucket charts'),
  scenario(
    'a bucket with another name',
    '9 changed, 10 renamed; replacement 2, downtime 3, security 3; blocks replace ObjectBucket documents',
    [
      'base.yaml',
      (document) => {
        const charts = document.getIn(['spec', 'buckets', 'documents'], true);
        document.deleteIn(['spec', 'buckets', 'documents']);
        document.setIn(['spec', 'buckets', 'papers'], charts);
        for (const [service, access] of [
          ['api', 'read'],
          ['inference', 'readWrite'],
          ['reports', 'write'],
        ]) {
          document.deleteIn(['spec', 'services', service, 'uses', 'documents']);
          document.setIn(['spec', 'services', service, 'uses', 'papers'], access);
        }
      },
    ],
    (document) => {
      const own = document.getIn(['spec', 'buckets', 'documents'], true);
      document.deleteIn(['spec', 'buckets', 'documents']);
      document.setIn(['spec', 'buckets', 'papers'], own);
    },
    [
      'staging.yaml',
      (document) => {
        const own = document.getIn(['spec', 'buckets', 'documents'], true);
        document.deleteIn(['spec', 'buckets', 'documents']);
        document.setIn(['spec', 'buckets', 'papers'], own);
      },
    ],
  ),
  newNodeGroup,
  back(newNodeGroup, 'a node group that goes', '3 deleted; downtime 1'),
  scenario('a node group of other machines', '1 changed, 1 replaced; replacement 1', [
    'base.yaml',
    set('spec.cluster.nodeGroups.memory.instanceTypes', ['r8g.xlarge', 'r7g.xlarge']),
  ]),
  scenario('more nodes', '2 changed; cost 1', set('spec.cluster.nodeGroups.general', { min: 4, max: 16 })),
  scenario(
    'fewer nodes',
    '2 changed; capacity 1',
    set('spec.cluster.nodeGroups.general', { min: 3, max: 8 }),
  ),
  scenario('a port', '3 changed; downtime 1', ['base.yaml', set('spec.services.api.port', 8001)]),
  scenario(
    'the range of the network',
    '9 changed, 7 replaced; replacement 7, security 2; blocks replace Network tideline-production',
    set('spec.network.cidr', '10.40.0.0/16'),
  ),
  scenario(
    'fewer pods',
    '2 changed; downtime 1, capacity 1',
    set('spec.services.web.autoscaling', { min: 2, max: 20 }),
  ),
  scenario('more access', '2 changed; security 1', [
    'base.yaml',
    set('spec.services.planner.uses.bookings', 'readWrite'),
  ]),
  scenario('new access', '3 changed; downtime 1, security 1', [
    'base.yaml',
    set('spec.services.planner.uses.documents', 'read'),
  ]),
  scenario('a variable', '1 changed; downtime 1', [
    'base.yaml',
    set('spec.services.api.env.LOG_LEVEL', 'debug'),
  ]),
  scenario(
    'a larger cache',
    '2 changed; downtime 1',
    set('spec.caches.sessions.nodeType', 'cache.r7g.xlarge'),
  ),
  scenario('more replicas of a cache', '2 changed; downtime 1', set('spec.caches.sessions.replicas', 3)),
  scenario('a newer Kubernetes', '15 changed; downtime 4, none 7', [
    'base.yaml',
    set('spec.cluster.kubernetesVersion', '1.35'),
  ]),
  scenario('a newer chart', '1 changed; downtime 1', [
    'base.yaml',
    set('spec.charts.cloudwatch-exporter.version', '0.29.0'),
  ]),
  scenario(
    'a chart that goes',
    '7 deleted; data-loss 1, none 1; blocks delete Namespace monitoring',
    ['base.yaml', drop('spec.charts.cloudwatch-exporter')],
    drop('spec.charts.cloudwatch-exporter'),
  ),
  scenario(
    'out of the internet',
    '2 changed; downtime 1, security 1',
    set('spec.ingress.scheme', 'internal'),
  ),
  scenario('another owner in the tags', '103 changed; downtime 4, none 77', [
    'base.yaml',
    set('spec.aws.tags.owner', 'harbour-crew'),
  ]),
  scenario(
    'less of everything in one merge',
    '6 changed; downtime 2, capacity 2',
    set('spec.services.web.autoscaling', { min: 2, max: 20 }),
    set('spec.databases.bookings.backup.retention', '5d'),
    set('spec.caches.sessions.replicas', 3),
  ),
];
