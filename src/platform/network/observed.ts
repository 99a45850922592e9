import {
  Subnet,
  SubnetSpecManagementPolicies,
  Vpc,
  VpcSpecManagementPolicies,
} from '#imports/ec2.aws.upbound.io.ts';
import type { Environment } from '#model/environment/environment.ts';
import type { Network } from '#model/environment/network.ts';
import { awsUntagged, base, type ComposedResource, labelled } from '../composed.ts';
import { combine, EXTERNAL_NAME, from, report } from '../patches.ts';

/**
 * A network that somebody else made, as resources that are only looked at. They have the names and labels of those
 * that the platform makes, so whatever refers to a network needn't know which of the two it is.
 * https://docs.crossplane.io/latest/guides/import-existing-resources/
 */
export const observed = (
  environment: Environment,
  existing: NonNullable<Network['existing']>,
): readonly ComposedResource[] => {
  const zones = environment.spec.network.availabilityZones;
  return [
    awsUntagged(
      'vpc',
      base(Vpc, { spec: { managementPolicies: [VpcSpecManagementPolicies.OBSERVE], forProvider: {} } }),
      from('spec.name', 'metadata.name'),
      from('spec.existingVpcId', EXTERNAL_NAME),
      report('status.atProvider.id', 'status.vpcId'),
    ),
    ...zones
      .filter((zone) => existing.publicSubnets?.[zone] !== undefined)
      .map((zone) => subnet('public', zone)),
    ...zones.map((zone) => subnet('private', zone)),
  ];
};

const subnet = (tier: 'public' | 'private', zone: string): ComposedResource =>
  awsUntagged(
    `${tier}-${zone}`,
    base(Subnet, {
      metadata: { labels: labelled({ tier, zone }) },
      spec: { managementPolicies: [SubnetSpecManagementPolicies.OBSERVE], forProvider: {} },
    }),
    combine(`%s-${tier}-${zone}`, 'metadata.name', 'spec.name'),
    from(`spec.zones.${zone}.${tier}SubnetId`, EXTERNAL_NAME),
    report('status.atProvider.id', `status.${tier}SubnetIds.${zone}`),
  );
