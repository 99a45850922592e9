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
  read: (file) => fs.readFileSync(file),
  readStandardInput,
};

/** No more than what is too large already: what is piped in may never end. */
function readStandardInput(): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let length = 0; length <= LARGEST_FILE; ) {
    const part = Buffer.alloc(64 * 1024);
    const count = readPart(part);
    if (count === 0) break;
    parts.push(part.subarray(0, count));
    length += count;
  }
  return Buffer.concat(parts);
}

function readPart(part: Buffer): number {
  for (;;) {
    try {
      return fs.readSync(0, part);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      // A terminal or pipe that has nothing yet: wait, without turning in circles.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}
