import fs from 'node:fs';
import type { Entry, FileAccess } from './files.ts';

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
  readStandardInput: () => fs.readFileSync(0),
};
