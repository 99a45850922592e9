import { expect, it } from 'vitest';
import { account, application, type Files, options, secretStore, told, wave, xrd } from './delivered.ts';
import { global, object } from './tideline.ts';

/** A claim, and all that makes it ready, each in a wave. */
const composing = ({ composition = 0, functions = 0, provider = 0, config = 0 } = {}) => ({
  'dist/web/x.yaml': xrd,
  'dist/web/m.yaml': global(
    'apiextensions.crossplane.io/v1',
    'Composition',
    'gauge',
    'spec: { compositeTypeRef: { apiVersion: tides.tideline.example/v1, kind: XGauge }, mode: Pipeline, pipeline: [{ step: a, functionRef: { name: patch }, input: { patchSets: [{ name: provider, patches: [{ fromFieldPath: spec.providerConfigName, toFieldPath: spec.providerConfigRef.name }] }], resources: [{ name: queue, base: { apiVersion: sqs.aws.upbound.io/v1beta1, kind: Queue }, patches: [{ type: PatchSet, patchSetName: provider }] }] } }] }',
    wave(composition),
  ),
  'dist/web/f.yaml': global('pkg.crossplane.io/v1', 'Function', 'patch', '', wave(functions)),
  'dist/web/p.yaml': pack('provider-aws-sqs', provider),
  'dist/web/c.yaml': signIn(config),
  'dist/web/g.yaml': object(
    'tides.tideline.example/v1',
    'Gauge',
    'dover',
    'spec: { providerConfigName: default }',
    options('SkipDryRunOnMissingResource=true'),
  ),
});
const pack = (name: string, number: number) =>
  global(
    'pkg.crossplane.io/v1',
    'Provider',
    name,
    `spec: { package: "xpkg.crossplane.io/crossplane-contrib/${name}:v2.6.0" }`,
    wave(number),
  );
const signIn = (number: number) =>
  global(
    'aws.upbound.io/v1beta1',
    'ProviderConfig',
    'default',
    'spec: { credentials: { source: IRSA } }',
    wave(number),
  );
const chart = (name: string, number: number, repository: string, server = 'https://kubernetes.default.svc') =>
  `{ apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: { name: ${name}, namespace: argocd, ${wave(number)} }, spec: { project: default, source: { repoURL: "${repository}", chart: ${name}, targetRevision: "1.0.0" }, destination: { server: "${server}", namespace: ${name} } } }`;
const CHARTS = 'https://charts.external-secrets.io';

const web = { 'apps/web.yaml': application('web') };

const rows: readonly (readonly [title: string, files: Files, findings?: readonly string[]])[] = [
  ['a claim beside all that makes it ready', { ...web, ...composing() }],
  [
    'a claim before its composition',
    { ...web, ...composing({ composition: 1 }) },
    ['wave-too-late Gauge/dover'],
  ],
  [
    'a claim before a function of its composition',
    { ...web, ...composing({ functions: 1 }) },
    ['wave-too-late Gauge/dover'],
  ],
  [
    'a claim, and how its provider signs in, before the provider',
    { ...web, ...composing({ provider: 1 }) },
    ['wave-too-late ProviderConfig/default', 'wave-too-late Gauge/dover'],
  ],
  [
    'a claim before how its provider signs in',
    { ...web, ...composing({ config: 1 }) },
    ['wave-too-late Gauge/dover'],
  ],
  [
    'how providers sign in after one of them, and with it the family',
    {
      ...web,
      'dist/web/a.yaml': pack('provider-aws-s3', -1),
      'dist/web/b.yaml': pack('provider-family-aws', 1),
      'dist/web/c.yaml': signIn(0),
    },
  ],
  [
    'how providers sign in before all of them',
    {
      ...web,
      'dist/web/a.yaml': pack('provider-aws-s3', 1),
      'dist/web/b.yaml': pack('provider-family-aws', 1),
      'dist/web/c.yaml': signIn(0),
    },
    ['wave-too-late ProviderConfig/default'],
  ],
  [
    'how providers sign in before a provider that is none of theirs',
    { ...web, 'dist/web/a.yaml': pack('provider-azure-storage', 1), 'dist/web/c.yaml': signIn(0) },
  ],
  [
    'a kind before the chart that brings it',
    {
      ...web,
      'apps/c.yaml': chart('external-secrets', 1, CHARTS),
      'dist/web/a.yaml': account(0),
      'dist/web/b.yaml': secretStore(0),
    },
    ['wave-too-late SecretStore/web'],
  ],
  [
    'a kind in the wave of the chart that brings it',
    {
      ...web,
      'apps/c.yaml': chart('external-secrets', 0, CHARTS),
      'dist/web/a.yaml': account(0),
      'dist/web/b.yaml': secretStore(0),
    },
  ],
  [
    'a kind before a chart of that name from elsewhere, of which nobody knows what it brings',
    {
      ...web,
      'apps/c.yaml': chart('external-secrets', 1, 'https://charts.tideline.example'),
      'dist/web/a.yaml': account(0),
      'dist/web/b.yaml': secretStore(0),
    },
  ],
  [
    'a kind before the chart that brings it to another cluster',
    {
      ...web,
      'apps/c.yaml': chart('external-secrets', 1, CHARTS, 'https://harbour.tideline.example'),
      'dist/web/a.yaml': account(0),
      'dist/web/b.yaml': secretStore(0),
    },
  ],
  [
    'a chart before its namespace',
    {
      'apps/root.yaml': application('apps'),
      'dist/apps/c.yaml': chart('harbour', 1, 'https://charts.tideline.example'),
      'dist/apps/t.yaml': application('tides', 5),
      'dist/tides/n.yaml': global('v1', 'Namespace', 'harbour'),
    },
    ['wave-too-late Application/harbour'],
  ],
];

it.each(rows.map(([title, files, findings = []]) => ({ title, files, findings })))(
  '$title',
  ({ files, findings }) => {
    expect(told(files)).toEqual(findings);
  },
);
