import { SecurityGroup, SecurityGroupIngressRule } from '#imports/ec2.aws.upbound.io.ts';
import { VALKEY_PORT } from '#model/grants.ts';
import { aws, base, type ComposedResource, sibling } from '../composed.ts';
import { combine, from, required } from '../patches.ts';

/** Only the cluster's nodes and pods reach the cache, on its port and those up to `lastPort`. */
export const securityGroup = (lastPort: number = VALKEY_PORT): readonly ComposedResource[] => [
  aws(
    'security-group',
    base(SecurityGroup, { spec: { forProvider: { description: 'Clients of an ElastiCache cache' } } }),
    from('spec.networkName', 'spec.forProvider.vpcIdRef.name'),
    combine('%s-valkey', 'spec.forProvider.name', 'spec.replicationGroupId'),
  ),
  aws(
    'ingress-from-cluster',
    base(SecurityGroupIngressRule, {
      spec: {
        forProvider: {
          securityGroupIdSelector: sibling(),
          description: 'Nodes and pods of the cluster',
          ipProtocol: 'tcp',
          fromPort: VALKEY_PORT,
          toPort: lastPort,
        },
      },
    }),
    required(from('status.clusterSecurityGroupId', 'spec.forProvider.referencedSecurityGroupId')),
  ),
];
