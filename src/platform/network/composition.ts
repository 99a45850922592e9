import {
  Eip,
  InternetGateway,
  NatGateway,
  Route,
  RouteTable,
  RouteTableAssociation,
  Subnet,
  Vpc,
  VpcEndpoint,
} from '#imports/ec2.aws.upbound.io.ts';
import type { Environment } from '#model/environment/environment.ts';
import { prefix } from '#model/names.ts';
import { aws, awsUntagged, base, type ComposedResource, labelled, sibling } from '../composed.ts';
import { type Composition, composition } from '../composition.ts';
import { combine, from, report } from '../patches.ts';
import { inRouteTable } from '../vpc-endpoint.ts';
import { network } from './definition.ts';

/**
 * The composition of a VPC, cut to the zones and the sort of NAT of one environment: patch-and-transform knows
 * neither loops nor conditions. Resources are named by zone, so adding a zone leaves the others alone.
 */

/** Name of the composition for an environment. */
export const networkComposition = (environment: Environment): string => `network-${prefix(environment)}`;

type Tier = 'public' | 'private';

/** Lets the AWS Load Balancer Controller find subnets: https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html */
const ROLE_TAGS = {
  public: 'kubernetes.io/role/elb',
  private: 'kubernetes.io/role/internal-elb',
} as const satisfies Record<Tier, string>;

/** The composition for an environment's network. */
export function networkCompositions(environment: Environment): readonly Composition[] {
  const { availabilityZones: zones, natGateways } = environment.spec.network;
  // A single NAT gateway stands in the first zone.
  const natZones = natGateways === 'perZone' ? zones : zones.slice(0, 1);
  const natZoneOf = (zone: string) => (natZones.includes(zone) ? zone : (natZones[0] ?? zone));
  return [
    composition(network, networkComposition(environment), [
      ...vpc(),
      ...zones.map((zone) => subnet('public', zone)),
      ...zones.map((zone) => subnet('private', zone)),
      ...natZones.flatMap(nat),
      ...publicRoutes(zones),
      ...zones.flatMap((zone) => privateRoutes(zone, natZoneOf(zone))),
      ...s3Endpoint(zones),
    ]),
  ];
}

const nameTag = (fmt: string) => combine(fmt, 'spec.forProvider.tags.Name', 'spec.name');

const vpc = (): readonly ComposedResource[] => [
  aws(
    'vpc',
    base(Vpc, { spec: { forProvider: { enableDnsSupport: true, enableDnsHostnames: true } } }),
    from('spec.name', 'metadata.name'),
    from('spec.cidrBlock', 'spec.forProvider.cidrBlock'),
    nameTag('%s'),
    report('status.atProvider.id', 'status.vpcId'),
  ),
  aws(
    'internet-gateway',
    base(InternetGateway, { spec: { forProvider: { vpcIdSelector: sibling() } } }),
    nameTag('%s'),
  ),
];

const subnet = (tier: Tier, zone: string): ComposedResource =>
  aws(
    `${tier}-${zone}`,
    base(Subnet, {
      metadata: { labels: labelled({ tier, zone }) },
      spec: {
        forProvider: {
          vpcIdSelector: sibling(),
          mapPublicIpOnLaunch: false,
          tags: { [ROLE_TAGS[tier]]: '1' },
        },
      },
    }),
    combine(`%s-${tier}-${zone}`, 'metadata.name', 'spec.name'),
    combine(`%s${zone}`, 'spec.forProvider.availabilityZone', 'spec.region'),
    from(`spec.zones.${zone}.${tier}Cidr`, 'spec.forProvider.cidrBlock'),
    nameTag(`%s-${tier}-${zone}`),
    report('status.atProvider.id', `status.${tier}SubnetIds.${zone}`),
  );

const nat = (zone: string): readonly ComposedResource[] => [
  aws(
    `nat-address-${zone}`,
    base(Eip, { metadata: { labels: labelled({ zone }) }, spec: { forProvider: { domain: 'vpc' } } }),
    nameTag(`%s-nat-${zone}`),
  ),
  aws(
    `nat-${zone}`,
    base(NatGateway, {
      metadata: { labels: labelled({ zone }) },
      spec: {
        forProvider: {
          connectivityType: 'public',
          allocationIdSelector: sibling({ zone }),
          subnetIdSelector: sibling({ tier: 'public', zone }),
        },
      },
    }),
    nameTag(`%s-${zone}`),
  ),
];

const routeTable = (name: string, labels: Readonly<Record<string, string>>): ComposedResource =>
  aws(
    `routes-${name}`,
    base(RouteTable, {
      metadata: { labels: labelled(labels) },
      spec: { forProvider: { vpcIdSelector: sibling() } },
    }),
    nameTag(`%s-${name}`),
  );

const association = (
  name: string,
  table: Readonly<Record<string, string>>,
  subnetLabels: Readonly<Record<string, string>>,
): ComposedResource =>
  awsUntagged(
    `routes-of-${name}`,
    base(RouteTableAssociation, {
      spec: {
        forProvider: { routeTableIdSelector: sibling(table), subnetIdSelector: sibling(subnetLabels) },
      },
    }),
  );

const EVERYWHERE = '0.0.0.0/0';

const publicRoutes = (zones: readonly string[]): readonly ComposedResource[] => [
  routeTable('public', { routes: 'public' }),
  awsUntagged(
    'route-public',
    base(Route, {
      spec: {
        forProvider: {
          destinationCidrBlock: EVERYWHERE,
          routeTableIdSelector: sibling({ routes: 'public' }),
          gatewayIdSelector: sibling(),
        },
      },
    }),
  ),
  ...zones.map((zone) => association(`public-${zone}`, { routes: 'public' }, { tier: 'public', zone })),
];

const privateRoutes = (zone: string, natZone: string): readonly ComposedResource[] => {
  const routes = { routes: `private-${zone}` };
  return [
    routeTable(`private-${zone}`, routes),
    awsUntagged(
      `route-private-${zone}`,
      base(Route, {
        spec: {
          forProvider: {
            destinationCidrBlock: EVERYWHERE,
            routeTableIdSelector: sibling(routes),
            natGatewayIdSelector: sibling({ zone: natZone }),
          },
        },
      }),
    ),
    association(`private-${zone}`, routes, { tier: 'private', zone }),
  ];
};

/** S3 without NAT, free of charge: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html */
const s3Endpoint = (zones: readonly string[]): readonly ComposedResource[] => [
  aws(
    's3-endpoint',
    base(VpcEndpoint, { spec: { forProvider: { vpcEndpointType: 'Gateway', vpcIdSelector: sibling() } } }),
    combine('com.amazonaws.%s.s3', 'spec.forProvider.serviceName', 'spec.region'),
    nameTag('%s-s3'),
  ),
  inRouteTable('s3-endpoint-public', { routes: 'public' }),
  ...zones.map((zone) => inRouteTable(`s3-endpoint-private-${zone}`, { routes: `private-${zone}` })),
];
