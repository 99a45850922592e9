import {
  Eip,
  InternetGateway,
  NatGateway,
  Route,
  RouteTable,
  RouteTableAssociation,
  Subnet,
  Vpc,
} from '#imports/ec2.aws.upbound.io.ts';
import type { Environment } from '#model/environment/environment.ts';
import { prefix } from '#model/names.ts';
import { aws, awsUntagged, base, type ComposedResource, labelled, sibling } from '../composed.ts';
import { type Composition, composition } from '../composition.ts';
import { combine, from, report } from '../patches.ts';
import { network } from './definition.ts';
import { interfaceEndpoints, s3Endpoint } from './endpoints.ts';
import { nameTag } from './name-tag.ts';
import { observed } from './observed.ts';

/**
 * The composition of a VPC, cut to the zones, the sort of NAT and the endpoints of one environment:
 * patch-and-transform knows neither loops nor conditions. Resources are named by zone, so adding a zone leaves the
 * others alone.
 */

/** Name of the composition for an environment. */
export const networkComposition = (environment: Environment): string =>
  environment.spec.network.existing === undefined
    ? `network-${prefix(environment)}`
    : `network-existing-${prefix(environment)}`;

type Tier = 'public' | 'private';

/** Lets the AWS Load Balancer Controller find subnets: https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html */
const ROLE_TAGS = {
  public: 'kubernetes.io/role/elb',
  private: 'kubernetes.io/role/internal-elb',
} as const satisfies Record<Tier, string>;

/** The composition for an environment's network. */
export function networkCompositions(environment: Environment): readonly Composition[] {
  const { existing } = environment.spec.network;
  const resources = existing === undefined ? made(environment) : observed(environment, existing);
  return [
    composition(network, networkComposition(environment), [
      ...resources,
      ...interfaceEndpoints(environment.spec.network),
    ]),
  ];
}

function made(environment: Environment): readonly ComposedResource[] {
  const { availabilityZones: zones, natGateways } = environment.spec.network;
  // A single NAT gateway stands in the first zone.
  const natZones = natGateways === 'perZone' ? zones : zones.slice(0, 1);
  const natZoneOf = (zone: string) => (natZones.includes(zone) ? zone : (natZones[0] ?? zone));
  return [
    ...vpc(),
    ...zones.map((zone) => subnet('public', zone)),
    ...zones.map((zone) => subnet('private', zone)),
    ...natZones.flatMap(nat),
    ...publicRoutes(zones),
    ...zones.flatMap((zone) => privateRoutes(zone, natZoneOf(zone))),
    ...s3Endpoint(zones),
  ];
}

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
