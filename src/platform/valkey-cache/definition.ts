import { Type } from 'typebox';
import { Cache as Intent } from '#model/environment/data.ts';
import { dailyWindow, weeklyWindow } from '#model/environment/scalars.ts';
import { atMost, type Definition, fields, immutable, reported } from '../definition.ts';
import { awsWiring, clusterName, networkName, zones } from '../wiring.ts';

/** A replication group: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html */

/** Ids of replication groups and users: two hyphens in a row and one at the end are refused. */
export const cacheId = (description: string) =>
  Type.String({ pattern: '^[a-z]([a-z0-9]|-[a-z0-9])*$', minLength: 1, maxLength: 40, description });

/** Keys of a cache's connection secret. */
const VALKEY_KEYS = ['host', 'readerHost', 'port'] as const;

const spec = fields(
  {
    ...awsWiring,
    replicationGroupId: immutable(cacheId('Id of the replication group. Cannot be changed later.')),
    networkName,
    zones: immutable(zones),
    clusterName,
    nodeType: atMost(Intent.properties.nodeType, 32),
    version: Intent.properties.version,
    shards: Intent.properties.shards,
    replicas: Intent.properties.replicas,
    snapshotRetentionDays: Type.Integer({
      minimum: 1,
      maximum: 35,
      description: 'Days that snapshots are kept.',
    }),
    snapshotWindow: atMost(dailyWindow('When snapshots are taken, UTC.'), 11),
    maintenanceWindow: atMost(weeklyWindow('When AWS may patch, UTC.'), 19),
    userIds: Type.Array(cacheId('Id of a user.'), {
      maxItems: 100,
      description: 'Users that may connect; each one is a ValkeyUser.',
    }),
  },
  'What the cache is like.',
  {
    rule: '(self.shards == 1) == (oldSelf.shards == 1)',
    message: 'A cache of one shard cannot become one of several shards, nor the other way round.',
  },
  { rule: 'self.version >= oldSelf.version', message: 'Valkey never goes down a version.' },
);

const status = fields(
  {
    clusterSecurityGroupId: reported('Security group of the nodes that may connect.'),
    userGroupArn: reported('ARN of the user group.'),
    replicationGroupArn: reported('ARN of the replication group.'),
  },
  'What AWS made of it.',
);

export const valkeyCache = {
  kind: 'ValkeyCache',
  plural: 'valkeycaches',
  shortNames: [],
  description:
    'ElastiCache for Valkey: Multi-AZ with automatic failover, TLS, encrypted, IAM authentication.',
  spec,
  status,
  connectionSecretKeys: VALKEY_KEYS,
  printerColumns: [
    { name: 'VERSION', type: 'string', jsonPath: '.spec.version' },
    { name: 'NODE-TYPE', type: 'string', jsonPath: '.spec.nodeType' },
  ],
} as const satisfies Definition;

export type ValkeyCacheSpec = Type.Static<typeof spec>;
