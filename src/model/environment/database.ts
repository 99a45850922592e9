import { Type } from 'typebox';
import { cidr, duration, named, secretName, strict, weeklyHour } from './scalars.ts';

/** MongoDB Atlas: databases, and who pays for them. */

/** Atlas instance sizes in ascending order: https://www.mongodb.com/docs/atlas/cluster-tier/ */
export const TIERS = ['M10', 'M20', 'M30', 'M40', 'M50', 'M60', 'M80', 'M140', 'M200', 'M300'] as const;

const backup = strict(
  {
    retention: Type.Optional(duration('How long daily snapshots are kept. Default 7d.')),
    weekly: Type.Optional(duration('How long weekly snapshots are kept. Default 4 weeks (28d).')),
    monthly: Type.Optional(duration('How long monthly snapshots are kept. Default 12 months (360d).')),
    pointInTime: Type.Optional(Type.Boolean({ description: 'Restore to any second. Default true.' })),
    window: Type.Optional(duration('How far back point-in-time restore reaches. Default 7d.')),
  },
  'Automatic backup, always on.',
);

/** A share of something that runs out. */
export const percent = (description: string) => Type.Integer({ minimum: 1, maximum: 99, description });

const alerts = strict(
  {
    disk: Type.Optional(
      percent('Percent of the disk. Default 95: at 90 it grows by itself, so above that it did not.'),
    ),
    cpu: Type.Optional(percent('Percent of the processors. Default 90.')),
    connections: Type.Optional(percent('Percent of the connections that the size allows. Default 80.')),
    replicationLag: Type.Optional(
      duration('How far a node may lag behind the primary, up to 1h. Default 60s.'),
    ),
    oplogWindow: Type.Optional(
      duration('How long a node may be away and still catch up, up to 7d. Default 24h.'),
    ),
  },
  'When somebody is told. No primary and a failed snapshot are told always.',
);

export const Database = strict(
  {
    tier: Type.Enum([...TIERS], { description: 'Atlas instance size to start with.' }),
    autoscaling: Type.Optional(
      strict(
        {
          min: Type.Enum([...TIERS], { description: 'Smallest size.' }),
          max: Type.Enum([...TIERS], { description: 'Largest size.' }),
        },
        'Bounds of vertical scaling. Left out: from the tier to one tier above it.',
      ),
    ),
    version: Type.Enum(['7.0', '8.0'], {
      default: '8.0',
      description: 'MongoDB major version, quoted. Never down.',
    }),
    nodes: Type.Enum([3, 5, 7], { default: 3, description: 'Electable nodes, spread over the zones.' }),
    diskGiB: Type.Optional(
      Type.Integer({
        minimum: 10,
        maximum: 4096,
        description: 'Disk in GiB; grows by itself, never shrinks.',
      }),
    ),
    addresses: Type.Optional(
      Type.Array(cidr('A range'), {
        minItems: 1,
        maxItems: 50,
        uniqueItems: true,
        description:
          'Public ranges that may connect over the internet. Left out: only the VPC, through a private endpoint.',
      }),
    ),
    backup: Type.Optional(backup),
    maintenanceWindow: Type.Optional(weeklyHour('When Atlas may begin to patch, UTC. Default sun:04:00.')),
    alerts: Type.Optional(alerts),
  },
  'A MongoDB Atlas replica set in three zones, with IAM authentication.',
);

/** Enough to tell an address from a slip; Atlas sends a message to each to find out. */
export const email = (description: string) =>
  Type.String({
    pattern: '^[A-Za-z0-9._%+-]{1,64}@([A-Za-z0-9-]{1,63}\\.)+[A-Za-z]{2,63}$',
    maxLength: 254,
    title: 'an e-mail address',
    examples: ['fleet@tideline.example'],
    description,
  });

export const Atlas = strict(
  {
    organization: Type.String({
      pattern: '^[a-f0-9]{24}$',
      title: '24 hexadecimal digits in lower case',
      examples: ['32b6e34b3d91647abb20e7b8'],
      description: 'Atlas organization id, 24 hex digits.',
    }),
    cidr: Type.Optional(cidr('Kept free for network peering with Atlas.')),
    credentialsSecret: Type.Optional(
      secretName(
        'Secret of AWS Secrets Manager with the API key, as {"publicKey", "privateKey"}. Default <product>/<environment>/atlas.',
      ),
    ),
    alertEmails: Type.Optional(
      Type.Array(email('An address'), {
        minItems: 1,
        maxItems: 10,
        uniqueItems: true,
        description: 'Whom alerts of databases go to. Left out: the owners of the organization.',
      }),
    ),
  },
  'The MongoDB Atlas organization that pays.',
);

export const Databases = named(Database, 'MongoDB Atlas clusters by name.', 23);

export type Database = Type.Static<typeof Database>;

/** Whether it is reached over the internet, by listed addresses, in place of a private endpoint. */
export const isPublic = (database: Database | undefined): boolean => database?.addresses !== undefined;
