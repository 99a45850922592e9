import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseCompletely } from '#manifests/read/parse.ts';
import { splitDocuments } from '#manifests/read/split.ts';
import { agreementOn } from './agreement.ts';

/** The fast reader on every YAML file at hand: it gives up, or reads exactly what the complete reader reads. */

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const shared = process.env['PLIMSOLL_SHARED'] ?? path.join(root, '../shared');

function yamlBelow(folder: string): readonly string[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.includes('/node_modules/'))
    .sort();
}

const text = (file: string) => fs.readFileSync(file, 'utf8');

describe.each(['dist', 'environments', 'examples', 'policies', 'test', 'docs', '.'])('in %s', (folder) => {
  const files =
    folder === '.'
      ? fs.readdirSync(root).filter((name) => /\.ya?ml$/.test(name))
      : yamlBelow(path.join(root, folder)).map((file) => path.relative(root, file));
  it('reads the same as the complete reader', () => {
    const wrong = files.filter((file) => agreementOn(text(path.join(root, file))).different.length > 0);
    expect(wrong).toEqual([]);
  });
});

it('reads all that is rendered, and gives none of it up', () => {
  const files = yamlBelow(path.join(root, 'dist'));
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => agreementOn(text(file), { places: false }).givenUp > 0)).toEqual([]);
});

describe.runIf(fs.existsSync(path.join(shared, 'crds')))('definitions that others wrote', () => {
  const files = [...yamlBelow(path.join(shared, 'crds')), ...yamlBelow(path.join(shared, 'render-goldens'))];
  it('reads the same as the complete reader, and gives up few of those that are right', () => {
    let read = 0;
    let givenUp = 0;
    for (const file of files) {
      const content = text(file);
      // Looking up each place costs the complete reader seconds in a file of a megabyte.
      const agreement = agreementOn(content, { places: content.length < 20_000 });
      expect(agreement.different, file).toEqual([]);
      read += agreement.read;
      if (agreement.givenUp > 0 && isSound(content)) givenUp += agreement.givenUp;
    }
    expect(read).toBeGreaterThan(100);
    expect(givenUp).toBeLessThan(read / 4);
  }, 300_000);
});

const isSound = (content: string): boolean =>
  content.length < 100_000 &&
  splitDocuments(content).every((chunk) =>
    parseCompletely(chunk.text).every((document) => document.problems.length === 0),
  );
