import type { Environment } from '#model/environment/environment.ts';
import { networkName } from '#model/names.ts';
import { subnets } from '#model/subnets.ts';
import { awsWiringOf, type Claim, claim } from '../claim.ts';
import { networkComposition } from './composition.ts';
import { type NetworkSpec, network } from './definition.ts';

/** The claim of the VPC. Deleting it would take everything else along, so it counts as stateful. */
export function networkClaims(environment: Environment): readonly Claim<NetworkSpec>[] {
  const { cidr, natGateways } = environment.spec.network;
  const name = networkName(environment);
  return [
    claim(environment, {
      definition: network,
      name,
      composition: networkComposition(environment),
      cause: '/spec/network',
      blame: { cidrBlock: 'cidr', natGateways: 'natGateways', zones: 'availabilityZones' },
      stateful: true,
      spec: {
        ...awsWiringOf(environment, 'Orphan'),
        name,
        cidrBlock: cidr,
        natGateways,
        zones: Object.fromEntries(subnets(environment).map(({ zone, ...ranges }) => [zone, ranges])),
      },
    }),
  ];
}
