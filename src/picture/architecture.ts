import type { Environment } from '#model/environment/environment.ts';
import type { UsedKind } from '#model/grants.ts';
import { usesByService } from '#model/uses.ts';

/**
 * An environment as a picture: what there is, and who uses what with which access.
 *
 * Input: an environment with defaults. Output: nodes and edges, in the order of the environment. Guarantees: pure; every
 * service, chart, database, cache, queue, bucket and node group is one node; every line of `uses` is one edge.
 */
export interface Architecture {
  readonly environment: string;
  readonly nodes: readonly ArchitectureNode[];
  readonly edges: readonly ArchitectureEdge[];
}

export type NodeKind =
  | 'internet'
  | 'service'
  | 'chart'
  | 'database'
  | 'cache'
  | 'queue'
  | 'bucket'
  | 'nodeGroup';

export interface ArchitectureNode {
  /** `services.web`: its path in the environment's spec. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  /** A few words: a size, a host. */
  readonly detail: string;
}

export interface ArchitectureEdge {
  readonly from: string;
  readonly to: string;
  readonly access: string;
}

type Spec = Environment['spec'];

const PATHS: Readonly<Record<UsedKind, string>> = {
  database: 'databases',
  cache: 'caches',
  queue: 'queues',
  bucket: 'buckets',
  service: 'services',
};

export function architectureOf(environment: Environment): Architecture {
  const { metadata, spec } = environment;
  const services = Object.entries(spec.services ?? {});
  const nodes: ArchitectureNode[] = [
    ...(services.some(([, { ingress }]) => ingress !== undefined)
      ? [
          {
            id: 'ingress',
            kind: 'internet',
            name: internetName(spec),
            detail: spec.ingress?.domains.join(', ') ?? '',
          } as const,
        ]
      : []),
    ...services.map(([name, service]) => ({
      id: `services.${name}`,
      kind: 'service' as const,
      name,
      detail: detailOf(service),
    })),
    ...Object.entries(spec.databases ?? {}).map(([name, { tier, version }]) =>
      node('databases', 'database', name, `MongoDB ${version}, ${tier}`),
    ),
    ...Object.entries(spec.caches ?? {}).map(([name, cache]) =>
      node('caches', 'cache', name, `Valkey ${'nodeType' in cache ? String(cache.nodeType) : 'serverless'}`),
    ),
    ...Object.entries(spec.queues ?? {}).map(([name, { fifo }]) =>
      node('queues', 'queue', name, fifo === true ? 'SQS, first in first out' : 'SQS'),
    ),
    ...Object.keys(spec.buckets ?? {}).map((name) => node('buckets', 'bucket', name, 'S3')),
    ...Object.keys(spec.charts ?? {}).map((name) =>
      node('charts', 'chart', name, spec.charts?.[name]?.version ?? ''),
    ),
    ...Object.entries(spec.cluster.nodeGroups).map(([name, { instanceTypes, min, max }]) =>
      node('cluster.nodeGroups', 'nodeGroup', name, `${instanceTypes[0] ?? ''}, ${min} to ${max}`),
    ),
  ];
  const edges = [...usesByService(environment)].flatMap(([name, uses]) => {
    const ingress = spec.services?.[name]?.ingress;
    return [
      ...(ingress === undefined ? [] : [{ from: 'ingress', to: `services.${name}`, access: ingress.host }]),
      ...uses.map((use) => ({
        from: `services.${name}`,
        to: `${PATHS[use.rule.kind]}.${use.name}`,
        access: use.access,
      })),
    ];
  });
  return { environment: metadata.name, nodes, edges };
}

const node = (path: string, kind: NodeKind, name: string, detail: string): ArchitectureNode => ({
  id: `${path}.${name}`,
  kind,
  name,
  detail,
});

const internetName = ({ ingress }: Spec): string =>
  ingress?.scheme === 'internet-facing' ? 'Internet' : 'Internal network';

/** `3 to 30 pods on memory`: how many, and on which nodes, where it says. */
function detailOf({ replicas, autoscaling, nodeGroup }: NonNullable<Spec['services']>[string]): string {
  const on = nodeGroup === undefined ? '' : ` on ${nodeGroup}`;
  if (autoscaling !== undefined) return `${autoscaling.min} to ${autoscaling.max} pods${on}`;
  return `${replicas === 1 ? '1 pod' : `${replicas ?? 1} pods`}${on}`;
}
