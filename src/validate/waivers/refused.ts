import type { Code, Finding } from '#model/finding.ts';
import { COULD_NOT_CHECK } from '../coverage.ts';

/**
 * A waiver says that a result is accepted; where nothing was checked, there is none. Neither a waiver nor the baseline
 * takes these away. What has no schema is another matter: it is named by its kind, and the policies still judge it.
 */
const REFUSED: ReadonlySet<Code> = new Set<Code>([
  ...COULD_NOT_CHECK,
  'manifest-unchecked',
  'manifest-encoding',
  'manifest-too-large',
  'manifest-too-deep',
  'manifest-expands',
  'manifest-syntax',
  'manifest-duplicate-key',
  'manifest-key',
  'manifest-tag',
  'manifest-alias',
  'manifest-merge',
  'manifest-number',
  'manifest-no-object',
  'manifest-identity',
  'output-stale',
  'schema-more',
  'schema-unusable',
  'rule-unusable',
  'rule-not-judged',
  'policy-unreadable',
  'policy-kind-unsupported',
  'policy-field-invalid',
  'policy-expression-invalid',
  'policy-expression-unsupported',
  'policy-binding-dangling',
  'policy-duplicate',
  'record-unreadable',
  'record-field',
  'waiver-unknown',
  'waiver-refused',
  'waiver-too-broad',
  'waiver-expired',
  'waiver-unused',
  'baseline-stale',
]);

export const canBeWaived = (code: Code): boolean => !REFUSED.has(code);

/** Only what speaks of an object can be selected. */
export const mayPass = ({ code, subject }: Finding): boolean => subject !== undefined && canBeWaived(code);
