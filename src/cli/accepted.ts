import type { Finding } from '#model/finding.ts';
import { isFor, type Waiver } from '#validate/waivers/waiver.ts';

const plimsoll = { owner: 'plimsoll' } as const;

/**
 * Findings about what plimsoll itself renders, that nobody's environment file can mend and that are meant: waivers like
 * those of `policies/waivers.yaml`, shown in every report like those, which hold as long as this version does.
 */
export const ACCEPTED: readonly Waiver[] = [
  {
    ...plimsoll,
    code: 'schema-version-deprecated',
    selector: { kind: 'CompositeResourceDefinition' },
    reason: 'only v1 XRDs offer claims, on Crossplane 1.20 and on 2.x, which warns',
  },
  {
    ...plimsoll,
    code: 'schema-missing',
    selector: { kind: 'VPCEndpoint*Association' },
    reason: 'the definitions of these managed resources are not among the pinned sources of imports/',
  },
  {
    ...plimsoll,
    code: 'composition-base-unknown',
    selector: { kind: 'VPCEndpoint*Association' },
    reason: 'the definitions of these managed resources are not among the pinned sources of imports/',
  },
];

/** Whether a finding about a rendered manifest is meant. */
export const isAccepted = (finding: Finding): boolean =>
  ACCEPTED.some((waiver) => isFor(waiver, finding, ''));
