import type { Finding } from '#model/finding.ts';
import { pointerTo } from '#model/pointer.ts';
import type { Suggest } from '#model/suggest.ts';

/** What one run of a check over a document carries: where it is, and what it has found so far. */
export interface Trail {
  /** Keys from the document's root to the value in hand; pushed and popped, never copied on the way. */
  readonly keys: (string | number)[];
  readonly problems: Finding[];
  /** Whether values may be shown; not those of a Secret. */
  readonly secret: boolean;
  /** Bounded: a document full of unknown fields must not cost more than others. */
  readonly suggest: Suggest;
}

/** Looks at a value and adds what is wrong with it to the trail. */
export type ValueCheck = (value: unknown, trail: Trail) => void;

/** Findings of one document; more help nobody, but that there are more is said. */
const MOST_PROBLEMS = 500;

/** JSON pointer of the value in hand, or of one of its fields. */
export function pointerOf(trail: Trail, field?: string): string {
  const keys = field === undefined ? trail.keys : [...trail.keys, field];
  return pointerTo(...keys);
}

/** Adds a finding at the value in hand, or at one of its fields. */
export function report(trail: Trail, finding: Finding, field?: string): void {
  if (trail.problems.length > MOST_PROBLEMS) return;
  if (trail.problems.length === MOST_PROBLEMS) {
    const args = { limit: MOST_PROBLEMS };
    trail.problems.push({ code: 'schema-more', severity: 'error', pointer: '', args });
    return;
  }
  trail.problems.push({ ...finding, pointer: pointerOf(trail, field) });
}

/** Whether a value passes, without reporting what is wrong with it. */
export function passes(check: ValueCheck, value: unknown, trail: Trail): boolean {
  const probe: Trail = { ...trail, problems: [] };
  check(value, probe);
  return probe.problems.length === 0;
}
