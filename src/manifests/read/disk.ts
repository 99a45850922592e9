import crypto from 'node:crypto';
import fs from 'node:fs';
import type { Entry, FileAccess } from './files.ts';
import { LARGEST_FILE } from './limits.ts';

/** The real file system: the only file access of reading. */
export const disk: FileAccess = {
  stat: (path) => {
    const stat = fs.statSync(path);
    const kind = stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other';
    return { kind, bytes: stat.size };
  },
  list: (folder) =>
    fs.readdirSync(folder, { withFileTypes: true }).map((entry): Entry => {
      if (entry.isFile()) return { name: entry.name, kind: 'file' };
      if (entry.isDirectory()) return { name: entry.name, kind: 'folder' };
      return { name: entry.name, kind: entry.isSymbolicLink() ? 'link' : 'other' };
    }),
  realPath: (path) => fs.realpathSync(path),
  read: readFile,
  readStandardInput: () => readUpTo(0, LARGEST_FILE + 1),
  digest: (content) => crypto.hash('sha256', content, 'base64url'),
};

/** A file that grows, or tells a wrong size as those of /proc do, costs no more than others. */
function readFile(file: string): Uint8Array {
  const descriptor = fs.openSync(file, 'r');
  try {
    return readUpTo(descriptor, LARGEST_FILE + 1);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Most files fit; making room for each anew would take longer than reading it. */
const ROOM = 64 * 1024;
let room: Buffer | undefined;

/**
 * Bytes until the end or the limit, whichever comes first: what is piped in may never end. They are good until the next
 * are read.
 */
export function readUpTo(descriptor: number, limit: number): Uint8Array {
  room ??= Buffer.allocUnsafeSlow(ROOM);
  const parts: Uint8Array[] = [];
  let length = 0;
  let held = 0;
  while (length < limit) {
    if (held === ROOM) {
      parts.push(Buffer.from(room));
      held = 0;
    }
    const count = readPart(descriptor, room.subarray(held, Math.min(ROOM, held + limit - length)));
    if (count === 0) break;
    held += count;
    length += count;
  }
  const last = room.subarray(0, held);
  return parts.length === 0 ? last : Buffer.concat([...parts, last]);
}

function readPart(descriptor: number, part: Buffer): number {
  for (;;) {
    try {
      return fs.readSync(descriptor, part);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      // A terminal or pipe that has nothing yet: wait, without turning in circles.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}
