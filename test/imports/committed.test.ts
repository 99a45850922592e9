import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { platformKinds } from '../../src/cli/platform-kinds.ts';
import { cdk8sVersion, importConstructs } from '../../src/imports/cdk8s.ts';
import { mirrorReader, readDeclared, readFolder } from '../../src/imports/disk.ts';
import { generate, type Inputs, LOCK_FILE } from '../../src/imports/generate.ts';
import { readLock, writeLock } from '../../src/imports/lock.ts';
import { HAND_WRITTEN, verify } from '../../src/imports/verify.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const folder = readFolder(path.join(project, 'imports'));
const lockText = folder.get(LOCK_FILE) ?? '';
const lock = readLock(lockText).value;
if (lock === undefined) throw new Error('the committed lock is unusable');
const inputs: Inputs = {
  lock,
  declared: readDeclared(project),
  platform: platformKinds(),
  generator: cdk8sVersion(project) ?? '',
};

describe('the committed imports/', () => {
  it('are what the lock says, made from what the lock, cdk8s.yaml and the platform say now', () => {
    expect(verify(inputs, folder)).toEqual([]);
  });

  it('would be noticed if anything of it changed', () => {
    const edited = new Map(folder).set('eks.aws.upbound.io.ts', '// by hand');
    expect(verify(inputs, edited)).toContainEqual({
      code: 'generated-changed',
      file: 'eks.aws.upbound.io.ts',
    });
    const stale: Inputs = { ...inputs, lock: { ...lock, files: lock.files.slice(1) } };
    expect(verify(stale, folder)).toContainEqual({ code: 'generated-stale' });
    const former: Inputs = { ...inputs, platform: inputs.platform.slice(1) };
    expect(verify(former, folder)).toContainEqual({ code: 'generated-stale' });
  });

  it('has a lock in the form that plimsoll writes', () => {
    expect(writeLock(lock)).toBe(lockText);
  });

  it('names a licence for every source', () => {
    for (const { repository, licence } of Object.values(lock.sources)) {
      expect(folder.get('SOURCES.md'), repository).toContain(repository);
      expect(licence).toBe('Apache-2.0');
    }
  });
});

/** The sources as files: the folder that holds `crds/` and `k8s-openapi/`. */
const mirror = process.env['PLIMSOLL_SHARED'] ?? path.join(project, '../shared');
const present = fs.existsSync(path.join(mirror, 'crds')) && fs.existsSync(path.join(mirror, 'k8s-openapi'));

describe(`regenerating imports/${present ? '' : ' (NOT RUN: there is no mirror; set PLIMSOLL_SHARED)'}`, () => {
  it.skipIf(!present)('from the pinned sources gives the same bytes', { timeout: 120_000 }, async () => {
    const edges = {
      download: () => Promise.reject(new Error('asked the network')),
      readMirror: mirrorReader(mirror),
      importConstructs: (bundles: ReadonlyMap<string, string>) => importConstructs(project, bundles),
      say: () => {},
    };
    const { value, problems } = await generate(inputs, edges, false);
    expect(problems).toEqual([]);
    const wanted = new Map([...folder].filter(([file]) => !HAND_WRITTEN.has(file)));
    expect(
      [...(value?.files ?? new Map())]
        .filter(([file, text]) => wanted.get(file) !== text)
        .map(([file]) => file),
    ).toEqual([]);
    expect([...(value?.files.keys() ?? [])].sort()).toEqual([...wanted.keys()].sort());
  });
});
