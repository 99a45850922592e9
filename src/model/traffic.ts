import { isPublic } from './environment/database.ts';
import type { Environment } from './environment/environment.ts';
import { VALKEY_PORT, VALKEY_READER_PORT, type Way } from './grants.ts';
import { pointerTo } from './pointer.ts';
import { loadBalancerRanges } from './subnets.ts';
import { needsRole, type Use } from './uses.ts';

/** Who may connect to a service's pods, and where they may connect to. All else is refused. */

/** TCP ports from `port` to `endPort`. */
export interface Ports {
  readonly port: number;
  readonly endPort?: number;
}

/** The other end: an address range, or the pods of a service in the same namespace. */
export type Peer = { readonly cidr: string } | { readonly service: string };

export interface TrafficRule {
  readonly peers: readonly Peer[];
  readonly ports: readonly Ports[];
  /** The line that caused it. */
  readonly pointer: string;
}

export interface Traffic {
  readonly ingress: readonly TrafficRule[];
  /** Besides DNS, which every pod needs. */
  readonly egress: readonly TrafficRule[];
}

const ANYWHERE = '0.0.0.0/0';

/** Atlas gives each node of a cluster behind a private endpoint a port of its own, from this range. */
const ATLAS_PORTS: Ports = { port: 1024, endPort: 65_535 };
/** In the internet all nodes answer on one; their addresses change. */
const ATLAS_PUBLIC_PORT: Ports = { port: 27_017 };

/**
 * Traffic of a service. `callers` are the services that use it. Rules that several uses need appear once, with
 * the first use's line as their cause.
 */
export function trafficOf(
  environment: Environment,
  name: string,
  uses: readonly Use[],
  callers: readonly string[],
): Traffic {
  return {
    ingress: [...fromLoadBalancer(environment, name), ...fromCallers(environment, name, callers)],
    egress: distinct([...uses.flatMap((use) => egressOf(environment, use)), ...ownEgress(environment, name)]),
  };
}

function fromLoadBalancer(environment: Environment, name: string): readonly TrafficRule[] {
  const service = environment.spec.services?.[name];
  const settings = environment.spec.ingress;
  if (service?.ingress === undefined || service.port === undefined || settings === undefined) return [];
  // Targets are pods (target type ip), so connections come from the load balancer's own addresses.
  const peers = loadBalancerRanges(environment, settings.scheme).map((cidr) => ({ cidr }));
  const health = service.health?.port;
  const ports = [service.port, ...(health === undefined || health === service.port ? [] : [health])];
  return [
    {
      peers,
      ports: ports.map((port) => ({ port })),
      pointer: pointerTo('spec', 'services', name, 'ingress'),
    },
  ];
}

function fromCallers(
  environment: Environment,
  name: string,
  callers: readonly string[],
): readonly TrafficRule[] {
  const port = environment.spec.services?.[name]?.port;
  if (port === undefined) return [];
  return callers.map((caller) => ({
    peers: [{ service: caller }],
    ports: [{ port }],
    pointer: pointerTo('spec', 'services', caller, 'uses', name),
  }));
}

const egressOf = (environment: Environment, use: Use): readonly TrafficRule[] =>
  use.rule.ways.flatMap((way) =>
    WAY_OUT[way](environment, use).map((end) => ({ ...end, pointer: use.pointer })),
  );

type End = Omit<TrafficRule, 'pointer'>;

const WAY_OUT: Readonly<Record<Way, (environment: Environment, use: Use) => readonly End[]>> = {
  https: () => [{ peers: [{ cidr: ANYWHERE }], ports: [{ port: 443 }] }],
  valkey: (environment, { name }) => {
    const isServerless = environment.spec.caches?.[name]?.serverless !== undefined;
    const last = isServerless ? { endPort: VALKEY_READER_PORT } : {};
    return [{ peers: [{ cidr: environment.spec.network.cidr }], ports: [{ port: VALKEY_PORT, ...last }] }];
  },
  mongodb: (environment, { name }) =>
    isPublic(environment.spec.databases?.[name])
      ? [{ peers: [{ cidr: ANYWHERE }], ports: [ATLAS_PUBLIC_PORT] }]
      : [{ peers: [{ cidr: environment.spec.network.cidr }], ports: [ATLAS_PORTS] }],
  service: (environment, { name }) => {
    const port = environment.spec.services?.[name]?.port;
    return port === undefined ? [] : [{ peers: [{ service: name }], ports: [{ port }] }];
  },
};

function ownEgress(environment: Environment, name: string): readonly TrafficRule[] {
  return (environment.spec.services?.[name]?.egress ?? []).map(({ cidr, ports }, index) => ({
    peers: [{ cidr }],
    ports: ports.map((port) => ({ port })),
    pointer: pointerTo('spec', 'services', name, 'egress', index),
  }));
}

function distinct(rules: readonly TrafficRule[]): readonly TrafficRule[] {
  const seen = new Map<string, TrafficRule>();
  for (const rule of rules) {
    const key = JSON.stringify([rule.peers, rule.ports]);
    if (!seen.has(key)) seen.set(key, rule);
  }
  return [...seen.values()];
}

/** Callee -> the services that call it, sorted. */
export function callersByService(
  usesByService: ReadonlyMap<string, readonly Use[]>,
): ReadonlyMap<string, readonly string[]> {
  const callers = new Map<string, string[]>();
  for (const uses of usesByService.values()) {
    for (const use of uses) {
      if (needsRole(use)) continue;
      const known = callers.get(use.name);
      if (known === undefined) callers.set(use.name, [use.service]);
      else known.push(use.service);
    }
  }
  for (const names of callers.values()) names.sort();
  return callers;
}
