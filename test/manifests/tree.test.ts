import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { compareTree, isSame, recoverTree, replaceTree, type Tree } from '#manifests/tree.ts';

let root: string;
let dist: string;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'plimsoll-tree-'));
  dist = path.join(root, 'dist');
});
afterEach(() => {
  vi.restoreAllMocks();
  fs.rmSync(root, { recursive: true, force: true });
});

const tree = (files: Record<string, string>): Tree => new Map(Object.entries(files));
const former = tree({ 'production/service-api/deployment.yaml': 'old\n', 'production/gone.yaml': 'gone\n' });
const next = tree({ 'production/service-api/deployment.yaml': 'new\n', 'staging/namespace.yaml': 'here\n' });

describe('replaceTree', () => {
  test('makes the folder hold exactly the new tree, and leaves nothing beside it', () => {
    replaceTree(dist, former);
    replaceTree(dist, next);
    expect(isSame(compareTree(dist, next))).toBe(true);
    expect(fs.readdirSync(root)).toEqual(['dist']);
  });

  test.each(['mkdirSync', 'writeFileSync', 'renameSync'] as const)(
    'leaves the old tree whole where %s fails at any call',
    (operation) => {
      for (let failing = 1; failing <= 4; failing++) {
        fs.rmSync(root, { recursive: true });
        fs.mkdirSync(root);
        replaceTree(dist, former);
        const real = fs[operation] as (...args: unknown[]) => unknown;
        let calls = 0;
        vi.spyOn(fs, operation).mockImplementation((...args: unknown[]) => {
          if (++calls === failing) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
          return real(...args) as never;
        });
        const failed = attempt(() => replaceTree(dist, next));
        vi.restoreAllMocks();
        expect(isSame(compareTree(dist, failed ? former : next))).toBe(true);
        expect(fs.readdirSync(root)).toEqual(['dist']);
      }
    },
  );

  test('refuses a folder that a living run holds, and takes over from a dead one', async () => {
    const lock = path.join(root, '.dist.lock');
    const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    try {
      const stat = fs.readFileSync(`/proc/${holder.pid}/stat`, 'utf8');
      const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
      fs.writeFileSync(lock, `${holder.pid} ${started}`);
      expect(replaceTree(dist, next)).toBe(false);
      expect(fs.existsSync(dist)).toBe(false);
      // The same id, but of a process that started at another time.
      fs.writeFileSync(lock, `${holder.pid} 1`);
      expect(replaceTree(dist, next)).toBe(true);
    } finally {
      holder.kill('SIGKILL');
    }
  });

  test.each([
    ['of a process that is gone', '999999999 1'],
    ['of a former process with our own id', `${process.pid} 1`],
    ['without a name', ''],
  ])('a lock %s counts for nothing', (_, text) => {
    fs.writeFileSync(path.join(root, '.dist.lock'), text);
    expect(replaceTree(dist, next)).toBe(true);
    expect(fs.readdirSync(root)).toEqual(['dist']);
  });

  test('a tree that is read-only somewhere stays, whole', () => {
    replaceTree(dist, former);
    // By a mock: whoever runs the tests may be allowed everything.
    vi.spyOn(fs, 'accessSync').mockImplementation((file) => {
      if (String(file).endsWith('service-api')) throw Object.assign(new Error('denied'), { code: 'EACCES' });
    });
    expect(attempt(() => replaceTree(dist, next))).toBe(true);
    vi.restoreAllMocks();
    expect(isSame(compareTree(dist, former))).toBe(true);
    expect(fs.readdirSync(root)).toEqual(['dist']);
  });

  test('what cannot be removed after the swap is left, and no later run fails by it', () => {
    replaceTree(dist, former);
    const real = fs.rmSync;
    vi.spyOn(fs, 'rmSync').mockImplementation((file, options) => {
      if (String(file).endsWith('.old')) throw Object.assign(new Error('denied'), { code: 'EACCES' });
      real(file, options);
    });
    expect(replaceTree(dist, next)).toBe(true);
    expect(() => recoverTree(dist)).not.toThrow();
    expect(isSame(compareTree(dist, next))).toBe(true);
  });

  test('a folder that cannot be made is an error at once', () => {
    expect(() => replaceTree('/proc/tideline/dist', next)).toThrow();
  });
});

describe('recoverTree', () => {
  test('brings the old tree back after a kill between the two renames', () => {
    replaceTree(dist, former);
    fs.renameSync(dist, path.join(root, '.dist.old'));
    recoverTree(dist);
    expect(isSame(compareTree(dist, former))).toBe(true);
  });

  test('drops the old tree where the new one already stands', () => {
    replaceTree(dist, next);
    fs.mkdirSync(path.join(root, '.dist.old'));
    recoverTree(dist);
    expect(isSame(compareTree(dist, next))).toBe(true);
    expect(fs.readdirSync(root)).toEqual(['dist']);
  });

  test('a run that is killed at any moment leaves one tree or the other', async () => {
    const script = `
      import { replaceTree } from ${JSON.stringify(path.resolve('src/manifests/tree.ts'))};
      const tree = (text) => new Map(Array.from({ length: 300 }, (_, n) => ['production/service-' + n + '/deployment.yaml', text + '\\n']));
      process.stdout.write('ready');
      for (let turn = 0; ; turn++) replaceTree(${JSON.stringify(dist)}, tree(turn % 2 ? 'odd' : 'even'));
    `;
    replaceTree(
      dist,
      tree(
        Object.fromEntries(
          Array.from({ length: 300 }, (_, n) => [`production/service-${n}/deployment.yaml`, 'first\n']),
        ),
      ),
    );
    const bundle = path.join(root, 'writer.mjs');
    const { build } = await import('esbuild');
    await build({
      stdin: { contents: script, resolveDir: '.' },
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'esm',
    });
    for (const delay of [40, 90, 150, 210, 270]) {
      const child = spawn(process.execPath, [bundle], { stdio: ['ignore', 'pipe', 'inherit'] });
      await new Promise((resolve) => child.stdout.once('data', resolve));
      await new Promise((resolve) => setTimeout(resolve, delay));
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
      recoverTree(dist);
      const texts = fs
        .readdirSync(path.join(dist, 'production'))
        .map((service) => fs.readFileSync(path.join(dist, 'production', service, 'deployment.yaml'), 'utf8'));
      expect(texts).toHaveLength(300);
      expect(new Set(texts).size).toBe(1);
    }
  });
});

describe('compareTree', () => {
  test('names what is missing, changed and extra', () => {
    replaceTree(dist, former);
    expect(compareTree(dist, next)).toEqual({
      missing: ['staging/namespace.yaml'],
      changed: ['production/service-api/deployment.yaml'],
      extra: ['production/gone.yaml'],
    });
  });

  test('does not follow a link out of the folder', () => {
    replaceTree(dist, next);
    const file = path.join(dist, 'staging/namespace.yaml');
    fs.writeFileSync(path.join(root, 'outside'), 'here\n');
    fs.rmSync(file);
    fs.symlinkSync(path.join(root, 'outside'), file);
    expect(compareTree(dist, next).changed).toEqual(['staging/namespace.yaml']);
  });
});

function attempt(action: () => void): boolean {
  try {
    action();
    return false;
  } catch {
    return true;
  }
}
