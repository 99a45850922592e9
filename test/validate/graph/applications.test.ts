import { expect, it } from 'vitest';
import { readManifestText } from '#manifests/read/read.ts';
import { checkReferences } from '#validate/graph/check.ts';
import { store } from '../schemas.ts';
import { global, HOME, object } from './tideline.ts';

const schemas = store();
const SERVER = 'https://kubernetes.default.svc';
const REPOSITORY = 'https://git.tideline.example/fleet.git';

const application = (
  name: string,
  path: string,
  { project = 'services', namespace = 'tideline', source = '' } = {},
) =>
  `{ apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: { name: ${name}, namespace: argocd }, spec: { project: ${project}, source: { repoURL: "${REPOSITORY}", path: ${path}${source} }, destination: { server: "${SERVER}", namespace: ${namespace} } } }`;
const project = (spec = '') =>
  `{ apiVersion: argoproj.io/v1alpha1, kind: AppProject, metadata: { name: services, namespace: argocd }, spec: { ${spec}${
    spec.includes('sourceRepos') ? '' : `sourceRepos: ["${REPOSITORY}"], `
  }destinations: [{ server: "*", namespace: tide* }] } }`;

/** Files, each with one document. */
type Files = Readonly<Record<string, string>>;

const check = (files: Files) =>
  checkReferences(
    Object.entries(files).flatMap(([file, text]) => readManifestText(text, file).manifests),
    schemas,
  );
const told = (files: Files) =>
  check(files).map(
    ({ severity, code, subject, pointer }) => `${severity} ${code} ${subject?.name} ${pointer}`,
  );

const web = { 'root/apps/web.yaml': application('web', 'dist/web'), 'root/apps/project.yaml': project() };
const berths = { 'root/dist/web/berths.yaml': HOME };
/** As synth lays it out: the root brings itself and the others. */
const SYNTHESISED = 'dist/fleet/argocd/application.argoproj.io_argocd';
const synthesised = {
  [`${SYNTHESISED}_argocd.yaml`]: application('argocd', 'dist/fleet/argocd', {
    project: 'default',
    namespace: 'argocd',
  }),
  [`${SYNTHESISED}_web.yaml`]: application('web', 'dist/fleet/web', { project: 'default' }),
  'dist/fleet/web/berths.yaml': HOME,
};
const harbour = HOME.replace('tideline', 'harbour');

