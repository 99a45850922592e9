import { Type } from 'typebox';
import { Atlas, Database as Intent, TIERS } from '#model/environment/database.ts';
import { cidr } from '#model/environment/scalars.ts';
import { atMost, type Definition, fields, immutable, reported } from '../definition.ts';
import { publicationField } from '../publication.ts';
import { atlasProviderConfigName, awsWiring, growingZones, networkName, objectName } from '../wiring.ts';
import { alertFields } from './alert-fields.ts';

/** An Atlas replica set: https://www.mongodb.com/docs/atlas/reference/api-resources-spec/ */

/** Keys of a database's connection secret, named as the Atlas operator names them. */
const MONGO_KEYS = ['connectionStringPrivateSrv', 'connectionStringStandardSrv', 'authMechanism'] as const;

/** Name of an Atlas project: also the name of the object in Kubernetes that others refer to. */
export const projectName = immutable(objectName('Name of the Atlas project. Cannot be changed later.', 64));

export const atlasClusterName = immutable(
  Type.String({
    pattern: '^[a-z]([-a-z0-9]{0,21}[a-z0-9])?$',
    maxLength: 23,
    description: 'Name of the Atlas cluster. Cannot be changed later: a new name is a new, empty cluster.',
  }),
);

const retention = (description: string) => Type.Integer({ minimum: 1, maximum: 3650, description });

const backup = fields(
  {
    hourlyRetentionDays: retention('Days that snapshots of every six hours are kept.'),
    dailyRetentionDays: retention('Days that daily snapshots are kept.'),
    weeklyRetentionDays: Type.Integer({
      minimum: 7,
      maximum: 3650,
      description: 'Days that weekly snapshots are kept.',
    }),
    monthlyRetentionDays: Type.Integer({
      minimum: 31,
      maximum: 3650,
      description: 'Days that monthly snapshots are kept.',
    }),
    pointInTime: Type.Boolean({ description: 'Restore to any second.' }),
    restoreWindowDays: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 35, description: 'Days that point-in-time restore reaches back.' }),
    ),
  },
  'Automatic backup, always on.',
  {
    rule: 'self.hourlyRetentionDays <= self.dailyRetentionDays && self.dailyRetentionDays <= self.weeklyRetentionDays && self.weeklyRetentionDays <= self.monthlyRetentionDays',
    message: 'Rarer snapshots must be kept at least as long as more frequent ones.',
  },
  {
    rule: 'self.pointInTime == has(self.restoreWindowDays)',
    message: 'restoreWindowDays belongs to point-in-time restore.',
  },
  {
    rule: '!has(self.restoreWindowDays) || self.restoreWindowDays <= self.hourlyRetentionDays',
    message: 'Point-in-time restore must not reach further back than hourly snapshots are kept.',
  },
);

const maintenance = fields(
  {
    dayOfWeek: Type.Integer({ minimum: 1, maximum: 7, description: 'Day; 1 is Sunday.' }),
    hourOfDay: Type.Integer({ minimum: 0, maximum: 23, description: 'Hour, UTC.' }),
  },
  'When Atlas may begin to patch.',
);

/**
 * Whether one size is at most another, in CEL. Sizes are numbers behind an M, so the shorter text is the smaller
 * one; looking them up in a list would exceed what the API server lets a rule cost.
 */
const isAtMost = (a: string, b: string): string =>
  `(size(${a}) < size(${b}) || (size(${a}) == size(${b}) && ${a} <= ${b}))`;

const spec = fields(
  {
    ...awsWiring,
    atlasProviderConfigName,
    organization: immutable(atMost(Atlas.properties.organization, 24)),
    projectName,
    clusterName: atlasClusterName,
    networkName,
    zones: growingZones,
    access: Type.Enum(['privateLink', 'addresses'], {
      description:
        'privateLink: an endpoint in the VPC. addresses: over the internet, each range being a MongoAddress.',
    }),
    clientCidr: atMost(cidr('Addresses that may connect: those of the VPC.'), 18),
    tier: Intent.properties.tier,
    autoscaling: fields(
      {
        min: Type.Enum([...TIERS], { description: 'Smallest size.' }),
        max: Type.Enum([...TIERS], { description: 'Largest size.' }),
      },
      'Bounds of vertical scaling.',
    ),
    version: Intent.properties.version,
    nodes: Intent.properties.nodes,
    diskGiB: Intent.properties.diskGiB,
    backup,
    maintenance,
    alerts: alertFields,
    publication: publicationField,
  },
  'What the database is like.',
  {
    rule: `${isAtMost('self.autoscaling.min', 'self.tier')} && ${isAtMost('self.tier', 'self.autoscaling.max')}`,
    message: 'tier must lie within the bounds of autoscaling.',
  },
  {
    rule: 'self.version >= oldSelf.version',
    message: 'MongoDB never goes down a version.',
  },
  {
    rule: '!has(self.diskGiB) || !has(oldSelf.diskGiB) || self.diskGiB >= oldSelf.diskGiB',
    message: 'A disk never shrinks.',
  },
);

const status = fields(
  {
    projectId: reported('Id of the Atlas project.'),
    clusterId: reported('Id of the Atlas cluster.'),
    endpointServiceName: reported("Atlas's end of the private link."),
    vpcEndpointId: reported('Our end of the private link.'),
    version: reported('Version that runs, with its patch level.'),
    state: reported('State of the cluster, as Atlas says it.'),
  },
  'What Atlas made of it.',
);

export const mongoDatabase = {
  kind: 'MongoDatabase',
  plural: 'mongodatabases',
  shortNames: [],
  description:
    'A MongoDB Atlas replica set in three zones, backed up, watched, reached through a private endpoint or from listed addresses.',
  spec,
  status,
  shapes: ['access', 'publication', 'zones'],
  connectionSecretKeys: MONGO_KEYS,
  printerColumns: [
    { name: 'TIER', type: 'string', jsonPath: '.spec.tier' },
    { name: 'VERSION', type: 'string', jsonPath: '.spec.version' },
    { name: 'ACCESS', type: 'string', jsonPath: '.spec.access' },
    { name: 'STATE', type: 'string', jsonPath: '.status.state' },
  ],
} as const satisfies Definition;

export type MongoDatabaseSpec = Type.Static<typeof spec>;
