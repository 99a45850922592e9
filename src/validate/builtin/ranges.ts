/** Ranges of addresses. */

interface Range {
  readonly bits: bigint;
  readonly length: number;
  readonly size: 32 | 128;
}

/** Whether the second range lies strictly within the first; undefined where one of them is none. */
export function isWithin(outer: string, inner: string): boolean | undefined {
  const [wide, narrow] = [rangeOf(outer), rangeOf(inner)];
  if (wide === undefined || narrow === undefined) return undefined;
  if (wide.size !== narrow.size || narrow.length <= wide.length) return false;
  const shift = BigInt(wide.size - wide.length);
  return wide.bits >> shift === narrow.bits >> shift;
}

function rangeOf(text: string): Range | undefined {
  const [address = '', length = ''] = text.split('/');
  if (!/^[0-9]{1,20}$/.test(length)) return undefined;
  const bits = address.includes(':') ? sixBits(address) : fourBits(address);
  if (bits === undefined) return undefined;
  return { bits, length: Number(length), size: address.includes(':') ? 128 : 32 };
}

function fourBits(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^[0-9]{1,20}$/.test(part))) return undefined;
  return parts.reduce((bits, part) => (bits << 8n) + BigInt(part), 0n);
}

function sixBits(text: string): bigint | undefined {
  const [head = '', tail] = text.split('::');
  const groups = (half: string) => (half === '' ? [] : half.split(':'));
  const missing = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array<string>(Math.max(0, missing)).fill('0'), ...groups(tail ?? '')];
  if (all.length !== 8 || !all.every((group) => /^0*[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return all.reduce((bits, group) => (bits << 16n) + BigInt(`0x${group}`), 0n);
}
