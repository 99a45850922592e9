import { type Manifest, subjectOf } from '#manifests/manifest.ts';
import type { Subject } from '#model/finding.ts';
import type { CheckName, CheckOutcome } from './check.ts';

/** Document by check: who looked at what. Nothing counts as checked that is not in it. */
export interface DocumentLedger {
  readonly file: string;
  readonly subject: Subject;
  /** Whether Crossplane will create it; then `file` is that of its claim. */
  readonly isPreviewed: boolean;
  readonly checks: readonly CheckName[];
  /** Policies that judged it, by name. */
  readonly policies: readonly string[];
}

/** A line for each document, in the order of the documents. `previewed` are those among them that nobody wrote. */
export function ledgerOf(
  documents: readonly Manifest[],
  outcomes: readonly CheckOutcome[],
  previewed: ReadonlySet<Manifest>,
): readonly DocumentLedger[] {
  return documents.map((document) => ({
    file: document.file,
    subject: subjectOf(document),
    isPreviewed: previewed.has(document),
    checks: outcomes.filter(({ covered }) => covered.has(document)).map(({ check }) => check),
    policies: outcomes.flatMap(({ judgedBy }) => judgedBy?.get(document) ?? []),
  }));
}
