import { SecurityGroup, SecurityGroupIngressRule, VpcEndpoint } from '#imports/ec2.aws.upbound.io.ts';
import { Resource, Service } from '#imports/privateendpoint.mongodbatlas.crossplane.io.ts';
import { atlas, aws, awsUntagged, base, type ComposedResource, sibling } from '../composed.ts';
import { combine, from, report, required } from '../patches.ts';
import { privateSubnetName } from '../subnet-references.ts';
import { behindSecurityGroup, inSubnet } from '../vpc-endpoint.ts';
import { atlasRegion } from './regions.ts';

/**
 * The way from the VPC to Atlas that never leaves AWS. Two ends, one after the other: Atlas makes an endpoint
 * service, AWS an endpoint for it, Atlas accepts that one.
 * https://www.mongodb.com/docs/atlas/security-private-endpoint/
 */
export const privateLink = (zones: readonly string[]): readonly ComposedResource[] => [
  endpointService(),
  ...securityGroup(),
  vpcEndpoint(),
  ...zones.map(subnetAssociation),
  behindSecurityGroup('vpc-endpoint-security-group'),
  acceptance(),
];

const ofProject = { projectIdSelector: sibling() };

const endpointService = (): ComposedResource =>
  atlas(
    'endpoint-service',
    base(Resource, {
      // Atlas's region isn't AWS's, and a patch brings it.
      spec: { forProvider: { ...ofProject, providerName: 'AWS' } },
    }),
    atlasRegion('spec.forProvider.region'),
    report('status.atProvider.endpointServiceName', 'status.endpointServiceName'),
  );

const securityGroup = (): readonly ComposedResource[] => [
  aws(
    'security-group',
    base(SecurityGroup, { spec: { forProvider: { description: 'Clients of a MongoDB Atlas cluster' } } }),
    from('spec.networkName', 'spec.forProvider.vpcIdRef.name'),
    combine('%s-atlas', 'spec.forProvider.name', 'spec.projectName'),
  ),
  aws(
    'ingress-from-network',
    base(SecurityGroupIngressRule, {
      spec: {
        forProvider: {
          securityGroupIdSelector: sibling(),
          description: 'Each node of the replica set has a port of its own',
          ipProtocol: 'tcp',
          fromPort: 1024,
          toPort: 65_535,
        },
      },
    }),
    from('spec.clientCidr', 'spec.forProvider.cidrIpv4'),
  ),
];

const vpcEndpoint = (): ComposedResource =>
  aws(
    'vpc-endpoint',
    base(VpcEndpoint, { spec: { forProvider: { vpcEndpointType: 'Interface' } } }),
    from('spec.networkName', 'spec.forProvider.vpcIdRef.name'),
    required(from('status.endpointServiceName', 'spec.forProvider.serviceName')),
    combine('%s-atlas', 'spec.forProvider.tags.Name', 'spec.projectName'),
    report('status.atProvider.id', 'status.vpcEndpointId'),
  );

const subnetAssociation = (zone: string): ComposedResource =>
  awsUntagged(
    `vpc-endpoint-subnet-${zone}`,
    inSubnet(),
    combine(privateSubnetName.replace(/%s$/, zone), 'spec.forProvider.subnetIdRef.name', 'spec.networkName'),
  );

const acceptance = (): ComposedResource =>
  atlas(
    'endpoint-acceptance',
    base(Service, {
      spec: {
        forProvider: { ...ofProject, providerName: 'AWS', privateLinkIdSelector: sibling() },
      },
    }),
    required(from('status.vpcEndpointId', 'spec.forProvider.endpointServiceId')),
  );
