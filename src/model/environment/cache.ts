import { Type } from 'typebox';
import { dailyWindow, duration, named, strict, weeklyWindow } from './scalars.ts';

/** ElastiCache for Valkey: nodes of a chosen size, or serverless. */

/**
 * Families and sizes that Valkey runs on without a further setting (data tiering, the `gd` families, needs one):
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html
 */
const NODE_TYPE =
  '^cache\\.(t(3|4g)\\.(micro|small|medium)|[cmr][5-9]g?n?\\.(x?|2x|4x|8x|12x|16x|24x)large)$';

/**
 * Parameters that an environment may set: those that change at once, mean the same in every version, and can't
 * undo what the platform promises. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html
 */
export const PARAMETERS = {
  'maxmemory-policy': Type.Enum(
    [
      'volatile-lru',
      'allkeys-lru',
      'volatile-lfu',
      'allkeys-lfu',
      'volatile-random',
      'allkeys-random',
      'volatile-ttl',
      'noeviction',
    ],
    { description: 'What goes when the memory is full. Default volatile-lru.' },
  ),
  'notify-keyspace-events': Type.String({
    pattern: '^[KEg$lshzxeAtmdn]{1,16}$',
    maxLength: 16,
    title: 'letters of keyspace events',
    examples: ['Ex'],
    description: 'Events that clients can subscribe to. Default none.',
  }),
  'reserved-memory-percent': Type.Integer({
    minimum: 0,
    maximum: 90,
    description: 'Memory that is kept for snapshots and failover. Default 25.',
  }),
  timeout: Type.Integer({
    minimum: 20,
    maximum: 604_800,
    description: 'Seconds after which an idle connection is closed. Default never.',
  }),
  'tcp-keepalive': Type.Integer({
    minimum: 20,
    maximum: 3600,
    description: 'Seconds between signs of life on a connection. Default 300.',
  }),
  'slowlog-log-slower-than': Type.Integer({
    minimum: 0,
    maximum: 60_000_000,
    description: 'Microseconds after which a command is logged as slow. Default 10000.',
  }),
  'slowlog-max-len': Type.Integer({
    minimum: 1,
    maximum: 10_000,
    description: 'Slow commands that are remembered. Default 128.',
  }),
} as const;

type Parameters = typeof PARAMETERS;

/** Every parameter may be left out. */
const parameters = strict(
  Object.fromEntries(Object.entries(PARAMETERS).map(([name, schema]) => [name, Type.Optional(schema)])) as {
    readonly [N in keyof Parameters]: Type.TOptional<Parameters[N]>;
  },
  'Parameters of the engine; what is left out is as ElastiCache has it.',
);

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CacheUsageLimits.html */
const serverless = strict(
  {
    maximumGiB: Type.Integer({ minimum: 1, maximum: 5000, description: 'Most data, in GiB.' }),
    maximumECPU: Type.Integer({
      minimum: 1000,
      maximum: 15_000_000,
      description: 'Most ElastiCache processing units a second.',
    }),
  },
  'No nodes: AWS scales up to these bounds, which bound the bill. In place of nodeType and all that is of nodes.',
);

export const Cache = strict(
  {
    nodeType: Type.Optional(
      Type.String({
        pattern: NODE_TYPE,
        maxLength: 32,
        title: 'an ElastiCache node type that Valkey runs on',
        examples: ['cache.r7g.large', 'cache.t4g.small'],
        description: 'ElastiCache node type. This, or serverless.',
      }),
    ),
    serverless: Type.Optional(serverless),
    version: Type.Enum(['7.2', '8.0', '8.1'], {
      default: '8.0',
      description: 'Valkey version, quoted. Never down.',
    }),
    shards: Type.Integer({ minimum: 1, maximum: 20, default: 1, description: 'Shards (node groups).' }),
    replicas: Type.Integer({
      minimum: 1,
      maximum: 5,
      default: 1,
      description: 'Replicas of each shard, in other zones. Production needs 2.',
    }),
    parameters: Type.Optional(parameters),
    snapshotRetention: Type.Optional(duration('How long snapshots are kept, 1d to 35d. Default 7d.')),
    snapshotWindow: Type.Optional(
      dailyWindow('When snapshots are taken, UTC. Default 02:00-03:00; serverless: at its beginning.'),
    ),
    maintenanceWindow: Type.Optional(weeklyWindow('When AWS may patch, UTC. Default sun:04:00-sun:05:00.')),
  },
  'ElastiCache for Valkey: Multi-AZ, TLS, encrypted, IAM authentication.',
);

export const Caches = named(Cache, 'ElastiCache for Valkey caches by name.', 20);

export type Cache = Type.Static<typeof Cache>;

/** Whether clients must know of shards; a serverless cache always looks like several. */
export const isSharded = (cache: Cache | undefined): boolean =>
  cache !== undefined && (cache.serverless !== undefined || cache.shards > 1);
