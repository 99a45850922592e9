import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of plimsoll itself: its schemas and policies lie below, wherever the running code was bundled to. */
export function packageRoot(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!fs.existsSync(path.join(folder, 'imports/schemas'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('imports/schemas is missing: the installation is not complete');
    folder = parent;
  }
  return folder;
}
