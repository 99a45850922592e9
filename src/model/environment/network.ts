import { Type } from 'typebox';
import { cidr, strict } from './scalars.ts';

/** The network that everything lives in. */

/** Letter of an availability zone. */
const ZONE = { pattern: '^[a-f]$', title: 'the letter of a zone', examples: ['a'] };

/** Letters of zones. */
export const zoneList = (description: string, minItems: number) =>
  Type.Array(Type.String(ZONE), { minItems, maxItems: 3, uniqueItems: true, description });

const subnetIds = (description: string) =>
  Type.Record(
    Type.String({ pattern: ZONE.pattern }),
    Type.String({
      pattern: '^subnet-[0-9a-f]{8,17}$',
      title: 'the id of a subnet',
      examples: ['subnet-0a1b2c3d4e5f60718'],
    }),
    { additionalProperties: false, propertyNames: Type.String({ title: ZONE.title }), description },
  );

/** A VPC that somebody else made. */
const ExistingNetwork = strict(
  {
    vpcId: Type.String({
      pattern: '^vpc-[0-9a-f]{8,17}$',
      title: 'the id of a VPC',
      examples: ['vpc-0a1b2c3d4e5f60718'],
      description: 'Id of the VPC.',
    }),
    privateSubnets: subnetIds('Private subnet of each zone, by its letter; with a way out to the internet.'),
    publicSubnets: Type.Optional(subnetIds('Public subnet of each zone, by its letter.')),
  },
  'A VPC that is there already, by the ids of its parts: it is looked at and never changed.',
);

/**
 * Services of AWS that can have an endpoint in the VPC:
 * https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
export const ENDPOINTS = ['sts', 'ecr.api', 'ecr.dkr', 'sqs', 'logs'] as const;

export const Network = strict(
  {
    cidr: cidr('Address range of the VPC, /16 to /20, private. Cannot be changed later.'),
    availabilityZones: zoneList(
      'Letters of the zones to use, for example [a, b, c]. Production needs three. One can be added at the end, none removed.',
      2,
    ),
    natGateways: Type.Enum(['perZone', 'single'], {
      default: 'perZone',
      description: 'One NAT gateway in each zone, or a single one (cheaper, one point of failure).',
    }),
    endpoints: Type.Optional(
      Type.Array(Type.Enum([...ENDPOINTS]), {
        minItems: 1,
        uniqueItems: true,
        description:
          'Services of AWS that are reached inside the VPC, by an interface endpoint in each zone, instead of through NAT. S3 always is.',
      }),
    ),
    existing: Type.Optional(ExistingNetwork),
  },
  'The VPC: public and private subnets in each zone.',
);

export type Network = Type.Static<typeof Network>;
