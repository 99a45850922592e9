import { type Manifest, subjectOf } from '#manifests/manifest.ts';
import type { Code, Finding } from '#model/finding.ts';
import type { CheckOutcome } from './check.ts';
import { findingAt } from './finding.ts';

/**
 * Nothing is green that was not checked. Whether each document was looked at by a check that judges what is in
 * it (its identity alone does not count), and whether checks could run at all.
 */

/** Codes that mean: this could not be checked, so the run's verdict is neither good nor bad (exit code 2). */
export const COULD_NOT_CHECK: ReadonlySet<Code> = new Set<Code>([
  'manifest-unreadable',
  'manifest-none',
  'kubeconform-missing',
  'kubeconform-version',
  'kubeconform-failed',
]);

/** Codes that already say why a document has no verdict. */
const EXPLAINED: ReadonlySet<Code> = new Set<Code>([
  'schema-missing',
  'schema-version-unknown',
  'schema-version-removed',
  'kubeconform-failed',
]);

/**
 * A finding for each document without a verdict. Nothing where the schema check was not asked for (that is
 * said in the summary, by the checks' names) or could not run at all (that is a finding already).
 */
export function uncovered(
  manifests: readonly Manifest[],
  outcomes: readonly CheckOutcome[],
): readonly Finding[] {
  const judging = outcomes.filter(({ check }) => check !== 'graph');
  if (!judging.some(({ check }) => check === 'schema') || judging.some(isBroken)) return [];
  const explained = new Set(
    judging.flatMap(({ findings }) =>
      findings.filter(({ code }) => EXPLAINED.has(code)).map(({ subject }) => JSON.stringify(subject)),
    ),
  );
  const args = { checks: judging.map(({ check }) => check) };
  return manifests
    .filter((manifest) => !judging.some(({ covered }) => covered.has(manifest)))
    .filter((manifest) => !explained.has(JSON.stringify(subjectOf(manifest))))
    .map((manifest) => findingAt(manifest, { code: 'manifest-unchecked', severity: 'error', args }, ''));
}

/** A finding that speaks of no document is about the check itself. */
const isBroken = ({ findings }: CheckOutcome) =>
  findings.some(({ code, subject }) => subject === undefined && COULD_NOT_CHECK.has(code));
