import { type Manifest, subjectOf } from '#manifests/manifest.ts';
import type { Code, Finding } from '#model/finding.ts';
import type { CheckOutcome } from './check.ts';
import { findingAt } from './finding.ts';

/**
 * Nothing is green that was not checked. Whether a schema or a policy looked at each document (what else is checked
 * needs one of them to mean anything), and whether checks could run at all. ledger.ts has who looked at what.
 */

/** Codes that mean: this could not be checked, so the run's verdict is neither good nor bad (exit code 2). */
export const COULD_NOT_CHECK: ReadonlySet<Code> = new Set<Code>([
  'manifest-unreadable',
  'manifest-none',
  'chart-helm-missing',
  'chart-repository-failed',
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
 * A finding for each document that neither a schema nor a policy looked at; where the schema check was not asked for,
 * one note of how many. Nothing where a check could not run at all, which is a finding already.
 */
export function uncovered(
  manifests: readonly Manifest[],
  outcomes: readonly CheckOutcome[],
): readonly Finding[] {
  const judging = outcomes.filter(({ check }) => check === 'schema' || check === 'policy');
  if (judging.some(isBroken)) return [];
  const left = manifests.filter((manifest) => !judging.some(({ covered }) => covered.has(manifest)));
  if (!judging.some(({ check }) => check === 'schema')) {
    const args = { count: left.length, checks: outcomes.map(({ check }) => check) };
    return left.length === 0 ? [] : [{ code: 'manifests-unchecked', severity: 'info', args }];
  }
  const explained = new Set(
    judging.flatMap(({ findings }) =>
      findings.filter(({ code }) => EXPLAINED.has(code)).map(({ subject }) => JSON.stringify(subject)),
    ),
  );
  const args = { checks: judging.map(({ check }) => check) };
  return left
    .filter((manifest) => !explained.has(JSON.stringify(subjectOf(manifest))))
    .map((manifest) => findingAt(manifest, { code: 'manifest-unchecked', severity: 'error', args }, ''));
}

/** A finding that speaks of no document is about the check itself. */
const isBroken = ({ findings }: CheckOutcome) =>
  findings.some(({ code, subject }) => subject === undefined && COULD_NOT_CHECK.has(code));
