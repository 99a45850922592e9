import { NodeGroup } from '#imports/eks.aws.upbound.io.ts';
import { aws, base } from '../composed.ts';
import { type Composition, composition } from '../composition.ts';
import { combine, from, lookUp, named, report, required } from '../patches.ts';
import { privateSubnets } from '../subnet-references.ts';
import { nodeGroup } from './definition.ts';
import { launchTemplate } from './launch-template.ts';

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
    launchTemplate(),
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
      // Disk and metadata are the template's: EKS takes them from one place only. A new version of it replaces nodes.
      from('spec.name', 'spec.forProvider.launchTemplate.name'),
      required(from('status.launchTemplateVersion', 'spec.forProvider.launchTemplate.version')),
      from('spec.minSize', 'spec.forProvider.scalingConfig.minSize'),
      from('spec.maxSize', 'spec.forProvider.scalingConfig.maxSize'),
      from('spec.minSize', 'spec.initProvider.scalingConfig.desiredSize'),
      from('spec.labels', 'spec.forProvider.labels'),
      from('spec.taints', 'spec.forProvider.taint'),
      report('status.atProvider.status', 'status.phase'),
      report('status.atProvider.arn', 'status.nodeGroupArn'),
      report('status.atProvider.resources[0].autoscalingGroups[0].name', 'status.autoScalingGroup'),
    ),
  ]),
];
