import { readManifestText } from '#manifests/read/read.ts';
import { checkReferences } from '#validate/graph/check.ts';
import { store } from '../schemas.ts';
import { global, object } from './tideline.ts';

/** Documents that Argo CD delivers in waves, and what is found in them. */

const schemas = store();
const REPOSITORY = 'https://git.tideline.example/fleet.git';

export const application = (name: string, wave = 0, options = '') =>
  `{ apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: { name: ${name}, namespace: argocd, annotations: { argocd.argoproj.io/sync-wave: "${wave}" } }, spec: { project: default, source: { repoURL: "${REPOSITORY}", path: dist/${name} }, destination: { server: "https://kubernetes.default.svc", namespace: tideline }, syncPolicy: { syncOptions: [${options}] } } }`;
export const wave = (number: number) => `annotations: { argocd.argoproj.io/sync-wave: "${number}" }`;
export const options = (text: string) => `annotations: { argocd.argoproj.io/sync-options: "${text}" }`;

export const account = (number: number) => object('v1', 'ServiceAccount', 'web', '', wave(number));
export const secretStore = (number: number) =>
  object(
    'external-secrets.io/v1',
    'SecretStore',
    'web',
    'spec: { provider: { aws: { auth: { jwt: { serviceAccountRef: { name: web } } } } } }',
    wave(number),
  );
export const xrd = global(
  'apiextensions.crossplane.io/v1',
  'CompositeResourceDefinition',
  'xgauges.tides.tideline.example',
  'spec: { group: tides.tideline.example, names: { kind: XGauge, plural: xgauges }, claimNames: { kind: Gauge, plural: gauges }, versions: [] }',
  wave(-5),
);
export type Files = Readonly<Record<string, string>>;
export const told = (files: Files) =>
  checkReferences(
    Object.entries(files).flatMap(([file, text]) => readManifestText(text, file).manifests),
    schemas,
  )
    .filter(({ code }) => /^(wave|sync-option)/.test(code))
    .map(({ code, subject }) => `${code} ${subject?.kind}/${subject?.name}`);
