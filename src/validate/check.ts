import type { Manifest } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';

/** The parts of validation; the names that `--checks` and `--skip-checks` take. */
export const CHECKS = ['schema', 'cel', 'builtin', 'composition', 'graph', 'policy'] as const;
export type CheckName = (typeof CHECKS)[number];

/** What one check did: nothing counts as checked that is not in `covered`. */
export interface CheckOutcome {
  readonly check: CheckName;
  /** Who judged: `embedded`, `kubeconform 0.8.0`, `5 policies`... */
  readonly engine: string;
  readonly findings: readonly Finding[];
  /** Documents that this check looked at; a document that no check covers is a finding. */
  readonly covered: ReadonlySet<Manifest>;
  /** Of the policies: which of them judged each document, by name. */
  readonly judgedBy?: ReadonlyMap<Manifest, readonly string[]>;
}
