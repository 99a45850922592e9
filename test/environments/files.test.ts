import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSourceFiles } from '#environments/files.ts';
import { readEnvironments } from '#environments/read.ts';
import { brief } from './tideline.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'plimsoll-environments-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Files below `root`, shown as if it were `environments`. */
const found = () =>
  readSourceFiles(join(root, 'environments')).map((file) => ({
    ...file,
    path: file.path.slice(root.length + 1),
  }));

function write(path: string, content: string | Uint8Array) {
  const file = join(root, 'environments', path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, content);
}

test('YAML files of the folder and below, by name; nothing else', () => {
  write('staging.yaml', 'a');
  write('production.yml', 'b');
  write('bases/shared.yaml', 'c');
  write('.hidden.yaml', 'd');
  write('README.md', 'e');
  write('environment.schema.json', '{}');
  expect(found()).toEqual([
    { path: 'environments/bases/shared.yaml', text: 'c' },
    { path: 'environments/production.yml', text: 'b' },
    { path: 'environments/staging.yaml', text: 'a' },
  ]);
});

test('links are refused: nothing outside of the folder is read', () => {
  write('staging.yaml', 'a');
  writeFileSync(join(root, 'secret.yaml'), 'password');
  mkdirSync(join(root, 'elsewhere'));
  symlinkSync(join(root, 'secret.yaml'), join(root, 'environments/link.yaml'));
  symlinkSync(join(root, 'elsewhere'), join(root, 'environments/folder'));
  const files = found();
  expect(files.map((file) => 'unreadable' in file)).toEqual([true, true, false]);
  expect(JSON.stringify(files)).not.toContain('password');
  expect(brief(readEnvironments(files).findings).slice(0, 2)).toEqual([
    'environment-unreadable  environments/folder:1:1',
    'environment-unreadable  environments/link.yaml:1:1',
  ]);
});

test('what is no text, or too much of it, is unreadable', () => {
  write('picture.yaml', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0xff]));
  write('wide.yaml', Buffer.from('kind: Environment', 'utf16le').fill(0xd8, 0, 2));
  write('large.yaml', '#'.repeat(2 * 1024 * 1024 + 1));
  expect(found().every((file) => 'unreadable' in file)).toBe(true);
});

test('a folder that is not there is a finding, an empty one is another', () => {
  expect(brief(readEnvironments(found()).findings)).toEqual(['environment-unreadable  environments:1:1']);
  mkdirSync(join(root, 'environments'));
  const { value, findings } = readEnvironments(found());
  expect(value).toBe(undefined);
  expect(findings.map(({ code }) => code)).toEqual(['environment-none-found']);
});

test('a folder of bases only has no environment', () => {
  write('base.yaml', 'apiVersion: plimsoll.dev/v1alpha1\nkind: EnvironmentBase\n');
  expect(readEnvironments(found()).findings.map(({ code }) => code)).toEqual([
    'environment-none-found',
    'environment-unused-base',
  ]);
});
