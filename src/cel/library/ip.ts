import { Comparable } from '#cel/values/equal.ts';
import { CelError, type Value } from '#cel/values/value.ts';
import { type Address, isMapped, parseAddress, showAddress } from './address.ts';
import { reads } from './cost.ts';
import * as is from './guards.ts';
import { type Library, overload } from './overload.ts';

/** https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-ip-address-library */

export class Ip extends Comparable {
  readonly typeName = 'net.IP';
  readonly address: Address;
  constructor(address: Address) {
    super();
    this.address = address;
  }
  equals(other: Comparable): boolean {
    return (
      other instanceof Ip &&
      other.address.family === this.address.family &&
      other.address.value === this.address.value
    );
  }
}

/** The address, or why the text is none. */
export function ipOf(text: string): Ip | CelError {
  const shown = JSON.stringify(text);
  const [plain = '', zone] = text.split('%');
  if (zone !== undefined && zone !== '' && plain.includes(':') && parseAddress(plain) !== undefined)
    return new CelError(`IP address ${shown} with zone value is not allowed`);
  const address = parseAddress(text);
  if (address === undefined)
    return new CelError(
      `IP Address ${shown} parse error during conversion from string: ParseAddr(${shown}): ${problemOf(text)}`,
    );
  return isMapped(address)
    ? new CelError(`IPv4-mapped IPv6 address ${shown} is not allowed`)
    : new Ip(address);
}

/** netip's words for IPv4; IPv6 has too many to be worth it. */
function problemOf(text: string): string {
  const parts = text.split('.');
  if (text.includes(':') || !/^[\d.]+$/.test(text) || parts.length < 2) return 'unable to parse IP';
  if (parts.includes('')) return 'IPv4 field must have at least one digit';
  if (parts.some((part) => /^0\d/.test(part))) return 'IPv4 field has octet with leading zero';
  if (parts.some((part) => Number(part) > 255)) return 'IPv4 field has value >255';
  return parts.length > 4 ? 'IPv4 address too long' : 'IPv4 address too short';
}

export const ip = (value: Value): value is Ip => value instanceof Ip;

const starts = ({ family, value }: Address, prefix: string, bits: number): boolean => {
  const of = parseAddress(prefix);
  if (of?.family !== family) return false;
  const rest = BigInt((family === 4 ? 32 : 128) - bits);
  return value >> rest === of.value >> rest;
};

const isUnspecified = ({ value }: Address): boolean => value === 0n;
const isLoopback = (address: Address): boolean =>
  starts(address, '127.0.0.0', 8) || starts(address, '::1', 128);
const isMulticast = (address: Address): boolean =>
  starts(address, '224.0.0.0', 4) || starts(address, 'ff00::', 8);
const isLinkLocalUnicast = (address: Address): boolean =>
  starts(address, '169.254.0.0', 16) || starts(address, 'fe80::', 10);
/** `ffx2::`, whatever x is. */
const isLinkLocalMulticast = (address: Address): boolean =>
  starts(address, '224.0.0.0', 24) ||
  (address.family === 6 && ((address.value >> 112n) & 0xff0fn) === 0xff02n);

const isGlobalUnicast = (address: Address): boolean =>
  !isUnspecified(address) &&
  !starts(address, '255.255.255.255', 32) &&
  !isLoopback(address) &&
  !isMulticast(address) &&
  !isLinkLocalUnicast(address);

const isCanonical = (text: string): Value => {
  const made = ipOf(text);
  return made instanceof CelError ? made : showAddress(made.address) === text;
};

export const IP: Library = {
  name: 'ip',
  overloads: [
    overload('ip(string): IP', [is.text], ipOf, reads(1)),
    overload('isIP(string): bool', [is.text], (text) => !(ipOf(text) instanceof CelError), reads(1)),
    overload('ip:isCanonical(string): bool', [is.text], isCanonical, reads(2)),
    overload('string(IP): string', [ip], ({ address }) => showAddress(address)),
    overload('IP.family(): int', [ip], ({ address }) => address.family),
    overload('IP.isUnspecified(): bool', [ip], ({ address }) => isUnspecified(address)),
    overload('IP.isLoopback(): bool', [ip], ({ address }) => isLoopback(address)),
    overload('IP.isLinkLocalMulticast(): bool', [ip], ({ address }) => isLinkLocalMulticast(address)),
    overload('IP.isLinkLocalUnicast(): bool', [ip], ({ address }) => isLinkLocalUnicast(address)),
    overload('IP.isGlobalUnicast(): bool', [ip], ({ address }) => isGlobalUnicast(address)),
  ],
};
