import type { NodeGroup, Taint } from './environment/cluster.ts';
import type { Environment } from './environment/environment.ts';
import type { Service } from './environment/service.ts';
import { instanceTraits } from './instances.ts';

/** On which nodes a service runs: the label that every node group carries, and the taints that it tolerates. */

/** Label of every node; its value is the node group's name. */
export const WORKLOAD_TYPE = 'workload-type';

/** Extended resource, and customary taint, of nodes with NVIDIA GPUs: https://github.com/NVIDIA/k8s-device-plugin */
export const GPU = 'nvidia.com/gpu';

export interface Toleration {
  readonly key: string;
  readonly operator: 'Equal' | 'Exists';
  readonly value?: string;
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

export interface Placement {
  /** Empty: any node whose taints are tolerated. */
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
}

/** Where a service runs; a node group's taints are tolerated by what is placed there, and by nothing else. */
export function placementOf(environment: Environment, service: Service): Placement {
  const group = service.nodeGroup === undefined ? undefined : nodeGroup(environment, service.nodeGroup);
  const tolerations = (group?.taints ?? []).map(tolerationOf);
  const isGpuTolerated = tolerations.some(({ key }) => key === GPU);
  return {
    nodeSelector: service.nodeGroup === undefined ? {} : { [WORKLOAD_TYPE]: service.nodeGroup },
    tolerations:
      service.resources.gpus !== undefined && !isGpuTolerated
        ? [...tolerations, { key: GPU, operator: 'Exists', effect: 'NoSchedule' }]
        : tolerations,
  };
}

/** What a pod must say to run in spite of a taint. */
export const tolerationOf = ({ key, value, effect }: Taint): Toleration =>
  value === undefined ? { key, operator: 'Exists', effect } : { key, operator: 'Equal', value, effect };

/** Whether the nodes of a group have GPUs that NVIDIA's driver knows. */
export const hasGpus = ({ instanceTypes }: NodeGroup): boolean =>
  instanceTypes.some((type) => instanceTraits(type)?.accelerator === 'NVIDIA');

/** Names of the node groups with GPUs, sorted. */
export const gpuNodeGroups = (environment: Environment): readonly string[] =>
  Object.entries(environment.spec.cluster.nodeGroups)
    .flatMap(([name, group]) => (hasGpus(group) ? [name] : []))
    .sort();

const nodeGroup = (environment: Environment, name: string) =>
  Object.hasOwn(environment.spec.cluster.nodeGroups, name)
    ? environment.spec.cluster.nodeGroups[name]
    : undefined;
