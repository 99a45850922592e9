import type { Environment } from '#model/environment/environment.ts';
import { networkName } from '#model/names.ts';
import { subnets } from '#model/subnets.ts';
import { awsWiringOf, type Claim, claim, present } from '../claim.ts';
import { networkComposition } from './composition.ts';
import { type NetworkSpec, network } from './definition.ts';

/** The claim of the VPC. Deleting it would take everything else along, so it counts as stateful. */
export function networkClaims(environment: Environment): readonly Claim<NetworkSpec>[] {
  const { cidr, endpoints = [], existing } = environment.spec.network;
  const name = networkName(environment);
  return [
    claim(environment, {
      definition: network,
      name,
      composition: networkComposition(environment),
      cause: '/spec/network',
      blame: {
        cidrBlock: 'cidr',
        endpoints: 'endpoints',
        ...(existing === undefined
          ? { natGateways: 'natGateways', zones: 'availabilityZones' }
          : { existingVpcId: 'existing/vpcId', zones: 'existing' }),
      },
      stateful: true,
      spec: {
        ...awsWiringOf(environment, 'Orphan'),
        name,
        cidrBlock: cidr,
        ...shapeOf(environment),
        endpoints: [...endpoints],
      },
    }),
  ];
}

/** What is said of a network that the platform makes, or of one that is there already. */
function shapeOf(environment: Environment): Pick<NetworkSpec, 'natGateways' | 'existingVpcId' | 'zones'> {
  const { availabilityZones, natGateways, existing } = environment.spec.network;
  if (existing === undefined) {
    const ranges = subnets(environment).map(({ zone, ...rest }) => [zone, rest]);
    return { natGateways, zones: Object.fromEntries(ranges) };
  }
  const { vpcId, privateSubnets, publicSubnets } = existing;
  const ids = availabilityZones.map((zone) => [
    zone,
    {
      ...present('privateSubnetId', privateSubnets[zone]),
      ...present('publicSubnetId', publicSubnets?.[zone]),
    },
  ]);
  return { existingVpcId: vpcId, zones: Object.fromEntries(ids) };
}
