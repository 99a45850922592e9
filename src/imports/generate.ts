import { createHash } from 'node:crypto';
import { bundle, type ConstructKind, compareDeclared } from './constructs.ts';
import { readCustomKind, readCustomKindObject } from './custom-kind.ts';
import { type Fetched, fetchSources, type Origins } from './fetch.ts';
import { type KubernetesApi, mergeKubernetesApi } from './kubernetes.ts';
import { type Lock, writeLock } from './lock.ts';
import { failed, type Outcome, type Problem } from './problem.ts';
import { type SchemaKind, schemaFiles } from './schemas.ts';
import { sourcesPage } from './sources-page.ts';

/**
 * Makes `imports/` from pinned sources.
 *
 * Input: the lock, where bytes come from, cdk8s.yaml's bundles, and the platform's own definitions.
 * Output: every generated file's text, the new lock among them. Nothing is written here.
 * Guarantees: nothing unpinned goes in; same input, same bytes; all problems at once; no path in the output leads
 * out of its folder.
 */

/** One of the platform's own kinds, as the CustomResourceDefinition that Crossplane makes of it. */
export interface PlatformKind {
  readonly definition: unknown;
  /** For claims: people construct them. Not for composites, which Crossplane makes. */
  readonly constructs: boolean;
}

export interface Inputs {
  readonly lock: Lock;
  /** What cdk8s.yaml lists under `imports`. */
  readonly declared: readonly string[];
  readonly platform: readonly PlatformKind[];
  /** The version of cdk8s-cli, whose output depends on it. */
  readonly generator: string;
}

export interface Edges extends Origins {
  /** Runs `cdk8s import` on the bundles: bundle path -> text in, module file name -> text out. Throws its message. */
  readonly importConstructs: (bundles: ReadonlyMap<string, string>) => Promise<ReadonlyMap<string, string>>;
  readonly say: (what: string) => void;
}

export const LOCK_FILE = 'imports.lock.json';

/** What an import makes: path -> text each. */
export interface Generated {
  /** Below imports/, the lock included. */
  readonly files: ReadonlyMap<string, string>;
  /** What cdk8s.yaml lists, so that a plain `cdk8s import` does the same afterwards. */
  readonly bundles: ReadonlyMap<string, string>;
}

/** Everything that `plimsoll import` writes. With `pin`, the sources' sums are taken as they are now. */
export async function generate(inputs: Inputs, edges: Edges, pin: boolean): Promise<Outcome<Generated>> {
  edges.say('reading the pinned sources');
  const fetched = await fetchSources(inputs.lock, edges, pin);
  if (fetched.value === undefined) return failed(...fetched.problems);
  const lock = pin ? pinned(inputs.lock, fetched.value) : inputs.lock;

  const custom = readCustomKinds(fetched.value, inputs.platform);
  const minors = readMinors(fetched.value);
  const problems = [...custom.problems, ...minors.problems];
  if (custom.value === undefined || minors.value === undefined) return failed(...problems);

  const bundles = bundle(custom.value.constructs);
  if (bundles.value === undefined) return failed(...bundles.problems);
  const undeclared = compareDeclared(bundles.value, inputs.declared);
  if (undeclared.length > 0) return failed(...undeclared);

  edges.say('cdk8s import');
  const modules = await importModules(bundles.value, edges);
  if (modules.value === undefined) return failed(...modules.problems);

  const files = new Map([...modules.value, ...schemaFiles(custom.value.schemas, minors.value)]);
  files.set(
    'SOURCES.md',
    sourcesPage(
      lock,
      fetched.value.filter(({ source }) => source.kubernetes === undefined),
    ),
  );
  const sums = Object.fromEntries([...files].map(([path, text]) => [path, sha256(text)]));
  const generated = { from: inputsSum({ ...inputs, lock }), files: sums };
  files.set(LOCK_FILE, writeLock({ ...lock, generated }));
  return { value: { files, bundles: bundles.value }, problems: [] };
}

/** What went in, as one sum: tells without network whether imports/ is older than what it is made from. */
export function inputsSum({ lock, declared, platform, generator }: Inputs): string {
  // Without the prose, whose changes change nothing here.
  const own = platform.map(({ definition, constructs }) => [
    readCustomKindObject(definition, ''),
    constructs,
  ]);
  return sha256(JSON.stringify([lock.sources, lock.files, declared, own, generator]));
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function pinned(lock: Lock, fetched: readonly Fetched[]): Lock {
  return { ...lock, files: fetched.map(({ file, sha256: sum }) => ({ ...file, sha256: sum })) };
}

interface CustomKinds {
  readonly constructs: readonly ConstructKind[];
  readonly schemas: readonly SchemaKind[];
}

function readCustomKinds(
  fetched: readonly Fetched[],
  platform: readonly PlatformKind[],
): Outcome<CustomKinds> {
  const constructs: ConstructKind[] = [];
  const schemas: SchemaKind[] = [];
  const problems: Problem[] = [];
  for (const one of fetched.filter(({ source }) => source.kubernetes === undefined)) {
    const read = readCustomKind(one);
    problems.push(...read.problems);
    if (read.value === undefined) continue;
    const { version, input } = one.file;
    schemas.push({ custom: read.value, ...(input === undefined ? {} : { input }) });
    if (one.file.constructs === true)
      constructs.push({ custom: read.value, ...(version === undefined ? {} : { version }) });
  }
  for (const [index, { definition, constructs: wanted }] of platform.entries()) {
    const read = readCustomKindObject(definition, `the platform's definition ${index}`);
    problems.push(...read.problems);
    if (read.value === undefined) continue;
    schemas.push({ custom: read.value });
    if (wanted) constructs.push({ custom: read.value, plainStrings: true });
  }
  problems.push(...duplicates(schemas));
  return problems.length > 0 ? failed(...problems) : { value: { constructs, schemas }, problems };
}

/** Two of one kind would write the same file; names that differ only in case would, on some file systems. */
function duplicates(schemas: readonly SchemaKind[]): readonly Problem[] {
  const seen = new Set<string>();
  return schemas.flatMap(({ custom }): readonly Problem[] => {
    const identity = `${custom.kind}.${custom.group}`;
    if (seen.has(identity.toLowerCase())) {
      return [{ code: 'source-unusable', file: identity, reason: 'it comes twice' }];
    }
    seen.add(identity.toLowerCase());
    return [];
  });
}

function readMinors(fetched: readonly Fetched[]): Outcome<ReadonlyMap<string, KubernetesApi>> {
  const byMinor = new Map<string, Fetched[]>();
  for (const one of fetched) {
    const minor = one.source.kubernetes;
    if (minor !== undefined) byMinor.set(minor, [...(byMinor.get(minor) ?? []), one]);
  }
  const minors = new Map<string, KubernetesApi>();
  const problems: Problem[] = [];
  for (const [minor, documents] of byMinor) {
    const merged = mergeKubernetesApi(documents);
    problems.push(...merged.problems);
    if (merged.value !== undefined) minors.set(minor, merged.value);
  }
  return problems.length > 0 ? failed(...problems) : { value: minors, problems };
}

async function importModules(
  bundles: ReadonlyMap<string, string>,
  { importConstructs }: Edges,
): Promise<Outcome<ReadonlyMap<string, string>>> {
  try {
    return { value: await importConstructs(bundles), problems: [] };
  } catch (error) {
    return failed({
      code: 'constructs-failed',
      reason: error instanceof Error ? error.message : String(error),
    });
  }
}