const rows: readonly (readonly [title: string, files: Files, findings?: readonly string[]])[] = [
  ['a folder', { ...web, ...berths }],
  ['a folder of which the reader sees the lower part', { ...web, 'web/berths.yaml': HOME }],
  [
    'a folder that is not there, beside one that is',
    { ...web, ...berths, 'root/apps/api.yaml': application('api', 'dist/api') },
    ['error application-path-missing api /spec/source/path'],
  ],
  [
    'a folder of a repository that is elsewhere',
    web,
    ['warning application-path-missing web /spec/source/path'],
  ],
  [
    'a chart, which has no folder here',
    { 'root/apps/web.yaml': application('web', 'dist/web', { project: 'default', source: ', chart: web' }) },
  ],
  [
    'a folder of two',
    { ...web, ...berths, 'root/apps/too.yaml': application('web-too', 'dist/web') },
    ['error application-overlap web-too /spec/source/path'],
  ],
  [
    'a folder within another, which goes deep',
    {
      ...web,
      ...berths,
      'root/apps/all.yaml': application('all', 'dist', { source: ', directory: { recurse: true }' }),
    },
    ['error application-overlap all /spec/source/path'],
  ],
  [
    'a folder within another, which does not',
    { ...web, ...berths, 'root/apps/all.yaml': application('all', 'dist') },
  ],
  [
    'a folder that nobody syncs',
    { ...web, ...berths, 'root/dist/api/crews.yaml': HOME.replace('berths', 'crews') },
    ['warning application-none crews '],
  ],
  [
    'a folder deep below one that nobody syncs',
    { ...web, ...berths, 'root/dist/api/deep/down/crews.yaml': HOME.replace('berths', 'crews') },
    ['warning application-none crews '],
  ],
  [
    'a folder in one that is synced alone, which may be a chart',
    { ...web, ...berths, 'root/dist/web/templates/crews.yaml': HOME.replace('berths', 'crews') },
  ],
  [
    'a folder beside the repository’s',
    { ...web, ...berths, 'root/policies/crews.yaml': HOME.replace('berths', 'crews') },
  ],
  [
    'a folder of an environment that nobody syncs',
    { ...synthesised, 'dist/fleet/stray/crews.yaml': HOME.replace('berths', 'crews') },
    ['error application-none crews '],
  ],
  [
    'a folder deep in an environment that nobody syncs',
    { ...synthesised, 'dist/fleet/extra/deep/crews.yaml': HOME.replace('berths', 'crews') },
    ['error application-none crews '],
  ],
  [
    'an Application of an environment that nobody syncs',
    {
      ...synthesised,
      'dist/fleet/extra/api.yaml': application('api', 'dist/fleet/web', {
        project: 'default',
        namespace: 'x',
      }),
    },
    ['error application-overlap api /spec/source/path', 'error application-none api '],
  ],
  [
    'a folder of an environment most of which is elsewhere',
    {
      ...synthesised,
      'dist/fleet/argocd/more.yaml': ['api', 'planner', 'reports']
        .map((name) => application(name, `dist/fleet/${name}`, { project: 'default' }))
        .join('\n---\n'),
      'dist/fleet/stray/crews.yaml': HOME.replace('berths', 'crews'),
    },
    [
      ...['api', 'planner', 'reports'].map(
        (name) => `warning application-path-missing ${name} /spec/source/path`,
      ),
      'warning application-none crews ',
    ],
  ],
  [
    'a project that is not there',
    {
      ...berths,
      'root/apps/web.yaml': application('web', 'dist/web'),
      'root/apps/crews.yaml': HOME.replace('tideline', 'argocd'),
    },
    ['error reference-missing web /spec/project'],
  ],
  [
    'the project that is always there',
    { ...berths, 'root/apps/web.yaml': application('web', 'dist/web', { project: 'default' }) },
  ],
  [
    'a namespace that the project does not allow',
    {
      ...berths,
      'root/apps/project.yaml': project(),
      'root/apps/web.yaml': application('web', 'dist/web', { namespace: 'harbour' }),
    },
    ['error application-refused web /spec/destination'],
  ],
  [
    'an object in such a namespace',
    { ...web, 'root/dist/web/berths.yaml': harbour },
    ['error application-refused web /spec/source/path'],
  ],
  [
    'a repository that the project does not allow',
    {
      ...web,
      ...berths,
      'root/apps/project.yaml': project('sourceRepos: ["https://git.tideline.example/other.git"], '),
    },
    ['error application-refused web /spec/source/repoURL'],
  ],
  [
    "one of the cluster's kinds, of which it allows none",
    { ...web, 'root/dist/web/fast.yaml': global('storage.k8s.io/v1', 'StorageClass', 'fast') },
    ['error application-refused web /spec/source/path'],
  ],
  [
    "one of the cluster's kinds, which it allows",
    {
      ...web,
      'root/apps/project.yaml': project(
        'clusterResourceWhitelist: [{ group: "*.k8s.io", kind: StorageClass }], ',
      ),
      'root/dist/web/fast.yaml': global('storage.k8s.io/v1', 'StorageClass', 'fast'),
    },
  ],
  [
    'a kind that is not among those that it allows',
    {
      ...web,
      ...berths,
      'root/apps/project.yaml': project('namespaceResourceWhitelist: [{ group: apps, kind: Deployment }], '),
    },
    ['error application-refused web /spec/source/path'],
  ],
  [
    'a kind that it forbids',
    {
      ...web,
      ...berths,
      'root/apps/project.yaml': project('namespaceResourceBlacklist: [{ group: "", kind: ConfigMap }], '),
    },
    ['error application-refused web /spec/source/path'],
  ],
  [
    'what Crossplane makes, which no Application syncs',
    {
      ...web,
      ...berths,
      'root/dist/web/berths/fast.yaml': global(
        'storage.k8s.io/v1',
        'StorageClass',
        'fast',
        '',
        'labels: { crossplane.io/composite: fleet }',
      ),
    },
  ],
];

it.each(rows.map(([title, files, findings = []]) => ({ title, files, findings })))(
  '$title',
  ({ files, findings }) => {
    expect(told(files)).toEqual(findings);
  },
);

it('says what is not allowed, and because of which file', () => {
  expect(
    check({
      ...web,
      'root/dist/web/role.yaml': object('v1', 'ServiceAccount', 'web').replace('tideline', 'harbour'),
    }),
  ).toMatchObject([
    { args: { project: 'services', what: 'destination', because: 'root/dist/web/role.yaml' } },
  ]);
});
