import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { LARGEST_SOURCE } from './fetch.ts';

/** Reads what an import needs, at the edge: the folder imports/, cdk8s.yaml, a mirror, the network. */

/** Every file below a folder: path with forward slashes -> text. Links are not followed. */
export function readFolder(folder: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const pending = [''];
  for (let below = pending.pop(); below !== undefined; below = pending.pop()) {
    for (const entry of fs.readdirSync(path.join(folder, below), { withFileTypes: true })) {
      const relative = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) pending.push(relative);
      else if (entry.isFile()) files.set(relative, fs.readFileSync(path.join(folder, relative), 'utf8'));
    }
  }
  return files;
}

/** The `imports` of cdk8s.yaml: https://cdk8s.io/docs/latest/cli/import/ */
export function readDeclared(project: string): readonly string[] {
  const settings: unknown = parse(fs.readFileSync(path.join(project, 'cdk8s.yaml'), 'utf8'));
  const imports =
    typeof settings === 'object' && settings !== null && 'imports' in settings ? settings.imports : [];
  return Array.isArray(imports) ? imports.filter((one) => typeof one === 'string') : [];
}

/** Reads files of a mirror. The lock's paths can't lead out of it. */
export const mirrorReader = (mirror: string) => async (relative: string) => {
  const file = path.join(mirror, relative);
  const { size } = await fs.promises.stat(file);
  if (size > LARGEST_SOURCE) throw new Error(`larger than ${LARGEST_SOURCE} bytes`);
  return fs.promises.readFile(file);
};

/** Milliseconds for one file. */
const PATIENCE = 60_000;

/** Gets a file over HTTPS, and stops reading where it is larger than any source can be. */
export async function download(url: string): Promise<Uint8Array> {
  const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) });
  if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status}`);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body) {
    size += part.byteLength;
    if (size > LARGEST_SOURCE) throw new Error(`larger than ${LARGEST_SOURCE} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
