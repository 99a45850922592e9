import type { FieldChange } from '../compare.ts';

/** The worst first. */
export const RISK_KINDS = [
  'data-loss',
  'replacement',
  'downtime',
  'security',
  'capacity',
  'cost',
  'none',
] as const;
export type RiskKind = (typeof RISK_KINDS)[number];

/** What one changed field means, of resources of some kinds. */
export interface FieldRule {
  readonly id: string;
  readonly risk: RiskKind;
  /** `Kind.group`, or `Kind.*.aws` and `Kind.*.atlas` for all groups of these providers, in both flavours of Crossplane. */
  readonly kinds: readonly string[];
  /** Path without items' names: `spec.forProvider.replicationSpecs[].regionConfigs[].electableSpecs.instanceSize`. */
  readonly field: RegExp;
  readonly when?: (change: FieldChange) => boolean;
  readonly because: string | ((change: FieldChange) => string);
}

/** A rule with this field is about resources that come or go as a whole. */
export const WHOLE = /^$/;
