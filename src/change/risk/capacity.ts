import type { FieldRule } from './rule.ts';
import { shrank, step } from './sizes.ts';

/** What there is less of afterwards. */
const less = (id: string, kinds: readonly string[], field: RegExp, what: string): FieldRule => ({
  id,
  risk: 'capacity',
  kinds,
  field,
  when: shrank,
  because: (change) => `${what}: ${step(change)}`,
});

const WORKLOADS = ['Deployment.apps', 'StatefulSet.apps', 'ReplicaSet.apps'];

export const CAPACITY: readonly FieldRule[] = [
  less('fewer-pods', WORKLOADS, /^spec\.replicas$/, 'fewer pods'),
  less('fewer-pods', ['HorizontalPodAutoscaler.autoscaling'], /^spec\.(min|max)Replicas$/, 'fewer pods'),
  less(
    'smaller-pods',
    [...WORKLOADS, 'DaemonSet.apps', 'CronJob.batch'],
    /\.resources\.(requests|limits)\.(cpu|memory)$/,
    'smaller containers',
  ),
  less(
    'fewer-nodes',
    ['NodeGroup.*.aws'],
    /^spec\.forProvider\.scalingConfig(\[\])?\.(min|max)Size$/,
    'fewer nodes',
  ),
  less(
    'smaller-database',
    ['AdvancedCluster.*.atlas'],
    /(InstanceSize|instanceSize|nodeCount|diskSizeGb)$/,
    'a smaller database',
  ),
  less(
    'smaller-cache',
    ['ReplicationGroup.*.aws', 'ServerlessCache.*.aws'],
    /(nodeType|numNodeGroups|replicasPerNodeGroup|maximum)$/,
    'a smaller cache',
  ),
  less(
    'shorter-retention',
    [
      'BackupSchedule.*.atlas',
      'Group.*.aws',
      'ReplicationGroup.*.aws',
      'ServerlessCache.*.aws',
      'Queue.*.aws',
    ],
    /(retentionValue|retentionInDays|snapshotRetentionLimit|messageRetentionSeconds|restoreWindowDays)$/,
    'kept for a shorter time, and what is older goes',
  ),
  less('smaller-quota', ['ResourceQuota.'], /^spec\.hard/, 'a smaller quota'),
];
