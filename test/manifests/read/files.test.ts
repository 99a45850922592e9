import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { disk } from '#manifests/read/disk.ts';
import { readManifests } from '#manifests/read/read.ts';

let root = '';
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'tideline-'));
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

const manifest = (name: string) => `{ apiVersion: v1, kind: ConfigMap, metadata: { name: ${name} } }\n`;

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  fs.writeFileSync(path.join(root, file), text);
}

const read = (...paths: readonly string[]) =>
  readManifests(
    paths.map((name) => path.join(root, name)),
    disk,
  );
const names = (reading: ReturnType<typeof readManifests>) =>
  reading.value?.map(({ object }) => object.metadata.name);
const codes = (reading: ReturnType<typeof readManifests>) => reading.findings.map(({ code }) => code);

describe('folders', () => {
  it('are read to the bottom, sorted, with what was passed over counted', () => {
    write('b/deep/er/c.yml', manifest('c'));
    write('a.yaml', manifest('a'));
    write('b/b.json', '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b"}}');
    write('README.md', '# no manifest');
    write('.git/config.yaml', 'secret: yes');
    write('.hidden.yaml', 'secret: yes');
    const reading = read('.');
    expect(names(reading)).toEqual(['a', 'b', 'c']);
    expect(reading.findings).toEqual([]);
    expect(reading.counts).toEqual({
      files: 3,
      manifests: 3,
      emptyDocuments: 0,
      hidden: 2,
      otherFiles: 1,
      links: 0,
    });
  });

  it('read a file once, however often it is named', () => {
    write('a.yaml', manifest('a'));
    const file = path.join(root, 'a.yaml');
    expect(names(readManifests([file, root, file], disk))).toEqual(['a']);
  });

  it('do not lead out of themselves', () => {
    write('in/a.yaml', manifest('a'));
    write('in/sub/b.yaml', manifest('b'));
    write('out/secret.yaml', manifest('secret'));
    fs.symlinkSync('../out/secret.yaml', path.join(root, 'in/link.yaml'));
    fs.symlinkSync('../out', path.join(root, 'in/folder'));
    fs.symlinkSync('sub/b.yaml', path.join(root, 'in/again.yaml'));
    fs.symlinkSync('.', path.join(root, 'in/circle'));
    fs.symlinkSync('nowhere', path.join(root, 'in/broken.yaml'));
    const reading = read('in');
    expect(names(reading)).toEqual(['a', 'b']);
    expect(codes(reading).sort()).toEqual([
      'manifest-link-skipped',
      'manifest-link-skipped',
      'manifest-unreadable',
    ]);
    expect(reading.counts.links).toBe(2);
  });
});

describe('nothing to check', () => {
  it('is a finding, not a success', () => {
    write('README.md', '# no manifest');
    write('empty.yaml', '# only a comment\n---\n');
    const reading = read('.');
    expect(reading.value).toBeUndefined();
    expect(codes(reading)).toEqual(['manifest-none']);
    expect(reading.counts.emptyDocuments).toBe(2);
  });

  it('names the path that is not there, and reads the others', () => {
    write('a.yaml', manifest('a'));
    const reading = read('a.yaml', 'missing.yaml');
    expect(names(reading)).toEqual(['a']);
    expect(codes(reading)).toEqual(['manifest-unreadable']);
  });
});

describe('standard input', () => {
  it('is read for a hyphen', () => {
    const access = { ...disk, readStandardInput: () => Buffer.from(`\ufeff${manifest('a')}---\n- b\n`) };
    const reading = readManifests(['-'], access);
    expect(names(reading)).toEqual(['a']);
    expect(reading.findings[0]).toMatchObject({
      code: 'manifest-no-object',
      origin: { file: '<stdin>', line: 3 },
    });
  });
});
