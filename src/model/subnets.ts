import type { Environment } from './environment/environment.ts';

/**
 * How a VPC's addresses are divided: a quarter of them for the private subnet of each zone (pods have addresses
 * of their own, so these must be large), and of the last quarter a quarter for each public subnet. Zones keep
 * their ranges when another is added at the end of the list.
 */

/** Subnets of one zone, in CIDR notation. */
export interface ZoneSubnets {
  /** Letter of the zone. */
  readonly zone: string;
  readonly publicCidr: string;
  readonly privateCidr: string;
}

/** The subnets of an environment's network, in the order of its zones. Takes a valid range of at most /26. */
export function subnets(environment: Environment): readonly ZoneSubnets[] {
  const { cidr, availabilityZones } = environment.spec.network;
  const { base, prefix } = range(cidr);
  const quarter = 2 ** (32 - prefix - 2);
  return availabilityZones.map((zone, index) => ({
    zone,
    privateCidr: `${address(base + index * quarter)}/${prefix + 2}`,
    publicCidr: `${address(base + 3 * quarter + index * (quarter / 4))}/${prefix + 4}`,
  }));
}

/**
 * Ranges that connections of the load balancer come from: the public or the private subnets. Those of a network
 * that somebody else made aren't known, so all of it stands for them.
 */
export function loadBalancerRanges(
  environment: Environment,
  scheme: 'internal' | 'internet-facing',
): readonly string[] {
  const { cidr, existing } = environment.spec.network;
  if (existing !== undefined) return [cidr];
  return subnets(environment).map(({ publicCidr, privateCidr }) =>
    scheme === 'internal' ? privateCidr : publicCidr,
  );
}

/** First address as a number, host bits cleared, and the prefix's length. */
function range(cidr: string): { readonly base: number; readonly prefix: number } {
  const [dotted = '', length = '32'] = cidr.split('/');
  const prefix = Number(length);
  const number = dotted.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - prefix);
  return { base: number - (number % size), prefix };
}

const address = (number: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
