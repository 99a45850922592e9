import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPolicies } from '#validate/policy/load.ts';
import { type PolicyDocument, type PolicyFile, policyDocuments } from '#validate/policy/policy-file.ts';
import { checkTypes } from '#validate/policy/typecheck/check.ts';
import { KUBERNETES_VERSIONS, openStore } from '#validate/schema/store.ts';
import { packageRoot } from './package-root.ts';
import { policyFiles } from './policy-files.ts';
import { readSchemaFile, sumOfSchemas } from './schema-files.ts';
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
  /** Sums of the schemas, by version of Kubernetes, against which all expressions are of the right types. */
  readonly sound: Readonly<Record<string, string>>;
}

/** Called by the build: writes what is known into the folder of the bundle. */
export function writeKnown(folder: string): void {
  const { files, findings } = policyFiles(path.join(packageRoot(), 'policies'), SHOWN);
  // What has findings must be read in full each time, to tell them.
  const loaded = loadPolicies(files);
  if (findings.length + loaded.findings.length > 0) return;
  const values = files.map((file) => policyDocuments(file).documents.map(({ value }) => value));
  const check = checkTypes(loaded.value ?? [], [...loaded.documents, ...loaded.derived]);
  const sound = KUBERNETES_VERSIONS.filter(
    (version) => check(openStore(version, readSchemaFile)).length === 0,
  ).map((version) => [version, sumOfSchemas(version)]);
  const known: Known = { sum: sumOf(files), values, sound: Object.fromEntries(sound) };
  fs.writeFileSync(path.join(folder, NAME), JSON.stringify(known));
}

/** How the folder is called in findings. */
export const SHOWN = 'plimsoll/policies';

/** The same files, with what is known of them if they are the very same. */
export function withKnown(files: readonly PolicyFile[]): readonly PolicyFile[] {
  const values = knownOf(files)?.values;
  return values === undefined ? files : files.map((file, index) => ({ ...file, known: values[index] ?? [] }));
}

/** Whether the policies in the files are known to fit the schemas that come with plimsoll. */
export const isKnownSound = (files: readonly PolicyFile[], kubernetesVersion: string): boolean =>
  knownOf(files)?.sound[kubernetesVersion] === sumOfSchemas(kubernetesVersion);

const read = new WeakMap<readonly PolicyFile[], Known | null>();

function knownOf(files: readonly PolicyFile[]): Known | undefined {
  let known = read.get(files);
  if (known === undefined) {
    known = readKnown(files) ?? null;
    read.set(files, known);
  }
  return known ?? undefined;
}

function readKnown(files: readonly PolicyFile[]): Known | undefined {
  const bundle = path.join(path.dirname(fileURLToPath(import.meta.url)), NAME);
  if (files.length === 0 || !fs.existsSync(bundle)) return undefined;
  // The build wrote it: whoever can change it can change the code beside it.
  const known = JSON.parse(fs.readFileSync(bundle, 'utf8')) as Known;
  return known.sum === sumOf(files) ? known : undefined;
}

/** By whatever name the folder goes: a project that took these policies over unchanged has the same ones. */
const sumOf = (files: readonly PolicyFile[]): string =>
  sha256(JSON.stringify(files.map(({ file, text }) => [file.slice(file.indexOf(FOLDER)), text])));

const FOLDER = 'policies/';
