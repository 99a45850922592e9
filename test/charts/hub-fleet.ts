import fs from 'node:fs';
import { parse, stringify } from 'yaml';
import { readEnvironments } from '#environments/read.ts';

/** The samples with production run from a hub, as docs/how-to/run-a-hub.md writes both. */
const [HUB = '', HOSTED = ''] = [
  ...fs.readFileSync('docs/how-to/run-a-hub.md', 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g),
].map(([, block = '']) => block);

// biome-ignore lint/suspicious/noExplicitAny: a YAML document that the test knows
type Yaml = any;

/** @param change What else is to be otherwise in production. */
export function hubFleet(
  change: (production: Yaml) => void = () => {},
): readonly { readonly path: string; readonly text: string }[] {
  const production: Yaml = parse(fs.readFileSync('environments/production.yaml', 'utf8'));
  const { cluster, ...own } = parse(HOSTED).spec;
  Object.assign(production.spec, own);
  Object.assign(production.spec.cluster, cluster);
  change(production);
  return [
    { path: 'environments/base.yaml', text: fs.readFileSync('environments/base.yaml', 'utf8') },
    { path: 'environments/operations.yaml', text: HUB },
    { path: 'environments/production.yaml', text: stringify(production) },
    { path: 'environments/staging.yaml', text: fs.readFileSync('environments/staging.yaml', 'utf8') },
  ];
}

export const readFleet = (files = hubFleet()) => readEnvironments(files, '2026-06-15');
