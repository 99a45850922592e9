import type { Finding } from '#model/finding.ts';

/**
 * Findings about what plimsoll itself renders, that nobody's environment file can mend and that are meant. They are
 * counted as waived in every summary; each has its reason.
 */
const ACCEPTED: readonly { readonly code: Finding['code']; readonly kind: string }[] = [
  // Only v1 XRDs offer claims, on Crossplane 1.20 and on 2.x, which warns: docs/decisions/0009-xrd-v1.md
  { code: 'schema-version-deprecated', kind: 'CompositeResourceDefinition' },
  // Managed resources whose definitions are not among the pinned sources: imports/SOURCES.md
  { code: 'schema-missing', kind: 'VPCEndpointRouteTableAssociation' },
  { code: 'schema-missing', kind: 'VPCEndpointSecurityGroupAssociation' },
  { code: 'schema-missing', kind: 'VPCEndpointSubnetAssociation' },
  { code: 'composition-base-unknown', kind: 'VPCEndpointRouteTableAssociation' },
  { code: 'composition-base-unknown', kind: 'VPCEndpointSecurityGroupAssociation' },
  { code: 'composition-base-unknown', kind: 'VPCEndpointSubnetAssociation' },
];

/** Whether a finding about a rendered manifest is meant. */
export const isAccepted = (finding: Finding): boolean =>
  ACCEPTED.some(({ code, kind }) => code === finding.code && kind === kindOf(finding));

/** Whose kind a finding is about: of what a Composition composes, not the Composition. */
const kindOf = (finding: Finding): string | undefined =>
  finding.code === 'composition-base-unknown' ? finding.args.kind : finding.subject?.kind;
