import path from 'node:path';
import { groupOf } from '#manifests/identity.ts';
import { isKubernetesObject, type KubernetesObject, type Manifest } from '#manifests/manifest.ts';
import { disk } from '#manifests/read/disk.ts';
import { readManifests } from '#manifests/read/read.ts';
import type { Finding } from '#model/finding.ts';
import { suggester } from '#model/suggest.ts';
import { crdsOfXrd } from '#platform/foreign-xrd.ts';
import { CHECKS, type CheckName } from '#validate/check.ts';
import { type KubeconformHost, machine } from '#validate/kubeconform/host.ts';
import type { Policy } from '#validate/policy/admission-policy.ts';
import { homesIn, withHosted } from '#validate/policy/hosted.ts';
import { loadPolicies } from '#validate/policy/load.ts';
import { unjudgedOperations } from '#validate/policy/operations.ts';
import { checkPolicies } from '#validate/policy/policy.ts';
import type { PolicyDocument, PolicyFile } from '#validate/policy/policy-file.ts';
import { checkTypes } from '#validate/policy/typecheck/check.ts';
import type { CrdSchema } from '#validate/schema/crd.ts';
import { applyDefaults } from '#validate/schema/defaults.ts';
import { crdsIn } from '#validate/schema/documents.ts';
import { openStore, type SchemaStore, withCrds } from '#validate/schema/store.ts';
import type { ValidationOptions } from '#validate/validate.ts';
import type { Arguments } from './arguments.ts';
import { isKnownSound, withKnown } from './known-policies.ts';
import { policyFiles } from './policy-files.ts';
import { manifestOf, type Policies, policiesOf, shippedPolicies } from './policy-manifests.ts';
import { readSchemaFile } from './schema-files.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** What the options of a checking command ask for, made ready once for all environments. */
export interface Checking extends Policies {
  /** Options for the manifests of one cluster. */
  readonly optionsFor: (kubernetesVersion: string, extent?: Extent) => ValidationOptions;
  /** What is wrong with policies and with the user's own schemas. */
  readonly findings: readonly Finding[];
  /** What policies judge that no document becomes, without a base or with one. */
  readonly unjudged: (isBaseKnown: boolean) => readonly Finding[];
  /** False where policies alone were asked for, and none of them can be judged by. */
  readonly couldCheck: boolean;
  /** What the options bring in that verdicts depend on; undefined where others judge than plimsoll itself. */
  readonly facts: readonly string[] | undefined;
}

/** `whole`: the manifests are all that the cluster will have; a param that isn't among them isn't there. */
type Extent = 'whole' | 'part';

/** Reads the options, the policies and the user's schemas. Throws UsageError for options that can't be meant. */
export function prepareChecking(typed: Arguments, terminal: Terminal): Checking {
  const checks = chosenChecks(typed);
  const kubeconform = chosenEngine(typed, terminal);
  const policies = readPolicies(typed, terminal);
  const schemas = readSchemas(typed, terminal);
  const stores = new Map<string, SchemaStore>();
  const ours = new Map<string, SchemaStore>();
  const storeFor = (version: string) => {
    const known = stores.get(version);
    if (known !== undefined) return known;
    const own = openStore(version, readSchemaFile);
    const store = withCrds(own, schemas.crds);
    stores.set(version, store);
    ours.set(version, own);
    return store;
  };
  // What the build found right by the schemas that come with plimsoll, is right by them.
  const soundBy = (version: string) =>
    isKnownSound(policies.files, version) ? ours.get(version) : undefined;
  const typesOnce = onceEach(
    checkTypes(policies.policies, [...policies.documents, ...policies.derivedDocuments], soundBy),
  );
  return {
    optionsFor: (kubernetesVersion, extent = 'part') => ({
      store: storeFor(kubernetesVersion),
      checks,
      crdsOfXrd,
      ...(kubeconform && { kubeconform }),
      ...(checks.includes('policy') && {
        policy: (manifests, store, judged) => {
          const all = [...policies.documents, ...policies.derivedDocuments];
          const own = withHosted(policies.policies, all, homesIn(manifests));
          const outcome = checkPolicies(own, manifests, {
            resourceOf: resourcesOf(store),
            admittedOf: admittedAs(store),
            params: policies.params,
            isWhole: extent === 'whole',
            ...judged,
          });
          return { ...outcome, findings: [...typesOnce(store), ...outcome.findings] };
        },
        isParam: paramsOf(policies.policies),
      }),
    }),
    ...policiesOf({ documents: policies.documents, derived: policies.derivedDocuments }),
    unjudged: (isBaseKnown) =>
      checks.includes('policy') ? unjudgedOperations(policies.policies, isBaseKnown) : [],
    findings: [...policies.findings, ...schemas.findings],
    couldCheck: policies.policies.length > 0 || checks.some((check) => check !== 'policy'),
    facts:
      kubeconform === undefined
        ? [checks.join(), typed.list('policies').join(), policies.texts, JSON.stringify(schemas.crds)]
        : undefined,
  };
}

