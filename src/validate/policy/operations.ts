import type { Finding } from '#model/finding.ts';
import type { Policy, ResourceRule } from './admission-policy.ts';

/**
 * Policies that judge only what no document here becomes: deletions, where nobody knows of any; connections and
 * subresources, ever.
 */
export function unjudgedOperations(policies: readonly Policy[], isBaseKnown: boolean): readonly Finding[] {
  const isGiven = (operation: string): boolean =>
    operation === '*' ||
    operation === 'CREATE' ||
    operation === 'UPDATE' ||
    (isBaseKnown && operation === 'DELETE');
  return policies.flatMap(({ name, origin, constraints }): readonly Finding[] => {
    const rules = (constraints.rules ?? []).filter(judgesResource);
    if (constraints.rules === undefined || rules.some(({ operations }) => operations.some(isGiven)))
      return [];
    const operations =
      rules.length === 0 ? ['subresources'] : [...new Set(rules.flatMap((rule) => rule.operations))];
    return [
      { code: 'policy-operation-unjudged', severity: 'info', origin, args: { policy: name, operations } },
    ];
  });
}

/** Whether a rule names a resource itself, and not only what hangs on it. */
const judgesResource = ({ resources }: ResourceRule): boolean =>
  resources.some((name) => !name.includes('/') || name.endsWith('/*'));
