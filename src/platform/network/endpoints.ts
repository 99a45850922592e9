import { SecurityGroup, SecurityGroupIngressRule, VpcEndpoint } from '#imports/ec2.aws.upbound.io.ts';
import type { Network } from '#model/environment/network.ts';
import { aws, base, type ComposedResource, labelled, sibling } from '../composed.ts';
import { expendable } from '../expendable.ts';
import { combine, from } from '../patches.ts';
import { behindSecurityGroup, inRouteTable, inSiblingSubnet } from '../vpc-endpoint.ts';
import { nameTag } from './name-tag.ts';

/** Ways to services of AWS that don't leave the VPC. */

const S3 = { endpoint: 's3' };

/** S3 without NAT, free of charge: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html */
export const s3Endpoint = (zones: readonly string[]): readonly ComposedResource[] => [
  aws(
    's3-endpoint',
    base(VpcEndpoint, {
      metadata: { labels: labelled(S3) },
      spec: { forProvider: { vpcEndpointType: 'Gateway', vpcIdSelector: sibling() } },
    }),
    combine('com.amazonaws.%s.s3', 'spec.forProvider.serviceName', 'spec.region'),
    nameTag('%s-s3'),
  ),
  inRouteTable('s3-endpoint-public', S3, { routes: 'public' }),
  ...zones.map((zone) => inRouteTable(`s3-endpoint-private-${zone}`, S3, { routes: `private-${zone}` })),
];

/**
 * Interface endpoints, which take over the services' own host names:
 * https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
 */
export const interfaceEndpoints = ({
  endpoints = [],
  availabilityZones: zones,
}: Network): readonly ComposedResource[] =>
  endpoints.length === 0
    ? []
    : [...securityGroup(), ...endpoints.flatMap((service) => interfaceEndpoint(service, zones))].map(
        expendable,
      );

/** Whatever has an address in the VPC may connect; the services still ask for a signature. */
const securityGroup = (): readonly ComposedResource[] => [
  aws(
    'endpoints-security-group',
    base(SecurityGroup, {
      spec: {
        forProvider: { description: 'Clients of interface endpoints', vpcIdSelector: sibling() },
      },
    }),
    combine('%s-endpoints', 'spec.forProvider.name', 'spec.name'),
    nameTag('%s-endpoints'),
  ),
  aws(
    'endpoints-ingress-from-network',
    base(SecurityGroupIngressRule, {
      spec: {
        forProvider: {
          securityGroupIdSelector: sibling(),
          description: 'HTTPS from the VPC',
          ipProtocol: 'tcp',
          fromPort: 443,
          toPort: 443,
        },
      },
    }),
    from('spec.cidrBlock', 'spec.forProvider.cidrIpv4'),
  ),
];

function interfaceEndpoint(service: string, zones: readonly string[]): readonly ComposedResource[] {
  const name = `${service.replace('.', '-')}-endpoint`;
  const labels = { endpoint: service };
  return [
    aws(
      name,
      base(VpcEndpoint, {
        metadata: { labels: labelled(labels) },
        spec: {
          forProvider: { vpcEndpointType: 'Interface', privateDnsEnabled: true, vpcIdSelector: sibling() },
        },
      }),
      combine(`com.amazonaws.%s.${service}`, 'spec.forProvider.serviceName', 'spec.region'),
      nameTag(`%s-${service}`),
    ),
    ...zones.map((zone) => inSiblingSubnet(`${name}-${zone}`, labels, { tier: 'private', zone })),
    behindSecurityGroup(`${name}-security-group`, labels),
  ];
}
