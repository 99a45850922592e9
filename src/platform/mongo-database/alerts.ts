import { Configuration } from '#imports/alert.mongodbatlas.crossplane.io.ts';
import { atlas, base, type ComposedResource, sibling } from '../composed.ts';
import { from } from '../patches.ts';

/**
 * What somebody is told of. An alert is of a project, and a project has one database.
 * https://www.mongodb.com/docs/atlas/reference/alert-conditions/
 */
export const alerts = (): readonly ComposedResource[] => [
  threshold('disk', 'diskPercent', 'DISK_PARTITION_SPACE_USED_DATA', 'RAW'),
  threshold('cpu', 'cpuPercent', 'NORMALIZED_SYSTEM_CPU_USER', 'RAW'),
  threshold('connections', 'connectionsPercent', 'CONNECTIONS_PERCENT', 'RAW'),
  threshold('replication-lag', 'replicationLagSeconds', 'OPLOG_SLAVE_LAG_MASTER_TIME', 'SECONDS'),
  threshold('oplog-window', 'oplogWindowSeconds', 'OPLOG_MASTER_TIME', 'SECONDS', 'LESS_THAN'),
  event('no-primary', 'NO_PRIMARY'),
  event('failed-snapshot', 'CPS_SNAPSHOT_FALLBACK_FAILED'),
];

const told = from('spec.alerts.notifications', 'spec.forProvider.notification');

const ofProject = { enabled: true, projectIdSelector: sibling() };

const event = (name: string, eventType: string): ComposedResource =>
  atlas(`alert-${name}`, base(Configuration, { spec: { forProvider: { ...ofProject, eventType } } }), told);

const threshold = (
  name: string,
  field: string,
  metricName: string,
  units: 'RAW' | 'SECONDS',
  operator: 'GREATER_THAN' | 'LESS_THAN' = 'GREATER_THAN',
): ComposedResource =>
  atlas(
    `alert-${name}`,
    base(Configuration, {
      spec: {
        forProvider: {
          ...ofProject,
          eventType: 'OUTSIDE_METRIC_THRESHOLD',
          metricThresholdConfig: [{ metricName, mode: 'AVERAGE', operator, units }],
        },
      },
    }),
    told,
    from(`spec.alerts.${field}`, 'spec.forProvider.metricThresholdConfig[0].threshold'),
  );
