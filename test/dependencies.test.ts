import fs from 'node:fs';
import { expect, it } from 'vitest';

/** Each dependency has its reason in the documentation, in the part that it belongs to, and no reason outlives it. */
const [, runTime = '', development = ''] = fs
  .readFileSync('docs/explanation/dependencies.md', 'utf8')
  .split(/^## /m);
const manifest: unknown = JSON.parse(fs.readFileSync('package.json', 'utf8'));

it.each([
  ['dependencies', runTime],
  ['devDependencies', development],
])('%s have a reason each', (part, text) => {
  const rows = [...text.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)];
  const reasons = rows.map(([, , reason]) => reason);
  expect(rows.map(([, name]) => name)).toEqual(namesOf(manifest, part));
  expect(new Set(reasons).size).toBe(reasons.length);
});

const namesOf = (from: unknown, part: string): readonly string[] =>
  Object.keys(Object(Object(from)[part])).sort();
