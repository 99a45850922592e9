import { Type } from 'typebox';
import { Network as Intent } from '#model/environment/cluster.ts';
import { cidr } from '#model/environment/scalars.ts';
import { atMost, type Definition, fields, immutable, reported } from '../definition.ts';
import { awsWiring, objectName } from '../wiring.ts';

/** The VPC: https://docs.aws.amazon.com/vpc/latest/userguide/how-it-works.html */

const zone = immutable(
  fields(
    {
      publicCidr: atMost(cidr('Addresses of the public subnet.'), 18),
      privateCidr: atMost(cidr('Addresses of the private subnet.'), 18),
    },
    'Subnets of one zone. Cannot be changed later.',
  ),
);

const spec = fields(
  {
    ...awsWiring,
    name: immutable(objectName('Name of the VPC. Cannot be changed later.', 41)),
    cidrBlock: immutable(atMost(Intent.properties.cidr, 18)),
    natGateways: Intent.properties.natGateways,
    zones: Type.Record(Type.String({ pattern: '^[a-f]$' }), zone, {
      minProperties: 2,
      maxProperties: 3,
      description: "Zones by letter. One can be added later; removing one fails while something's in it.",
    }),
  },
  'What the network is like.',
  {
    rule: "self.zones.all(zone, zone.matches('^[a-f]$'))",
    message: 'Zones are named by letters from a to f.',
  },
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
  description: 'A VPC with public and private subnets in each zone, NAT, and a gateway endpoint for S3.',
  spec,
  status,
  connectionSecretKeys: [],
  printerColumns: [
    { name: 'VPC', type: 'string', jsonPath: '.status.vpcId' },
    { name: 'CIDR', type: 'string', jsonPath: '.spec.cidrBlock' },
  ],
} as const satisfies Definition;

export type NetworkSpec = Type.Static<typeof spec>;
