import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { disk, readUpTo } from '#manifests/read/disk.ts';
import { LARGEST_FILE } from '#manifests/read/limits.ts';
import { readManifests } from '#manifests/read/read.ts';

let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tideline-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** A file that takes no room on the disk. */
function large(bytes: number): string {
  const file = path.join(folder, 'large.yaml');
  fs.writeFileSync(file, '');
  fs.truncateSync(file, bytes);
  return file;
}

it('reads no more of a file than shows that it is too large, whatever its size is said to be', () => {
  const file = large(4 * LARGEST_FILE);
  expect(disk.read(file).byteLength).toBe(LARGEST_FILE + 1);
  const access = { ...disk, stat: () => ({ kind: 'file', bytes: 0 }) as const };
  expect(readManifests([file], access).findings).toMatchObject([
    { code: 'manifest-too-large', args: { what: 'file', limit: LARGEST_FILE } },
  ]);
});

it('reads a file of the largest size whole', () => {
  expect(disk.read(large(LARGEST_FILE)).byteLength).toBe(LARGEST_FILE);
});

it('stops at the limit of what never ends', () => {
  const descriptor = fs.openSync('/dev/zero', 'r');
  try {
    expect(readUpTo(descriptor, 100_001).byteLength).toBe(100_001);
  } finally {
    fs.closeSync(descriptor);
  }
});

it('waits for a pipe that has nothing yet', async () => {
  const pipe = path.join(folder, 'pipe');
  execFileSync('sh', ['-c', 'mkfifo "$0"', pipe]);
  const descriptor = fs.openSync(pipe, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
  const writer = spawn('sh', ['-c', 'exec 3>"$0"; echo open; sleep 0.3; printf tideline >&3', pipe]);
  try {
    await once(writer.stdout, 'data');
    expect(Buffer.from(readUpTo(descriptor, 100)).toString()).toBe('tideline');
  } finally {
    fs.closeSync(descriptor);
    writer.kill();
  }
});
