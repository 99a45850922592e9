/** Exact and shortest decimal digits of a float64. */

export interface Digits {
  /** Without leading or trailing zeros; empty for zero. */
  readonly digits: string;
  /** Where the decimal point stands: the value is 0.DIGITS times ten to this power. */
  readonly point: number;
}

/** The fewest digits that give the value back when they're read. `value` is finite and not negative. */
export function shortestDigits(value: number): Digits {
  if (value === 0) return { digits: '', point: 0 };
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  return { digits: trimmed(mantissa.replace('.', '')), point: Number(exponent) + 1 };
}

/** All digits: a float64 is a sum of powers of two, so they end. */
export function exactDigits(value: number): Digits {
  if (value === 0) return { digits: '', point: 0 };
  const { mantissa, exponent } = binaryParts(value);
  // m / 2^k = m * 5^k / 10^k
  const whole = exponent >= 0 ? mantissa << BigInt(exponent) : mantissa * 5n ** BigInt(-exponent);
  const text = whole.toString();
  return { digits: trimmed(text), point: text.length + Math.min(exponent, 0) };
}

/** value = mantissa * 2^exponent, with a mantissa of 53 bits but for subnormal numbers. */
export function binaryParts(value: number): { readonly mantissa: bigint; readonly exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & ((1n << 52n) - 1n);
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | (1n << 52n), exponent: biased - 1075 };
}

/** Rounds to `count` digits, half to even. */
export function roundedTo({ digits, point }: Digits, count: number): Digits {
  if (count >= digits.length) return { digits, point };
  if (count < 0) return { digits: '', point: 0 };
  const kept = digits.slice(0, count);
  if (!roundsUp(digits, count)) return { digits: trimmed(kept), point };
  const up = (BigInt(kept === '' ? '0' : kept) + 1n).toString();
  return { digits: trimmed(up), point: up.length > count ? point + 1 : point };
}

function roundsUp(digits: string, count: number): boolean {
  const next = digits.charCodeAt(count) - 48;
  if (next !== 5 || count + 1 < digits.length) return next >= 5;
  return count > 0 && digits.charCodeAt(count - 1) % 2 === 1;
}

const trimmed = (digits: string) => digits.replace(/0+$/, '');
