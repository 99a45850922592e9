import { readManifestText } from '#manifests/read/read.ts';
import type { Finding } from '#model/finding.ts';
import { checkReferences } from '#validate/graph/check.ts';
import { store } from '../schemas.ts';

const schemas = store();

/** What is found in documents that go to one cluster. */
export const found = (...documents: readonly string[]): readonly Finding[] =>
  checkReferences(readManifestText(documents.join('\n---\n'), 'ship.yaml').manifests, schemas);

/** `error reference-missing Deployment/web /spec/...`, in the order in which they were found. */
export const told = (...documents: readonly string[]): readonly string[] =>
  found(...documents).map(
    ({ severity, code, subject, pointer }) =>
      `${severity} ${code} ${subject?.kind}/${subject?.name} ${pointer}`,
  );

/** A row of a table: what it shows, the documents, and what is found in them: nothing where that is left out. */
export type Row = readonly [title: string, documents: readonly string[], findings?: readonly string[]];

/** The table as vitest takes it. */
export const cases = (rows: readonly Row[]) =>
  rows.map(([title, documents, findings = []]) => ({ title, documents, findings }));

/** Written in one line; in the namespace tideline. */
export const object = (apiVersion: string, kind: string, name: string, fields = '', metadata = ''): string =>
  `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: ${name}, namespace: tideline${
    metadata === '' ? '' : `, ${metadata}`
  } }${fields === '' ? '' : `, ${fields}`} }`;

/** Written in one line; of the whole cluster. */
export const global = (apiVersion: string, kind: string, name: string, fields = '', metadata = ''): string =>
  object(apiVersion, kind, name, fields, metadata).replace(', namespace: tideline', '');

/** A workload whose pods have the label `app` with its name. */
export const workload = (kind: string, name: string, pod: string, spec = ''): string =>
  object(
    'apps/v1',
    kind,
    name,
    `spec: { ${spec === '' ? '' : `${spec}, `}selector: { matchLabels: { app: ${name} } }, template: { metadata: { labels: { app: ${name} } }, spec: { ${pod} } } }`,
  );

/** One container, as little as there can be. */
export const CONTAINER = 'containers: [{ name: main, image: tideline/web }]';

export const deployment = (name: string, pod = CONTAINER, spec = ''): string =>
  workload('Deployment', name, pod, spec);

/** Makes the namespace one in which these documents are at home, so that what is missing there is missing. */
export const HOME = object('v1', 'ConfigMap', 'berths', 'data: { berth: "7" }');
