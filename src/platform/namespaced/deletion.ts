import { type Json, listOf, textOf } from './json.ts';

/**
 * Deletion policy -> management policies: namespaced managed resources have no `deletionPolicy`. Orphan means
 * everything but Delete.
 * https://docs.crossplane.io/latest/managed-resources/managed-resources/#managementpolicies
 */

const DELETION_POLICY = 'spec.deletionPolicy';
const MANAGEMENT_POLICIES = 'spec.managementPolicies';

const EVERYTHING = ['Observe', 'Create', 'Update', 'Delete', 'LateInitialize'];

/** What Crossplane may do with a resource, by the word of the deletion policy. */
interface Policies {
  readonly Orphan: readonly unknown[];
  readonly Delete: readonly unknown[];
}

/** Policies by the word of the deletion policy, of those that a base allows at all: `*` where it says nothing. */
export function policiesOf(spec: Json): Policies {
  const allowed = 'managementPolicies' in spec ? listOf(spec['managementPolicies']) : ['*'];
  const all = allowed.includes('*') ? EVERYTHING : allowed;
  return { Orphan: all.filter((policy) => policy !== 'Delete'), Delete: allowed };
}

/** Whether the word makes no difference: a resource that is only watched deletes nothing anyway. */
export const isAlike = ({ Orphan, Delete }: Policies): boolean =>
  Orphan.length === Delete.length && !Delete.includes('*');

/** Whether a patch writes the deletion policy of a resource. */
export function setsDeletionPolicy(patch: Json): boolean {
  const target = textOf(patch['toFieldPath']) || textOf(patch['fromFieldPath']);
  return target === DELETION_POLICY && !/^(To|CombineTo)/.test(textOf(patch['type']));
}

/** The same patch; what it wrote is looked up after all its own transforms. */
export const translated = (patch: Json, policies: Policies): Json => ({
  ...patch,
  toFieldPath: MANAGEMENT_POLICIES,
  transforms: [...listOf(patch['transforms']), { type: 'map', map: { ...policies } }],
});
