import fs from 'node:fs';
import { expect, it } from 'vitest';
import { messages } from '#report/messages.ts';

/** Files that name codes for another reason than that something is found, or isn't. */
const NAMING = /^test\/(report\/messages|codes)\.test\.ts$/;

const texts = ['test', 'policies']
  .flatMap((folder) =>
    fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  )
  .filter((file) => /\.(ts|yaml)$/.test(file) && !file.startsWith('test/golden/') && !NAMING.test(file))
  .map((file) => fs.readFileSync(file, 'utf8'));
const words = new Set(texts.flatMap((text) => text.match(/[a-z0-9]+(?:-[a-z0-9]+)+/g) ?? []));

/** A code that no test ever sees is a promise that nobody holds. What each test holds is its own business. */
it('each code is expected by some test', () => {
  expect(Object.keys(messages).filter((code) => !words.has(code))).toEqual([]);
});
