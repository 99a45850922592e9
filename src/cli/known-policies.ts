import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPolicies } from '#validate/policy/load.ts';
import { type PolicyDocument, type PolicyFile, policyDocuments } from '#validate/policy/policy-file.ts';
import { packageRoot } from './package-root.ts';
import { policyFiles } from './policy-files.ts';
import { sha256 } from './verdict-file.ts';

/**
 * The policies that come with plimsoll, read when plimsoll was built: reading and compiling all of them takes longer than
 * most runs. What is known of them counts only for the very same texts.
 */
const NAME = 'policies.json';

interface Known {
  readonly sum: string;
  /** What each file holds, in their order. */
  readonly values: readonly (readonly PolicyDocument['value'][])[];
}

/** Called by the build: writes what is known into the folder of the bundle. */
export function writeKnown(folder: string): void {
  const { files, findings } = policyFiles(path.join(packageRoot(), 'policies'), SHOWN);
  // What has findings must be read in full each time, to tell them.
  if (findings.length + loadPolicies(files).findings.length > 0) return;
  const values = files.map((file) => policyDocuments(file).documents.map(({ value }) => value));
  const known: Known = { sum: sumOf(files), values };
  fs.writeFileSync(path.join(folder, NAME), JSON.stringify(known));
}

/** How the folder is called in findings. */
export const SHOWN = 'plimsoll/policies';

/** The same files, with what is known of them if they are the very same. */
export function withKnown(files: readonly PolicyFile[]): readonly PolicyFile[] {
  const bundle = path.join(path.dirname(fileURLToPath(import.meta.url)), NAME);
  if (files[0]?.file.startsWith(`${SHOWN}/`) !== true || !fs.existsSync(bundle)) return files;
  // The build wrote it: whoever can change it can change the code beside it.
  const { sum, values } = JSON.parse(fs.readFileSync(bundle, 'utf8')) as Known;
  if (sum !== sumOf(files)) return files;
  return files.map((file, index) => ({ ...file, known: values[index] ?? [] }));
}

const sumOf = (files: readonly PolicyFile[]): string =>
  sha256(JSON.stringify(files.map(({ file, text }) => [file, text])));
