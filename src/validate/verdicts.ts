import { type Manifest, type Source, subjectOf } from '#manifests/manifest.ts';
import type { CheckName, CheckOutcome } from './check.ts';
import type { PolicyOutcome } from './policy/policy.ts';

/**
 * What earlier runs found clean. Only the verdicts of checks that judge each document by itself are kept, only those
 * without any finding, and only under everything that they depend on: the document's text, the definitions and
 * namespaces in its cluster, and whatever the keeper was opened for (schemas, policies, the version of plimsoll...).
 * Guarantees: pure; a run with verdicts reports what a run without them does, which a test holds it to.
 */
export interface Verdicts {
  /** Those of one cluster; `circumstances` is what its documents say that others are judged by. */
  readonly within: (circumstances: string) => ClusterVerdicts;
}

export interface ClusterVerdicts {
  readonly get: (source: Source) => Verdict | undefined;
  readonly set: (source: Source, verdict: Verdict) => void;
}

/** A clean document: a bit for each check of JUDGING that covered it, and ASKING. Less than 32. */
export type Verdict = number;

/** Checks that look at one document at a time, in the order of their bits. */
const JUDGING: readonly CheckName[] = ['schema', 'cel', 'builtin', 'policy'];
/** Set where policies looked at the document's namespace. */
const ASKING = 1 << JUDGING.length;

export interface Recall {
  /** The documents that must be judged; the others are known to be clean. */
  readonly anew: readonly Manifest[];
  /** Namespaces by which policies judged those others. */
  readonly asked: ReadonlySet<string>;
  /** Outcomes of the documents that were judged anew, with the others counted as covered; remembers what is clean. */
  readonly complete: (outcomes: readonly CheckOutcome[]) => readonly CheckOutcome[];
}

/** Parts the documents of a cluster in known and unknown. `definitions` are those among them that define kinds. */
export function recall(
  manifests: readonly Manifest[],
  definitions: readonly Manifest[],
  verdicts: Verdicts | undefined,
): Recall {
  const circumstances = verdicts && circumstancesOf(manifests, definitions);
  if (circumstances === undefined) {
    return { anew: manifests, asked: new Set(), complete: (outcomes) => outcomes };
  }
  const cluster = verdicts?.within(circumstances);
  const anew: Manifest[] = [];
  const known: (readonly [Manifest, Verdict])[] = [];
  for (const manifest of manifests) {
    const verdict = manifest.source && cluster?.get(manifest.source);
    if (verdict === undefined) anew.push(manifest);
    else known.push([manifest, verdict]);
  }
  const asked = new Set(
    known.flatMap(([{ object }, verdict]) =>
      verdict & ASKING ? [object.metadata.namespace ?? 'default'] : [],
    ),
  );
  return {
    anew,
    asked,
    complete: (outcomes) => {
      if (cluster !== undefined) remember(anew, outcomes, cluster);
      return outcomes.map((outcome) => withKnown(outcome, known));
    },
  };
}

/**
 * What documents are judged by besides themselves. Undefined where one of those was not read from a text: then
 * nothing can be known.
 */
function circumstancesOf(
  manifests: readonly Manifest[],
  definitions: readonly Manifest[],
): string | undefined {
  const namespaces = manifests.filter(
    ({ object }) => object.kind === 'Namespace' && object.apiVersion === 'v1',
  );
  const sources = [...definitions, ...namespaces].map(({ source }) => source);
  return sources.every((source) => source !== undefined)
    ? sources.map(({ digest, index }) => `${digest} ${index}`).join('\n')
    : undefined;
}

function remember(
  anew: readonly Manifest[],
  outcomes: readonly CheckOutcome[],
  cluster: ClusterVerdicts,
): void {
  const judging = outcomes.filter(({ check }) => JUDGING.includes(check));
  const findings = judging.flatMap((outcome) => outcome.findings);
  // What is found of no document may be told once for many: whose verdict it is can't be known.
  if (findings.some(({ subject }) => subject === undefined)) return;
  const found = new Set(findings.map(({ subject }) => JSON.stringify(subject)));
  for (const manifest of anew) {
    if (manifest.source === undefined) continue;
    if (found.size > 0 && found.has(JSON.stringify(subjectOf(manifest)))) continue;
    if (judging.some((outcome) => isOfPolicies(outcome) && outcome.unsettled.has(manifest))) continue;
    cluster.set(manifest.source, verdictOf(manifest, judging));
  }
}

function verdictOf(manifest: Manifest, outcomes: readonly CheckOutcome[]): Verdict {
  let verdict = 0;
  for (const outcome of outcomes) {
    if (outcome.covered.has(manifest)) verdict |= bitOf(outcome.check);
    if (isOfPolicies(outcome) && outcome.asking.has(manifest)) verdict |= ASKING;
  }
  return verdict;
}

function withKnown(outcome: CheckOutcome, known: readonly (readonly [Manifest, Verdict])[]): CheckOutcome {
  const bit = bitOf(outcome.check);
  if (bit === 0 || known.length === 0) return outcome;
  const covered = new Set(outcome.covered);
  for (const [manifest, verdict] of known) if (verdict & bit) covered.add(manifest);
  return { ...outcome, covered };
}

function bitOf(check: CheckName): number {
  const index = JUDGING.indexOf(check);
  return index === -1 ? 0 : 1 << index;
}

const isOfPolicies = (outcome: CheckOutcome): outcome is PolicyOutcome => 'asking' in outcome;
