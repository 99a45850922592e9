import fs from 'node:fs';
import path from 'node:path';
import { isKubernetesObject, type Manifest } from '#manifests/manifest.ts';
import { disk } from '#manifests/read/disk.ts';
import { readManifests } from '#manifests/read/read.ts';
import type { Finding } from '#model/finding.ts';
import { segmentsOf } from '#model/pointer.ts';
import { suggester } from '#model/suggest.ts';
import { crdsOfXrd } from '#platform/foreign-xrd.ts';
import { CHECKS, type CheckName } from '#validate/check.ts';
import { type KubeconformHost, machine } from '#validate/kubeconform/host.ts';
import type { Policy } from '#validate/policy/admission-policy.ts';
import { loadPolicies } from '#validate/policy/load.ts';
import { checkPolicies } from '#validate/policy/policy.ts';
import type { PolicyDocument } from '#validate/policy/policy-file.ts';
import type { CrdSchema } from '#validate/schema/crd.ts';
import { crdsIn } from '#validate/schema/documents.ts';
import { openStore, type SchemaStore, withCrds } from '#validate/schema/store.ts';
import type { ValidationOptions } from '#validate/validate.ts';
import type { Arguments } from './arguments.ts';
import { packageRoot } from './package-root.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** What the options of a checking command ask for, made ready once for all environments. */
export interface Checking {
  /** Options for the manifests of one cluster. */
  readonly optionsFor: (kubernetesVersion: string) => ValidationOptions;
  /** The policies as manifests: the cluster gets the files that judged. */
  readonly policyManifests: readonly Manifest[];
  /** What is wrong with policies and with the user's own schemas. */
  readonly findings: readonly Finding[];
  /** What the options bring in that verdicts depend on; undefined where others judge than plimsoll itself. */
  readonly facts: readonly string[] | undefined;
}

/** Reads the options, the policies and the user's schemas. Throws UsageError for options that can't be meant. */
export function prepareChecking(typed: Arguments, terminal: Terminal): Checking {
  const checks = chosenChecks(typed);
  const kubeconform = chosenEngine(typed, terminal);
  const policies = readPolicies(typed, terminal);
  const schemas = readSchemas(typed, terminal);
  const stores = new Map<string, SchemaStore>();
  const storeFor = (version: string) => {
    const known = stores.get(version);
    if (known !== undefined) return known;
    const store = withCrds(openStore(version, readSchemaFile), schemas.crds);
    stores.set(version, store);
    return store;
  };
  return {
    optionsFor: (kubernetesVersion) => ({
      store: storeFor(kubernetesVersion),
      checks,
      crdsOfXrd,
      ...(kubeconform && { kubeconform }),
      ...(checks.includes('policy') && {
        policy: (manifests, store, extent) =>
          checkPolicies(policies.policies, manifests, { resourceOf: resourcesOf(store), ...extent }),
      }),
    }),
    policyManifests: policies.manifests,
    findings: [...policies.findings, ...schemas.findings],
    facts:
      kubeconform === undefined
        ? [checks.join(), typed.list('policies').join(), policies.texts, JSON.stringify(schemas.crds)]
        : undefined,
  };
}

function chosenChecks(typed: Arguments): readonly CheckName[] {
  const only = typed.list('checks').map(checkNamed);
  const skipped = typed.list('skip-checks').map(checkNamed);
  const chosen = CHECKS.filter(
    (check) => (only.length === 0 || only.includes(check)) && !skipped.includes(check),
  );
  if (chosen.length === 0) throw new UsageError('these options leave no check to run');
  return chosen;
}

function checkNamed(name: string): CheckName {
  const check = CHECKS.find((known) => known === name);
  if (check !== undefined) return check;
  const near = suggester()(name, CHECKS);
  throw new UsageError(
    `there is no check ${JSON.stringify(name)}${near === undefined ? '' : `; did you mean ${near}?`} (there are ${CHECKS.join(', ')})`,
  );
}

function chosenEngine(typed: Arguments, terminal: Terminal): KubeconformHost | undefined {
  const engine = typed.value('engine') ?? 'embedded';
  if (engine === 'embedded') return undefined;
  if (engine === 'kubeconform') return machine(terminal.env);
  throw new UsageError(`there is no engine ${JSON.stringify(engine)} (there are embedded, kubeconform)`);
}

interface ReadPolicies {
  readonly policies: readonly Policy[];
  readonly manifests: readonly Manifest[];
  readonly findings: readonly Finding[];
  /** What the files hold, to tell them from others. */
  readonly texts: string;
}

/** The policies of the folder that one stands in; where it has none, those that come with plimsoll. */
function readPolicies(typed: Arguments, terminal: Terminal): ReadPolicies {
  const own = policyFiles(path.join(terminal.cwd, 'policies'), 'policies');
  const files = own.length > 0 ? own : policyFiles(path.join(packageRoot(), 'policies'), 'plimsoll/policies');
  const read = files.map(({ file, path: at }) => ({ file, text: fs.readFileSync(at, 'utf8') }));
  const loaded = loadPolicies(read);
  const manifests = loaded.documents.flatMap(manifestOf);
  const all = loaded.value ?? [];
  const names = typed.list('policies');
  for (const name of names) {
    if (all.some((policy) => policy.name === name)) continue;
    const near = suggester()(
      name,
      all.map((policy) => policy.name),
    );
    throw new UsageError(
      `there is no policy ${JSON.stringify(name)}${near === undefined ? '' : `; did you mean ${near}?`}`,
    );
  }
  const policies = names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
  return { policies, manifests, findings: loaded.findings, texts: JSON.stringify(read) };
}

/** Which version judges definitions themselves. */
const NEWEST = '1.35';

function policyFiles(
  folder: string,
  shown: string,
): readonly { readonly file: string; readonly path: string }[] {
  if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map(({ name }) => ({ file: `${shown}/${name}`, path: path.join(folder, name) }))
    .sort((left, right) => (left.file < right.file ? -1 : 1));
}

/** A policy document as a manifest; none for what names no kind or has no name, which is a finding already. */
function manifestOf({ value, origin }: PolicyDocument): readonly Manifest[] {
  return isKubernetesObject(value)
    ? [{ object: value, file: origin([]).file, locate: (pointer) => origin(segmentsOf(pointer)) }]
    : [];
}

interface ReadSchemas {
  readonly crds: readonly CrdSchema[];
  readonly findings: readonly Finding[];
}

function readSchemas(typed: Arguments, terminal: Terminal): ReadSchemas {
  const folders = typed.list('schemas').map((folder) => path.resolve(terminal.cwd, folder));
  if (folders.length === 0) return { crds: [], findings: [] };
  const { value = [], findings } = readManifests(folders, disk);
  const { crds, findings: unusable } = crdsIn(value, openStore(NEWEST, readSchemaFile), crdsOfXrd);
  return { crds, findings: [...findings, ...unusable] };
}

const readSchemaFile = (relative: string): unknown =>
  JSON.parse(fs.readFileSync(path.join(packageRoot(), 'imports/schemas', relative), 'utf8'));

/** Policies speak of resources (`deployments`), manifests of kinds (`Deployment`). */
const resourcesOf = (store: SchemaStore) => (group: string, version: string, kind: string) => {
  const schema = store.find(group === '' ? version : `${group}/${version}`, kind);
  return schema === undefined
    ? undefined
    : { plural: schema.plural, namespaced: schema.scope === 'Namespaced' };
};
