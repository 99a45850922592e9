import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { EnvironmentState } from '#change/state.ts';
import { renderEnvironment } from '#charts/render.ts';
import { readEnvironments } from '#environments/read.ts';
import { previewClaims } from '#preview/claims/preview.ts';
import { openStore } from '#validate/schema/store.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = path.join(root, 'environments');

/** The sample environments as they are in the repository: file name -> text. */
export const SAMPLE: ReadonlyMap<string, string> = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => [name, readFileSync(path.join(folder, name), 'utf8')] as const),
);

export const store = openStore('1.34', (relative) =>
  JSON.parse(readFileSync(path.join(root, 'imports/schemas', relative), 'utf8')),
);

/** What an environment comes to, with what Crossplane will make of it. */
export function stateOf(files: ReadonlyMap<string, string>, name = 'production'): EnvironmentState {
  const read = readEnvironments([...files].map(([file, text]) => ({ path: `environments/${file}`, text })));
  const loaded = read.value?.find(({ environment }) => environment.metadata.name === name);
  if (loaded === undefined) throw new Error(JSON.stringify(read.findings, null, 2));
  const manifests = renderEnvironment(loaded);
  const { value: claims = [] } = previewClaims(manifests, {
    store,
    account: loaded.environment.spec.aws.account,
    blameBase: 'claim',
  });
  const managed = claims.flatMap(({ claim, resources }) => {
    const { apiVersion, kind, metadata } = claim.object;
    const { name: own, namespace } = metadata;
    const subject = { apiVersion, kind, name: own, ...(namespace !== undefined && { namespace }) };
    return resources.map(({ manifest, late, entry }) => ({
      manifest,
      late,
      madeOf: { claim: subject, entry },
    }));
  });
  return {
    name,
    described: { document: loaded.environment, locate: loaded.locate },
    resources: [...manifests.map((manifest) => ({ manifest, late: [] })), ...managed],
  };
}
