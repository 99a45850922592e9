import type { Finding, Severity } from '#model/finding.ts';
import { pointerTo } from '#model/pointer.ts';
import type { Suggest } from '#model/suggest.ts';

/** What one run of a check over a document carries: where it is, and what it has found so far. */
export interface Trail {
  /** Keys from the document's root to the value in hand; pushed and popped, never copied on the way. */
  readonly keys: (string | number)[];
  readonly problems: Finding[];
  /** What was found after as many problems as are listed. */
  readonly unlisted: Unlisted;
  /** Whether values may be shown; not those of a Secret. */
  readonly secret: boolean;
  /** Bounded: a document full of unknown fields must not cost more than others. */
  readonly suggest: Suggest;
}

export interface Unlisted {
  count: number;
  /** The worst among them. */
  severity: Severity;
}

export const noneUnlisted = (): Unlisted => ({ count: 0, severity: 'info' });

/** Looks at a value and adds what is wrong with it to the trail. */
export type ValueCheck = (value: unknown, trail: Trail) => void;

/** Findings of one document; more help nobody, but that there are more is said. */
const MOST_PROBLEMS = 500;

/** JSON pointer of the value in hand, or of one of its fields. */
export function pointerOf(trail: Trail, ...fields: readonly string[]): string {
  const keys = fields.length === 0 ? trail.keys : [...trail.keys, ...fields];
  return pointerTo(...keys);
}

/** Adds a finding at the value in hand, or at something in it. */
export function report(trail: Trail, finding: Finding, ...fields: readonly string[]): void {
  if (trail.problems.length < MOST_PROBLEMS) {
    trail.problems.push({ ...finding, pointer: pointerOf(trail, ...fields) });
    return;
  }
  const { unlisted } = trail;
  unlisted.count++;
  if (finding.severity === 'error' || unlisted.severity === 'info') unlisted.severity = finding.severity;
}

/** Everything that was reported: the problems that are listed, and how many are not. */
export function reported({ problems, unlisted: { count, severity } }: Trail): readonly Finding[] {
  if (count === 0) return problems;
  const args = { listed: problems.length, more: count };
  return [...problems, { code: 'schema-more', severity, pointer: '', args }];
}

/** Whether a value passes, without reporting what is wrong with it. */
export function passes(check: ValueCheck, value: unknown, trail: Trail): boolean {
  const probe: Trail = { ...trail, problems: [], unlisted: noneUnlisted() };
  check(value, probe);
  return probe.problems.length === 0;
}
