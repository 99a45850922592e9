import { Comparable } from '#cel/values/equal.ts';
import { CelError, type Value } from '#cel/values/value.ts';
import { type Address, bitsOf, isMapped, masked, parseAddress, showAddress } from './address.ts';
import { reads, sizeOf } from './cost.ts';
import * as is from './guards.ts';
import { Ip, ip, ipOf } from './ip.ts';
import { type Cost, type Library, overload } from './overload.ts';

/** https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-cidr-library */

export class Cidr extends Comparable {
  readonly typeName = 'net.CIDR';
  readonly address: Address;
  readonly prefix: number;
  constructor(address: Address, prefix: number) {
    super();
    this.address = address;
    this.prefix = prefix;
  }
  equals(other: Comparable): boolean {
    return (
      other instanceof Cidr &&
      other.prefix === this.prefix &&
      other.address.family === this.address.family &&
      other.address.value === this.address.value
    );
  }
}

const FAILED = 'network address parse error during conversion from string: ';

/** The range, or why the text is none. */
function cidrOf(text: string): Cidr | CelError {
  const shown = JSON.stringify(text);
  const slash = text.lastIndexOf('/');
  const failed = (why: string): CelError =>
    new CelError(`${FAILED}${FAILED}netip.ParsePrefix(${shown}): ${why}`);
  if (slash < 0) return failed("no '/'");
  const address = parseAddress(text.slice(0, slash));
  if (address === undefined)
    return failed(`ParseAddr(${JSON.stringify(text.slice(0, slash))}): unable to parse IP`);
  const bits = text.slice(slash + 1);
  if (!/^(?:0|[1-9]\d{0,2})$/.test(bits)) return failed(`bad bits after slash: ${JSON.stringify(bits)}`);
  if (Number(bits) > bitsOf(address.family)) return failed('prefix length out of range');
  if (isMapped(address)) return new CelError(`${FAILED}IPv4-mapped IPv6 address ${shown} is not allowed`);
  return new Cidr(address, Number(bits));
}

const cidr = (value: Value): value is Cidr => value instanceof Cidr;

const within = ({ address, prefix }: Cidr, { family, value }: Address): boolean =>
  family === address.family && masked({ family, value }, prefix).value === masked(address, prefix).value;

const containsIp = (range: Cidr, { address }: Ip): boolean => within(range, address);
const containsCidr = (range: Cidr, other: Cidr): boolean =>
  range.prefix <= other.prefix && within(range, other.address);

/** What is not an address is of the wrong type, not malformed: so the API server words it. */
function containsIpText(range: Cidr, text: string): Value {
  const other = ipOf(text);
  return other instanceof CelError ? new CelError('no such overload') : containsIp(range, other);
}

function containsCidrText(range: Cidr, text: string): Value {
  const other = cidrOf(text);
  return other instanceof CelError ? other : containsCidr(range, other);
}

const bytesOf = (value: Value): number => (value instanceof Cidr ? Math.ceil(value.prefix / 8) : 1);
const parsing = (value: Value): number => (typeof value === 'string' ? Math.ceil(sizeOf(value) * 0.1) : 0);
const costOfIp: Cost = (range, other) => Math.ceil(bytesOf(range) * 0.2) + parsing(other);
const costOfCidr: Cost = (range, other) =>
  Math.ceil(bytesOf(range) * 0.2) + Math.ceil(bytesOf(range) * 0.1) + 1 + parsing(other);

const show = ({ address, prefix }: Cidr): string => `${showAddress(address)}/${prefix}`;

export const CIDR: Library = {
  name: 'cidr',
  overloads: [
    overload('cidr(string): CIDR', [is.text], cidrOf, reads(1)),
    overload('isCIDR(string): bool', [is.text], (text) => !(cidrOf(text) instanceof CelError), reads(1)),
    overload('string(CIDR): string', [cidr], show),
    overload('CIDR.containsIP(string): bool', [cidr, is.text], containsIpText, costOfIp),
    overload('CIDR.containsIP(IP): bool', [cidr, ip], containsIp, costOfIp),
    overload('CIDR.containsCIDR(string): bool', [cidr, is.text], containsCidrText, costOfCidr),
    overload('CIDR.containsCIDR(CIDR): bool', [cidr, cidr], containsCidr, costOfCidr),
    overload('CIDR.ip(): IP', [cidr], ({ address }) => new Ip(address)),
    overload('CIDR.prefixLength(): int', [cidr], ({ prefix }) => prefix),
    overload(
      'CIDR.masked(): CIDR',
      [cidr],
      ({ address, prefix }) => new Cidr(masked(address, prefix), prefix),
    ),
  ],
};
