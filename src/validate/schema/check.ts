import type { Manifest } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import { suggester } from '#model/suggest.ts';
import type { CheckOutcome } from '../check.ts';
import { findingAt } from '../finding.ts';
import { whenApplied } from './applied.ts';
import { isBlocking } from './blocking.ts';
import { type Scopes, scopesOf } from './compile.ts';
import { applyDefaults } from './defaults.ts';
import type { JsonSchema } from './jsonSchema.ts';
import { judgeKind } from './kind.ts';
import { STRUCTURE } from './scope.ts';
import type { KindSchema, SchemaStore } from './store.ts';
import { noneUnlisted, reported, type Trail, type ValueCheck } from './trail.ts';

export interface SchemaOutcome extends CheckOutcome {
  /** What is so far from its schema that the API server looks at no rule of it. */
  readonly unfit: ReadonlySet<Manifest>;
}

/**
 * The embedded schema check.
 *
 * Input: manifests and a store of schemas. Output: every way in which a manifest is not what its schema says,
 * with pointer and place. Guarantees: pure; a kind without a schema is a finding and is not covered; what the
 * API server would read as absent (null) is absent, what it would default is present.
 */
export function checkSchemas(
  manifests: readonly Manifest[],
  store: SchemaStore,
  { previous }: SchemaOptions = {},
): SchemaOutcome {
  const judge = documentJudge(store);
  const suggest = suggester();
  const findings: Finding[] = [];
  const covered = new Set<Manifest>();
  const unfit = new Set<Manifest>();
  for (const manifest of manifests) {
    const kind = judgeKind(manifest, store, suggest);
    findings.push(...kind.findings);
    if (kind.schema === undefined) continue;
    covered.add(manifest);
    const problems = judge(manifest.object, kind.schema);
    const former = previous?.(manifest);
    const told =
      former === undefined ? problems : whenApplied(problems, kind.schema, manifest.object, former);
    for (const problem of told) {
      if (isBlocking(problem)) unfit.add(manifest);
      findings.push(findingAt(manifest, problem, problem.pointer ?? ''));
    }
  }
  return { check: 'schema', engine: 'embedded', findings, covered, unfit };
}

export interface SchemaOptions {
  /** What a manifest was before a change, where it was there: then it is judged as server-side apply changes it. */
  readonly previous?: ((manifest: Manifest) => unknown) | undefined;
}

/** Problems of a document against its kind's schema: findings without subject and origin. */
export type DocumentJudge = (document: unknown, kind: KindSchema) => readonly Finding[];

/** What is built from the schemas of a store serves every judge of it: building costs more than judging. */
const BUILT = new WeakMap<SchemaStore, Built>();

interface Built {
  readonly scopes: Scopes;
  readonly checks: Map<KindSchema, ValueCheck>;
}

function builtFor(store: SchemaStore): Built {
  const known = BUILT.get(store);
  if (known !== undefined) return known;
  const built: Built = { scopes: scopesOf(store), checks: new Map() };
  BUILT.set(store, built);
  return built;
}

/** A judge for the kinds of a store. */
export function documentJudge(store: SchemaStore): DocumentJudge {
  const { scopes, checks } = builtFor(store);
  const suggest = suggester();
  return (document, kind) => {
    let check = checks.get(kind);
    if (check === undefined) {
      check = scopes[kind.family].compile(kind.schema, STRUCTURE);
      checks.set(kind, check);
    }
    const secret = kind.kind === 'Secret' && kind.apiVersion === 'v1';
    const trail: Trail = { keys: [], problems: [], unlisted: noneUnlisted(), secret, suggest };
    check(document, trail);
    const problems = reported(trail);
    return kind.hasStatus === true && problems.length > 0 ? problems.map(withinStatus) : problems;
  };
}

/** Problems of a default in a definition, at its place there. */
export function defaultJudge(
  kubernetesVersion: string,
): (schema: JsonSchema, value: unknown, pointer: string) => readonly Finding[] {
  // A structural schema refers to no definition.
  const { custom } = scopesOf({ definition: () => undefined, kubernetesVersion });
  const suggest = suggester();
  return (schema, value, pointer) => {
    const trail: Trail = { keys: [], problems: [], unlisted: noneUnlisted(), secret: false, suggest };
    custom.compile(schema, STRUCTURE)(applyDefaults(schema, value), trail);
    return reported(trail).map((problem) => ({ ...problem, pointer: `${pointer}${problem.pointer ?? ''}` }));
  };
}

/**
 * A status that is written apart is dropped from what users write, before it is judged; its unknown fields are
 * refused before that. Only apply on the server's side minds its types.
 */
function withinStatus(problem: Finding): Finding {
  const { code, severity, pointer = '' } = problem;
  const isDropped = /^\/status(\/|$)/.test(pointer) && code !== 'schema-unknown-field';
  return isDropped && severity === 'error' ? { ...problem, severity: 'warning' } : problem;
}
