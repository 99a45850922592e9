import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Lock, readLock, writeLock } from '../../src/imports/lock.ts';
import { lock } from './fleet.ts';

/** The lock with one value replaced; the path is keys and indices. */
function changed(keys: readonly (string | number)[], value: unknown): string {
  const copy: unknown = JSON.parse(JSON.stringify(lock()));
  let at = copy as Record<string | number, unknown>;
  for (const key of keys.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
  at[keys.at(-1) ?? ''] = value;
  return JSON.stringify(copy);
}

const pointers = (text: string) =>
  readLock(text).problems.map((problem) =>
    problem.code === 'lock-invalid' ? problem.pointer : problem.code,
  );

describe('the lock file', () => {
  it('is read back as it was written', () => {
    const { value, problems } = readLock(writeLock(lock()));
    expect(problems).toEqual([]);
    expect(value).toEqual(lock());
  });

  it.each([
    '../outside.yaml',
    '/etc/passwd',
    'a/../../outside.yaml',
    'a/./b.yaml',
    '.hidden',
    'a/.git/config',
    'a\\..\\b',
    'a//b',
    'a/',
    '',
    '%2e%2e/b',
    'a\n',
    'a?b',
    'a#b',
  ])('refuses the path %j', (file) => {
    expect(pointers(changed(['files', 0, 'file'], file))).toEqual(['/files/0/file']);
  });

  it('lets no path out of its folder, whatever it is', () => {
    const piece = fc.constantFrom('.', '..', '/', '\\', 'a', '-', '%2e', '\u0000', ' ', '~', 'vessels.yaml');
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join('')),
        (file) => {
          const { value } = readLock(changed(['files', 0, 'file'], file));
          if (value === undefined) return;
          expect(path.posix.relative('/mirror', path.posix.join('/mirror', file))).not.toMatch(
            /^\.\.|^\/|^$/,
          );
        },
      ),
    );
  });

  it.each([
    [['sources', 'fleet', 'mirror'], '../{file}'],
    [['sources', 'fleet', 'mirror'], '/etc/{file}'],
    [['sources', 'fleet', 'mirror'], 'crds/fleet/all.yaml'],
    [['sources', 'fleet', 'url'], 'http://sources.tideline.example/{file}'],
    [['sources', 'fleet', 'url'], 'file:///etc/{file}'],
    [['sources', 'fleet', 'url'], 'https://user@sources.tideline.example/{file}'],
    [['sources', 'fleet', 'commit'], 'main'],
    [['files', 0, 'sha256'], 'A'.repeat(64)],
    [['files', 0, 'version'], '../v1'],
  ])('refuses %j = %j', (keys, value) => {
    expect(pointers(changed(keys, value))).toEqual([`/${keys.join('/')}`]);
  });

  it('refuses unknown fields, unknown sources and files that come twice, all at once', () => {
    expect(pointers(changed(['sources', 'fleet', 'branch'], 'main'))).toContain('/sources/fleet/branch');
    const [first] = lock().files;
    if (first === undefined) throw new Error('the fixture has files');
    const twice: Lock = lock(first, { ...first, source: 'harbour' });
    expect(pointers(JSON.stringify(twice))).toEqual(['/files/2', '/files/3/source']);
  });

  it('says what is wrong with text that is no JSON', () => {
    expect(readLock('{').problems.map(({ code }) => code)).toEqual(['lock-unreadable']);
  });
});
