import { NodeGroup } from '#imports/eks.aws.upbound.io.ts';
import { aws, base } from '../composed.ts';
import { type Composition, composition } from '../composition.ts';
import { combine, from, lookUp, named, report } from '../patches.ts';
import { privateSubnets } from '../subnet-references.ts';
import { nodeGroup } from './definition.ts';

export const NODE_GROUP_COMPOSITION = 'node-group';

/**
 * Everything but adopting what AWS chose: the size at the moment belongs to whoever scales the group. A list of
 * policies outweighs the deletion policy, so it must say the same.
 * https://docs.crossplane.io/latest/managed-resources/managed-resources/#managementpolicies
 */
const POLICIES = {
  Orphan: ['Observe', 'Create', 'Update'],
  Delete: ['Observe', 'Create', 'Update', 'Delete'],
};

/** The composition of a node group. */
export const nodeGroupCompositions = (): readonly Composition[] => [
  composition(nodeGroup, NODE_GROUP_COMPOSITION, [
    aws(
      'node-group',
      base(NodeGroup, {
        spec: {
          forProvider: {
            scalingConfig: {},
            updateConfig: { maxUnavailablePercentage: 33 },
            nodeRepairConfig: { enabled: true },
          },
        },
      }),
      ...named('%s', 'spec.name'),
      from('spec.deletionPolicy', 'spec.managementPolicies', lookUp(POLICIES)),
      from('spec.clusterName', 'spec.forProvider.clusterNameRef.name'),
      combine('%s-node', 'spec.forProvider.nodeRoleArnRef.name', 'spec.clusterName'),
      ...privateSubnets('spec.forProvider.subnetIdRefs'),
      from('spec.version', 'spec.forProvider.version'),
      from('spec.instanceTypes', 'spec.forProvider.instanceTypes'),
      from('spec.capacityType', 'spec.forProvider.capacityType'),
      from('spec.amiType', 'spec.forProvider.amiType'),
      from('spec.diskGiB', 'spec.forProvider.diskSize'),
      from('spec.minSize', 'spec.forProvider.scalingConfig.minSize'),
      from('spec.maxSize', 'spec.forProvider.scalingConfig.maxSize'),
      from('spec.minSize', 'spec.initProvider.scalingConfig.desiredSize'),
      from('spec.labels', 'spec.forProvider.labels'),
      from('spec.taints', 'spec.forProvider.taint'),
      report('status.atProvider.status', 'status.phase'),
    ),
  ]),
];
