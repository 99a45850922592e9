import fs from 'node:fs';
import path from 'node:path';
import { packageRoot } from './package-root.ts';
import { sha256 } from './verdict-file.ts';

/** The schemas that come with plimsoll, as files. */
export const readSchemaFile = (relative: string): unknown =>
  JSON.parse(fs.readFileSync(path.join(packageRoot(), 'imports/schemas', relative), 'utf8'));

const sums = new Map<string, string>();

/** Tells the schemas of a version of Kubernetes, and those of the imported kinds, from any others. */
export function sumOfSchemas(kubernetesVersion: string): string {
  const known = sums.get(kubernetesVersion);
  if (known !== undefined) return known;
  const root = path.join(packageRoot(), 'imports/schemas');
  const sum = [`kubernetes/${kubernetesVersion}`, 'crds']
    .map((part) => contentOf(path.join(root, part)))
    .join(' ');
  sums.set(kubernetesVersion, sum);
  return sum;
}

/** The sum of everything below a folder. */
export function contentOf(folder: string): string {
  const files = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  return sha256(
    files.map((file) => `${path.relative(folder, file)} ${sha256(fs.readFileSync(file))}`).join('\n'),
  );
}
