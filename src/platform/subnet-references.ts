import { combine, constant, from, type Patch } from './patches.ts';

/**
 * The private subnets of a network, by the names that its composition gives them. Names wait for all subnets;
 * a selector would take those that happen to exist when it's first asked, and keep to them.
 */
export const privateSubnetName = '%s-private-%s';

/**
 * Patches a list of references: one to three zones, as `spec.zones` has them. They are looked up each time: a
 * reference is otherwise resolved once and for the whole list, so that a zone that comes later would never join.
 * https://docs.crossplane.io/latest/managed-resources/managed-resources/#matching-by-name-reference
 */
export const privateSubnets = (list: string): readonly Patch[] =>
  [0, 1, 2].flatMap((index) => [
    combine(privateSubnetName, `${list}[${index}].name`, 'spec.networkName', `spec.zones[${index}]`),
    from(`spec.zones[${index}]`, `${list}[${index}].policy.resolve`, constant('Always')),
  ]);
