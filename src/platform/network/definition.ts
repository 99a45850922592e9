import { Type } from 'typebox';
import { ENDPOINTS, Network as Intent } from '#model/environment/network.ts';
import { type Definition, fields, immutable, type Rule, reported, unchanged } from '../definition.ts';
import { areApart, isPrivate, range } from '../ranges.ts';
import { awsWiring, objectName } from '../wiring.ts';

/**
 * The VPC: https://docs.aws.amazon.com/vpc/latest/userguide/how-it-works.html
 * Two shapes: one that the platform makes, whose zones say address ranges, and one that is there already, whose
 * zones say ids.
 */

const subnetId = (description: string) =>
  Type.String({ pattern: '^subnet-[0-9a-f]{8,17}$', maxLength: 24, description });

const zone = immutable(
  fields(
    {
      publicCidr: Type.Optional(range('Addresses of the public subnet.')),
      privateCidr: Type.Optional(range('Addresses of the private subnet.')),
      publicSubnetId: Type.Optional(subnetId('Public subnet that is there already.')),
      privateSubnetId: Type.Optional(subnetId('Private subnet that is there already.')),
    },
    'Subnets of one zone. Cannot be changed later.',
  ),
);

const MADE = 'has(self.zones[zone].publicCidr) && has(self.zones[zone].privateCidr)';
const NAMED = 'has(self.zones[zone].privateSubnetId)';
const IS_MADE = '!has(self.existingVpcId)';

/** Of all subnets of the zones `one` and `other`, each lies apart from each. */
const ALL_APART = [
  ['public', 'private'],
  ['private', 'private'],
  ['public', 'public'],
]
  .map(([tier, otherTier]) => {
    const apart = areApart(`self.zones[one].${tier}Cidr`, `self.zones[other].${otherTier}Cidr`);
    return tier === otherTier ? `(one == other || (${apart}))` : apart;
  })
  .join(' && ');

const zoneRules: readonly Rule[] = [
  {
    rule: "self.zones.all(zone, zone.matches('^[a-f]$'))",
    message: 'Zones are named by letters from a to f.',
  },
  {
    rule: 'oldSelf.zones.all(zone, zone in self.zones)',
    message: 'A zone can be added later, not removed.',
  },
  {
    rule: `${IS_MADE} ? self.zones.all(zone, ${MADE} && !${NAMED} && !has(self.zones[zone].publicSubnetId)) : self.zones.all(zone, ${NAMED} && !has(self.zones[zone].publicCidr) && !has(self.zones[zone].privateCidr))`,
    message: 'Zones of a network that is made have publicCidr and privateCidr, of an existing one their ids.',
  },
];

const rangeRules: readonly Rule[] = [
  isPrivate('cidrBlock', 16, 28),
  {
    rule: `!${IS_MADE} || cidr(self.cidrBlock).prefixLength() <= 20`,
    message: 'A network that is made has /16 to /20: in smaller ones pods run out of addresses.',
  },
  {
    rule: `!${IS_MADE} || self.zones.all(zone, ${MADE} && cidr(self.cidrBlock).containsCIDR(self.zones[zone].publicCidr) && cidr(self.cidrBlock).containsCIDR(self.zones[zone].privateCidr))`,
    message: 'Subnets lie inside of cidrBlock.',
  },
  {
    rule: `!${IS_MADE} || self.zones.all(one, self.zones.all(other, ${ALL_APART}))`,
    message: 'Subnets must not overlap.',
  },
];

const spec = fields(
  {
    ...awsWiring,
    name: immutable(objectName('Name of the VPC. Cannot be changed later.', 41)),
    cidrBlock: immutable(range('Addresses of the VPC, /16 to /20, private. Cannot be changed later.')),
    natGateways: Type.Optional(
      Type.Enum(Intent.properties.natGateways.enum, {
        description: 'One NAT gateway in each zone, or a single one. Left out for an existing network.',
      }),
    ),
    zones: Type.Record(Type.String({ pattern: '^[a-f]$' }), zone, {
      minProperties: 2,
      maxProperties: 3,
      description: 'Zones by letter. One can be added later, none removed.',
    }),
    existingVpcId: Type.Optional(
      Type.String({
        pattern: '^vpc-[0-9a-f]{8,17}$',
        maxLength: 21,
        description: 'VPC that is there already: it is looked at and never changed. Cannot be changed later.',
      }),
    ),
    endpoints: Type.Array(Type.Enum([...ENDPOINTS]), {
      maxItems: ENDPOINTS.length,
      description: 'Services of AWS with an interface endpoint in each zone.',
    }),
  },
  'What the network is like.',
  unchanged('existingVpcId'),
  {
    rule: 'has(self.existingVpcId) != has(self.natGateways)',
    message: 'natGateways is said of a network that is made, and of no other.',
  },
  ...zoneRules,
  ...rangeRules,
);

const subnetIds = (which: string) =>
  Type.Optional(
    Type.Record(Type.String(), Type.String(), { description: `Ids of the ${which} subnets by zone.` }),
  );

const status = fields(
  {
    vpcId: reported('Id of the VPC.'),
    publicSubnetIds: subnetIds('public'),
    privateSubnetIds: subnetIds('private'),
  },
  'What AWS made of it.',
);

export const network = {
  kind: 'Network',
  plural: 'networks',
  shortNames: [],
  description:
    'A VPC with public and private subnets in each zone, NAT, and a gateway endpoint for S3; or one that is there already.',
  spec,
  status,
  shapes: ['endpoints', 'existingVpcId', 'natGateways'],
  connectionSecretKeys: [],
  printerColumns: [
    { name: 'VPC', type: 'string', jsonPath: '.status.vpcId' },
    { name: 'CIDR', type: 'string', jsonPath: '.spec.cidrBlock' },
    { name: 'NAT', type: 'string', jsonPath: '.spec.natGateways' },
  ],
} as const satisfies Definition;

export type NetworkSpec = Type.Static<typeof spec>;
