import { expect, it } from 'vitest';
import { account, application, type Files, options, secretStore, told, wave, xrd } from './delivered.ts';
import { deployment, global, HOME, object } from './tideline.ts';

const POD =
  'serviceAccountName: web, containers: [{ name: main, image: tideline/web, envFrom: [{ configMapRef: { name: berths } }] }]';
const WEB = deployment('web', POD);
const KEYED = deployment(
  'web',
  'serviceAccountName: web, containers: [{ name: main, image: tideline/web, envFrom: [{ secretRef: { name: web-secrets } }] }]',
);
const secret = (number: number) =>
  object(
    'external-secrets.io/v1',
    'ExternalSecret',
    'web',
    'spec: { secretStoreRef: { name: web }, target: { name: web-secrets }, data: [{ secretKey: KEY }] }',
    wave(number),
  );
const berths = (number: number) => HOME.replace('name: berths', `name: berths, ${wave(number)}`);
const crd = (metadata = '') =>
  global(
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    'gauges.tides.tideline.example',
    'spec: { group: tides.tideline.example, scope: Namespaced, names: { kind: Gauge, plural: gauges }, versions: [] }',
    metadata,
  );
const gauge = (metadata = '') => object('tides.tideline.example/v1', 'Gauge', 'dover', '', metadata);
const SKIP = options('SkipDryRunOnMissingResource=true');

const web = { 'apps/web.yaml': application('web') };
const tides = { 'apps/tides.yaml': application('tides', 5) };

const rows: readonly (readonly [title: string, files: Files, findings?: readonly string[]])[] = [
  [
    'what pods need in their own wave',
    { ...web, 'dist/web/a.yaml': WEB, 'dist/web/b.yaml': account(0), 'dist/web/c.yaml': berths(-1) },
  ],
  [
    'a secret after its store, and that after its ServiceAccount, before the pods',
    {
      ...web,
      'dist/web/a.yaml': account(-3),
      'dist/web/b.yaml': secretStore(-2),
      'dist/web/c.yaml': secret(-1),
      'dist/web/d.yaml': KEYED,
    },
  ],
  [
    'a secret, its store and the ServiceAccount of that, each too late',
    {
      ...web,
      'dist/web/a.yaml': KEYED,
      'dist/web/b.yaml': secret(1),
      'dist/web/c.yaml': secretStore(2),
      'dist/web/d.yaml': account(3),
    },
    [
      'wave-too-late ExternalSecret/web',
      'wave-too-late SecretStore/web',
      'wave-too-late Deployment/web',
      'wave-too-late Deployment/web',
    ],
  ],
  [
    'what pods need in a later wave',
    { ...web, 'dist/web/a.yaml': WEB, 'dist/web/b.yaml': account(1), 'dist/web/c.yaml': berths(1) },
    ['wave-too-late Deployment/web', 'wave-too-late Deployment/web'],
  ],
  [
    'a namespace in a later wave',
    {
      ...web,
      'dist/web/b.yaml': account(0),
      'dist/web/n.yaml': global('v1', 'Namespace', 'tideline', '', wave(2)),
    },
    ['wave-too-late ServiceAccount/web'],
  ],
  ['a kind and its CRD in one Application', { ...web, 'dist/web/c.yaml': crd(), 'dist/web/g.yaml': gauge() }],
  [
    'a kind before its CRD',
    { ...web, 'dist/web/c.yaml': crd(wave(3)), 'dist/web/g.yaml': gauge() },
    ['wave-too-late Gauge/dover'],
  ],
  [
    'a kind whose CRD an Application of a later wave brings',
    { ...web, ...tides, 'dist/tides/c.yaml': crd(), 'dist/web/g.yaml': gauge() },
    ['wave-too-late Gauge/dover', 'sync-option-missing Gauge/dover'],
  ],
  [
    'a kind whose CRD an Application of an earlier wave brings',
    {
      ...tides,
      'apps/web.yaml': application('web', 9),
      'dist/tides/c.yaml': crd(),
      'dist/web/g.yaml': gauge(),
    },
  ],
  [
    'a claim beside its XRD, whose CRD is not there for the dry run',
    { ...web, 'dist/web/x.yaml': xrd, 'dist/web/g.yaml': gauge() },
    ['sync-option-missing Gauge/dover'],
  ],
  ['a claim that says so', { ...web, 'dist/web/x.yaml': xrd, 'dist/web/g.yaml': gauge(SKIP) }],
  [
    'an Application that says so',
    {
      'apps/web.yaml': application('web', 0, 'SkipDryRunOnMissingResource=true'),
      'dist/web/x.yaml': xrd,
      'dist/web/g.yaml': gauge(),
    },
  ],
  [
    'a claim that is replaced',
    {
      ...web,
      'dist/web/x.yaml': xrd,
      'dist/web/g.yaml': gauge(options('SkipDryRunOnMissingResource=true,Replace=true')),
    },
    ['sync-option-destroys Gauge/dover'],
  ],
  [
    'an Application that replaces everything, a volume too',
    {
      'apps/web.yaml': application('web', 0, 'Force=true'),
      'dist/web/v.yaml': object('v1', 'PersistentVolumeClaim', 'charts'),
      'dist/web/b.yaml': account(0),
    },
    ['sync-option-destroys PersistentVolumeClaim/charts'],
  ],
  [
    'a ConfigMap that is replaced, which holds nothing',
    { ...web, 'dist/web/c.yaml': HOME.replace('name: berths', `name: berths, ${options('Replace=true')}`) },
  ],
];

it.each(rows.map(([title, files, findings = []]) => ({ title, files, findings })))(
  '$title',
  ({ files, findings }) => {
    expect(told(files)).toEqual(findings);
  },
);
