import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { groupOf } from '#manifests/identity.ts';
import type { Manifest } from '#manifests/manifest.ts';
import { readManifestText } from '#manifests/read/read.ts';
import { checkReferences } from '#validate/graph/check.ts';
import { store } from '../validate/schemas.ts';

/**
 * Each kind that a project allows is needed: with one fewer, something in dist/ would be refused, and a check says so. What
 * charts make is not in dist/, unless they are rendered: test/validate/graph/chart-projects.test.ts.
 */
const files = ['dist/production', 'dist/staging', 'test/golden/online-boutique/demo'].flatMap((root) =>
  fs
    .readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => `${root}/${file}`),
);
const read = (file: string): readonly Manifest[] =>
  readManifestText(fs.readFileSync(file, 'utf8'), file).manifests;
const kindOf = ({ object }: Manifest) => `${object.kind}.${groupOf(object.apiVersion)}`;

interface Listed {
  readonly group: string;
  readonly kind: string;
}

const LISTS = ['clusterResourceWhitelist', 'namespaceResourceWhitelist'] as const;
const ROOT = 'dist/production';
const all = files.flatMap(read);
const production = all.filter(({ file }) => file.startsWith(ROOT));
// One of each kind in each folder is enough.
const each = [...new Map(production.map((one) => [`${folderOf(one)} ${kindOf(one)}`, one])).values()];
const applications = production.filter(({ object }) => /^App/.test(object.kind));
const sample = [...new Set([...applications, ...each])];
const schemas = store();

function folderOf({ file }: Manifest): string {
  return file.split('/').slice(0, -1).join('/');
}

const projects = fs
  .readdirSync(`${ROOT}/argocd`)
  .filter((file) => file.startsWith('appproject') && !file.includes('_chart-'))
  .map((file) => `${ROOT}/argocd/${file}`);

const entries = projects.flatMap((file) => {
  const { metadata, spec } = parse(fs.readFileSync(file, 'utf8'));
  return LISTS.flatMap((list) =>
    (spec[list] as readonly Listed[]).map(
      (entry) => [`${entry.kind}.${entry.group}`, metadata.name, list, file] as const,
    ),
  );
});

/** What the production sample has none of: kinds that come with a feature that it leaves alone. */
const isUsed = (kind: string) =>
  production.some(
    (one) => kindOf(one) === kind || (kind.startsWith('*') && kindOf(one).endsWith(kind.slice(1))),
  );

test('a project of production lists what it has, and little more', () => {
  const idle = entries.filter(([kind]) => !isUsed(kind)).map(([kind, name]) => `${name} ${kind}`);
  expect(idle).toEqual([]);
});

describe('with one kind fewer', () => {
  test.each(entries.filter(([kind]) => isUsed(kind)))('%s, %s refuses it', (kind, _, list, file) => {
    const project = parse(fs.readFileSync(file, 'utf8'));
    project.spec[list] = project.spec[list].filter((one: Listed) => `${one.kind}.${one.group}` !== kind);
    const fewer = readManifestText(stringify(project), file).manifests;
    const manifests = [...sample.filter((one) => one.file !== file), ...fewer];
    expect(checkReferences(manifests, schemas).map(({ code }) => code)).toContain('application-refused');
  });
});

test('as they are, they refuse nothing', () => {
  const codes = checkReferences(sample, schemas).map(({ code }) => code);
  expect(codes).not.toContain('application-refused');
});
