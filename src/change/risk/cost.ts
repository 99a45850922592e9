import { type FieldRule, WHOLE } from './rule.ts';
import { grew, step } from './sizes.ts';

/** What is paid for by size or by the hour. Classes only: prices depend on contracts, and are never invented. */
const more = (id: string, kinds: readonly string[], field: RegExp, what: string): FieldRule => ({
  id,
  risk: 'cost',
  kinds,
  field,
  when: grew,
  because: (change) => `${what}: ${step(change)}`,
});

const billed = (kind: string, what: string): FieldRule => ({
  id: 'billed-by-the-hour',
  risk: 'cost',
  kinds: [kind],
  field: WHOLE,
  when: ({ after }) => after !== undefined,
  because: `${what} is paid for by the hour`,
});

export const COST: readonly FieldRule[] = [
  more(
    'larger-database',
    ['AdvancedCluster.*.atlas'],
    /(InstanceSize|instanceSize|nodeCount|diskSizeGb)$/,
    'a larger database',
  ),
  more(
    'larger-cache',
    ['ReplicationGroup.*.aws', 'ServerlessCache.*.aws'],
    /(nodeType|numNodeGroups|replicasPerNodeGroup|maximum)$/,
    'a larger cache',
  ),
  more(
    'more-nodes',
    ['NodeGroup.*.aws'],
    /^spec\.forProvider\.scalingConfig(\[\])?\.(min|max)Size$/,
    'more nodes',
  ),
  more(
    'longer-retention',
    ['BackupSchedule.*.atlas', 'Group.*.aws'],
    /(retentionValue|retentionInDays)$/,
    'kept for longer',
  ),
  more(
    'more-pods',
    ['HorizontalPodAutoscaler.autoscaling'],
    /^spec\.(min|max)Replicas$/,
    'more pods, and nodes for them',
  ),
  billed('AdvancedCluster.*.atlas', 'a database'),
  billed('ReplicationGroup.*.aws', 'a cache'),
  billed('ServerlessCache.*.aws', 'a cache'),
  billed('Cluster.*.aws', 'a cluster'),
  billed('NodeGroup.*.aws', 'a group of nodes'),
  billed('NATGateway.*.aws', 'a NAT gateway'),
  billed('VPCEndpointSubnetAssociation.*.aws', 'an interface endpoint'),
];
