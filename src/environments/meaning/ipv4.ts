/** IPv4 ranges: https://www.rfc-editor.org/rfc/rfc4632#section-3.1 */

interface Ipv4Range {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

/** Why a text is no range, with the range that was probably meant. */
interface NoRange {
  readonly problem: string;
  readonly write?: string;
}

/** Reads `10.20.0.0/16`. Undefined where the text has another form, which the schema reports. */
export function parseRange(text: string): Ipv4Range | NoRange | undefined {
  const match = /^([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})\/([0-9]{1,2})$/.exec(text);
  if (match === null) return undefined;
  const [octets, prefix] = [match.slice(1, 5), Number(match[5])];
  if (octets.some((octet) => Number(octet) > 255)) return { problem: 'numbers of an address end at 255' };
  if (octets.some((octet) => octet.length > 1 && octet.startsWith('0'))) {
    const write = `${octets.map(Number).join('.')}/${prefix}`;
    return { problem: 'numbers of an address begin with no zero', write };
  }
  if (prefix > 32) return { problem: 'the prefix of an address has at most 32 bits' };
  const address = octets.reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const size = 2 ** (32 - prefix);
  const first = address - (address % size);
  if (first !== address) {
    return {
      problem: `the address has bits behind the prefix of ${prefix}`,
      write: `${dotted(first)}/${prefix}`,
    };
  }
  return { first, last: first + size - 1, prefix };
}

export const isRange = (range: Ipv4Range | NoRange | undefined): range is Ipv4Range =>
  range !== undefined && 'first' in range;

const dotted = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');

export const overlaps = (one: Ipv4Range, other: Ipv4Range): boolean =>
  one.first <= other.last && other.first <= one.last;

export const contains = (outer: Ipv4Range, inner: Ipv4Range): boolean =>
  outer.first <= inner.first && inner.last <= outer.last;

/** A range that is known to be one. */
export function range(text: string): Ipv4Range {
  const parsed = parseRange(text);
  if (!isRange(parsed)) throw new RangeError(`not an address range: ${text}`);
  return parsed;
}