/** The policies are those of every environment: what is said of one once needs no second time. */
function onceEach(
  check: (store: SchemaStore) => readonly Finding[],
): (store: SchemaStore) => readonly Finding[] {
  const said = new Set<string>();
  return (store) =>
    check(store).filter((finding) => {
      const text = JSON.stringify(finding);
      if (said.has(text)) return false;
      said.add(text);
      return true;
    });
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
  readonly derivedDocuments: readonly PolicyDocument[];
  /** What they were read from, with places. */
  readonly documents: readonly PolicyDocument[];
  /** Those that policies take values from. */
  readonly params: readonly KubernetesObject[];
  readonly findings: readonly Finding[];
  readonly files: readonly PolicyFile[];
  /** What the files hold, to tell them from others. */
  readonly texts: string;
}

/** The policies of the folder that one stands in; where it has none, those that come with plimsoll. */
function readPolicies(typed: Arguments, terminal: Terminal): ReadPolicies {
  const own = policyFiles(path.join(terminal.cwd, 'policies'), 'policies');
  const isOwn = own.files.length > 0 || own.findings.length > 0;
  const read = isOwn ? own : shippedPolicies();
  const loaded = loadPolicies(withKnown(read.files));
  const manifests = loaded.documents.flatMap(manifestOf);
  const all = loaded.value ?? [];
  const names = typed.list('policies');
  for (const name of names) {
    // Of one that is there and can't be judged by, what is wrong is a finding.
    if (all.some((policy) => policy.name === name) || manifests.some(isPolicyNamed(name))) continue;
    const near = suggester()(
      name,
      all.map((policy) => policy.name),
    );
    throw new UsageError(
      `there is no policy ${JSON.stringify(name)}${near === undefined ? '' : `; did you mean ${near}?`}`,
    );
  }
  const policies = names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
  return {
    policies,
    manifests,
    derivedDocuments: loaded.derived,
    documents: loaded.documents,
    params: loaded.params.flatMap(manifestOf).map(({ object }) => object),
    findings: [...read.findings, ...loaded.findings],
    files: read.files,
    texts: JSON.stringify(read.files),
  };
}

const isPolicyNamed =
  (name: string) =>
  ({ object: { kind, metadata } }: Manifest): boolean =>
    kind === 'ValidatingAdmissionPolicy' && metadata.name === name;

/** Which version judges definitions themselves. */
const NEWEST = '1.35';

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

/** Policies speak of resources (`deployments`), manifests of kinds (`Deployment`). */
export const resourcesOf = (store: SchemaStore) => (group: string, version: string, kind: string) => {
  const schema = store.find(group === '' ? version : `${group}/${version}`, kind);
  return schema === undefined
    ? undefined
    : {
        plural: schema.plural,
        namespaced: schema.scope === 'Namespaced',
        isCustom: schema.family === 'custom',
      };
};

/** Custom resources as the API server gives them to policies: with their defaults. */
const admittedAs =
  (store: SchemaStore) =>
  (object: KubernetesObject): KubernetesObject => {
    const schema = store.find(object.apiVersion, object.kind);
    if (schema?.family !== 'custom') return object;
    const made = applyDefaults(schema.schema, object);
    return isKubernetesObject(made) ? made : object;
  };

/** Whether a manifest is one that some policy may take values from. */
const paramsOf = (policies: readonly Policy[]) => {
  const sources = policies.flatMap(({ paramKind, bindings }) =>
    bindings.flatMap(({ paramRef }) => (paramKind && paramRef ? [{ ...paramKind, ...paramRef }] : [])),
  );
  return ({ object: { apiVersion, kind, metadata } }: Manifest): boolean =>
    sources.some(
      (source) =>
        source.kind === kind &&
        source.group === groupOf(apiVersion) &&
        // In whichever namespace: a hub has such objects for each of its environments.
        (source.name === '' || source.name === metadata.name),
    );
};
