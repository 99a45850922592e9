import { combine, type Patch } from './patches.ts';

/**
 * The private subnets of a network, by the names that its composition gives them. Names wait for all subnets;
 * a selector would take those that happen to exist when it's first asked, and keep to them.
 */
export const privateSubnetName = '%s-private-%s';

/** Patches a list of references: two or three zones, as `spec.zones` has them. */
export const privateSubnets = (list: string): readonly Patch[] =>
  [0, 1, 2].map((index) =>
    combine(privateSubnetName, `${list}[${index}].name`, 'spec.networkName', `spec.zones[${index}]`),
  );
