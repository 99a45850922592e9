import type { NodeGroup } from '#model/environment/cluster.ts';
import type { Environment } from '#model/environment/environment.ts';
import { clusterName, networkName, nodeGroupClaimName, nodeGroupName, volumesKeyArn } from '#model/names.ts';
import { hasGpus, WORKLOAD_TYPE } from '#model/placement.ts';
import { awsWiringOf, type Claim, claim, entries, present } from '../claim.ts';
import { amiType } from './ami-type.ts';
import { NODE_GROUP_COMPOSITION } from './composition.ts';
import { type NodeGroupSpec, nodeGroup } from './definition.ts';

const CAPACITY = { onDemand: 'ON_DEMAND', spot: 'SPOT' } as const;

const EFFECTS = {
  NoSchedule: 'NO_SCHEDULE',
  PreferNoSchedule: 'PREFER_NO_SCHEDULE',
  NoExecute: 'NO_EXECUTE',
} as const;

/**
 * By this label the Cluster Autoscaler knows that a new node will have GPUs, and doesn't order a second one while
 * the device plugin starts: https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md
 */
const GPU_LABEL = { 'k8s.amazonaws.com/accelerator': 'nvidia' };

/** A claim for each node group. */
export function nodeGroupClaims(environment: Environment): readonly Claim<NodeGroupSpec>[] {
  return entries(environment.spec.cluster.nodeGroups, '/spec/cluster/nodeGroups').map(
    ({ name, value, cause }) =>
      claim(environment, {
        definition: nodeGroup,
        name: nodeGroupClaimName(environment, name),
        composition: NODE_GROUP_COMPOSITION,
        cause,
        blame: {
          instanceTypes: 'instanceTypes',
          amiType: 'instanceTypes',
          capacityType: 'capacity',
          diskGiB: 'diskGiB',
          minSize: 'min',
          maxSize: 'max',
          labels: 'labels',
          taints: 'taints',
          ...(value.generation === undefined ? {} : { name: 'generation' }),
        },
        fields: {
          '/spec/version': '/spec/cluster/kubernetesVersion',
          '/spec/zones': value.zones === undefined ? '/spec/network/availabilityZones' : `${cause}/zones`,
        },
        stateful: false,
        spec: specOf(environment, name, value),
      }),
  );
}

function specOf(environment: Environment, name: string, group: NodeGroup): NodeGroupSpec {
  const taints = group.taints?.map(({ key, value, effect }) => ({
    key,
    ...present('value', value),
    effect: EFFECTS[effect],
  }));
  return {
    ...awsWiringOf(environment, 'Delete'),
    name: nodeGroupName(environment, name),
    clusterName: clusterName(environment),
    networkName: networkName(environment),
    zones: [...(group.zones ?? environment.spec.network.availabilityZones)],
    version: environment.spec.cluster.kubernetesVersion,
    instanceTypes: [...group.instanceTypes],
    capacityType: CAPACITY[group.capacity],
    amiType: amiType(group.instanceTypes[0] ?? ''),
    diskGiB: group.diskGiB,
    volumesKeyArn: volumesKeyArn(environment),
    minSize: group.min,
    maxSize: group.max,
    labels: { ...(hasGpus(group) ? GPU_LABEL : {}), ...group.labels, [WORKLOAD_TYPE]: name },
    ...present('taints', taints),
  };
}
