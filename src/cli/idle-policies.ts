import type { Manifest } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';

/**
 * Policies of one's own that judged no document of any environment: what they select may not exist. Those that come
 * with plimsoll also judge what others have. A policy on changes and deletions alone waits for one.
 *
 * @param policies The documents of the policy files.
 * @param judging Names of the policies that judged something.
 */
export function idlePolicies(
  policies: readonly Manifest[],
  judging: ReadonlySet<string>,
  environments: number,
): readonly Finding[] {
  return policies
    .filter(({ object, file }) => object.kind === 'ValidatingAdmissionPolicy' && file.startsWith('policies/'))
    .filter(({ object }) => !judging.has(object.metadata.name) && judgesCreation(object['spec']))
    .map((policy) => {
      const origin = policy.locate('/metadata/name');
      return {
        code: 'policy-matched-nothing',
        severity: 'info',
        ...(origin && { origin }),
        args: { policy: policy.object.metadata.name, environments },
      };
    });
}

/** The form of a policy is judged where it is loaded; what has none judges all. */
function judgesCreation(spec: unknown): boolean {
  const rules = listAt(fieldOf(fieldOf(spec, 'matchConstraints'), 'resourceRules'));
  return (
    rules.length === 0 || rules.some((rule) => /CREATE|\*/.test(listAt(fieldOf(rule, 'operations')).join()))
  );
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? new Map<string, unknown>(Object.entries(value)).get(name)
    : undefined;

const listAt = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
