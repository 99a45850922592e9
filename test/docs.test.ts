import { execFile, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/**
 * Every `npx plimsoll` command of the documentation's shell blocks runs, in a copy of the project, as it stands there.
 * `/srv/mirror` stands for a folder that a reader has and this machine may not: it is replaced by the one that
 * PLIMSOLL_SHARED or ../shared names, and left out where there is none.
 */
const pages = [
  'README.md',
  ...fs.readdirSync('docs', { recursive: true, encoding: 'utf8' }).map((file) => `docs/${file}`),
]
  .filter((file) => file.endsWith('.md'))
  .sort();
const mirror = path.resolve(process.env['PLIMSOLL_SHARED'] ?? '../shared');
const commands = pages.flatMap((page) =>
  [...fs.readFileSync(page, 'utf8').matchAll(/^( *)```sh\n([\s\S]*?)^\1```$/gm)]
    .flatMap(([, , block = '']) => block.split('\n'))
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line.includes('npx plimsoll'))
    .map((command) => [page, command] as const),
);
const runnable = commands.filter(([, command]) => !command.includes('/srv/mirror') || fs.existsSync(mirror));

let copy: string;
beforeAll(() => {
  copy = fs.mkdtempSync(path.join(os.tmpdir(), 'plimsoll-docs-'));
  for (const part of [
    'dist',
    'environments',
    'examples',
    'imports',
    'lib',
    'package.json',
    'package-lock.json',
    'policies',
    'scripts',
    'src',
    'test/golden',
    'cdk8s.yaml',
  ]) {
    fs.cpSync(part, path.join(copy, part), { recursive: true, preserveTimestamps: true });
  }
  fs.symlinkSync(path.resolve('node_modules'), path.join(copy, 'node_modules'));
  // A change is compared with a revision.
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@tideline.example', ...words], {
      cwd: copy,
    });
  git('init', '--quiet');
  git('add', 'environments', 'policies', 'dist');
  git('commit', '--quiet', '--message', 'As it is');
  const bin = path.join(copy, 'bin');
  fs.mkdirSync(bin);
  fs.writeFileSync(
    path.join(bin, 'npx'),
    `#!/bin/sh\nshift\nexec node "${copy}/scripts/plimsoll.js" "$@"\n`,
    { mode: 0o755 },
  );
});
afterAll(() => fs.rmSync(copy, { recursive: true, force: true }));

test('the documentation has commands', () => {
  expect(new Set(commands.map(([page]) => page)).size).toBeGreaterThan(4);
});

describe('as the documentation says', () => {
  test.each(runnable)('%s: %s', async (_, command) => {
    const { code, output } = await shell(command.replaceAll('/srv/mirror', mirror));
    expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
  });
});

test.each(pages)('%s links only to what is there', (page) => {
  // A pattern in code may look like a link.
  const prose = fs
    .readFileSync(page, 'utf8')
    .replaceAll(/^ *```[\s\S]*?^ *```/gm, '')
    .replaceAll(/`[^`\n]*`/g, '');
  const links = [...prose.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target = '']) => target);
  const dangling = links.filter((target) => !fs.existsSync(path.join(path.dirname(page), target)));
  expect(dangling).toEqual([]);
});

function shell(command: string): Promise<{ code: number; output: string }> {
  const env = { ...process.env, PATH: `${copy}/bin:${process.env['PATH']}` };
  return new Promise((resolve) => {
    execFile(
      'sh',
      ['-c', command],
      { cwd: copy, env, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) =>
        resolve({
          code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1,
          output: stdout + stderr,
        }),
    );
  });
}
