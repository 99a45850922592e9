import type { Finding } from '#model/finding.ts';

/**
 * Findings about what plimsoll itself renders, that nobody's environment file can mend and that are meant. They are
 * counted as waived in every summary; each has its reason.
 */
const ACCEPTED: readonly { readonly code: Finding['code']; readonly kind: string }[] = [
  // Only v1 XRDs offer claims, on Crossplane 1.20 and on 2.x, which warns: docs/decisions/0009-xrd-v1.md
  { code: 'schema-version-deprecated', kind: 'CompositeResourceDefinition' },
];

/** Whether a finding about a rendered manifest is meant. */
export const isAccepted = ({ code, subject }: Finding): boolean =>
  ACCEPTED.some((accepted) => accepted.code === code && accepted.kind === subject?.kind);
