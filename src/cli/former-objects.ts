import fs from 'node:fs';
import path from 'node:path';
import type { Manifest } from '#manifests/manifest.ts';
import { readManifestText } from '#manifests/read/read.ts';

/**
 * What a manifest was when it was written last: the file of its identity in the folder that is delivered. Undefined for
 * what is new, and for what can't be read: then it is judged as new.
 */
export const formerObjects =
  (folder: string) =>
  ({ file }: Manifest): unknown => {
    const at = path.join(folder, file);
    if (!fs.existsSync(at)) return undefined;
    const { manifests } = readManifestText(fs.readFileSync(at, 'utf8'), file);
    return manifests.length === 1 ? manifests[0]?.object : undefined;
  };
