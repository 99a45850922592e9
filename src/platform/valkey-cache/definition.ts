import { Type } from 'typebox';
import { Cache as Intent } from '#model/environment/cache.ts';
import { dailyWindow, weeklyWindow } from '#model/environment/scalars.ts';
import { type Definition, fields, immutable, type Rule, reported } from '../definition.ts';
import { publicationField } from '../publication.ts';
import { awsWiring, clusterName, growingZones, networkName } from '../wiring.ts';
import { clusterRule, parameterList } from './parameters.ts';
import { windowRules } from './windows.ts';

/**
 * A replication group, or a serverless cache:
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html,
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateServerlessCache.html
 */

/** Ids of replication groups and users: two hyphens in a row and one at the end are refused. */
export const cacheId = (description: string) =>
  Type.String({ pattern: '^[a-z]([a-z0-9]|-[a-z0-9])*$', minLength: 1, maxLength: 40, description });

/** Keys of a cache's connection secret. */
const VALKEY_KEYS = ['host', 'readerHost', 'port'] as const;

const TIME = '([01][0-9]|2[0-3]):[0-5][0-9]';
const DAY = '(mon|tue|wed|thu|fri|sat|sun)';

const { maximumGiB, maximumECPU } = Intent.properties.serverless.properties;

/** Of nodes: a serverless cache has none of these. */
const OF_NODES = ['nodeType', 'shards', 'replicas', 'parameters', 'maintenanceWindow'];

const shapeRules: readonly Rule[] = [
  {
    rule: OF_NODES.map((field) => `has(self.serverless) != has(self.${field})`).join(' && '),
    message: `Either serverless, or all of ${OF_NODES.join(', ')}.`,
  },
  {
    rule: 'has(self.serverless) == has(oldSelf.serverless)',
    message: 'A cache of nodes cannot become serverless, nor the other way round.',
  },
  {
    rule: '!has(self.shards) || !has(oldSelf.shards) || (self.shards == 1) == (oldSelf.shards == 1)',
    message: 'A cache of one shard cannot become one of several shards, nor the other way round.',
  },
  {
    rule: '!has(self.serverless) || self.zones == oldSelf.zones',
    message: 'The zones of a serverless cache cannot be changed later.',
  },
  clusterRule,
];

const versionRules: readonly Rule[] = [
  { rule: 'self.version >= oldSelf.version', message: 'Valkey never goes down a version.' },
  {
    rule: "!has(self.serverless) || self.version in ['7.2', '8.0']",
    message: 'Of a serverless cache only the major version is chosen: 7.2 or 8.0.',
  },
  {
    rule: '!has(self.serverless) || self.version == oldSelf.version',
    message: 'The version of a serverless cache cannot be changed later.',
  },
];

const spec = fields(
  {
    ...awsWiring,
    replicationGroupId: immutable(
      cacheId('Id of the replication group or name of the serverless cache. Cannot be changed later.'),
    ),
    networkName,
    zones: growingZones,
    clusterName,
    nodeType: Intent.properties.nodeType,
    version: Intent.properties.version,
    // Without the environment's defaults: the API server would write them into a serverless cache.
    shards: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, description: 'Shards (node groups).' })),
    replicas: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 5, description: 'Replicas of each shard, in other zones.' }),
    ),
    parameters: Type.Optional(parameterList),
    serverless: Type.Optional(
      fields({ maximumGiB, maximumEcpu: maximumECPU }, 'No nodes: AWS scales up to these bounds.'),
    ),
    snapshotRetentionDays: Type.Integer({
      minimum: 1,
      maximum: 35,
      description: 'Days that snapshots are kept.',
    }),
    snapshotWindow: Type.With(dailyWindow('When snapshots are taken, UTC.'), {
      pattern: `^${TIME}-${TIME}$`,
      minLength: 11,
      maxLength: 11,
    }),
    maintenanceWindow: Type.Optional(
      Type.With(weeklyWindow('When AWS may patch, UTC.'), {
        pattern: `^${DAY}:${TIME}-${DAY}:${TIME}$`,
        minLength: 19,
        maxLength: 19,
      }),
    ),
    userIds: Type.Array(cacheId('Id of a user.'), {
      maxItems: 100,
      description: 'Users that may connect; each one is a ValkeyUser.',
    }),
    publication: publicationField,
  },
  'What the cache is like.',
  ...shapeRules,
  ...versionRules,
  ...windowRules,
);

const status = fields(
  {
    clusterSecurityGroupId: reported('Security group of the nodes that may connect.'),
    userGroupArn: reported('ARN of the user group.'),
    parameterGroupArns: Type.Optional(
      fields(
        { valkey7: reported('That of Valkey 7.'), valkey8: reported('That of Valkey 8.') },
        'ARNs of the parameter groups.',
      ),
    ),
    replicationGroupArn: reported('ARN of the replication group.'),
    serverlessCacheArn: reported('ARN of the serverless cache.'),
    endpoint: reported('Host name that clients connect to.'),
    engineVersion: reported('Version that runs, with its patch level.'),
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
  shapes: ['publication'],
  connectionSecretKeys: VALKEY_KEYS,
  printerColumns: [
    { name: 'VERSION', type: 'string', jsonPath: '.spec.version' },
    { name: 'NODE-TYPE', type: 'string', jsonPath: '.spec.nodeType' },
    { name: 'SHARDS', type: 'integer', jsonPath: '.spec.shards' },
    { name: 'REPLICAS', type: 'integer', jsonPath: '.spec.replicas' },
  ],
} as const satisfies Definition;

export type ValkeyCacheSpec = Type.Static<typeof spec>;
