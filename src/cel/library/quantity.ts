import { Comparable } from '#cel/values/equal.ts';
import { intOf } from '#cel/values/integer.ts';
import { CelError, Double, type Value } from '#cel/values/value.ts';
import { reads } from './cost.ts';
import * as is from './guards.ts';
import { type Library, overload } from './overload.ts';

/** Amounts such as `500m` and `2Gi`: https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-quantity-library */

/** A whole number of `10 ** scale`. The API server keeps most amounts so, and others as decimals without a scale. */
export class Quantity extends Comparable {
  readonly typeName = 'kubernetes.Quantity';
  readonly amount: bigint;
  readonly scale: number;
  /** Kept as a decimal, which never counts as an integer. */
  readonly isDecimal: boolean;
  constructor(amount: bigint, scale: number, isDecimal: boolean) {
    super();
    this.amount = amount;
    this.scale = scale;
    this.isDecimal = isDecimal;
  }
  equals(other: Comparable): boolean {
    return other instanceof Quantity && order(this, other) === 0;
  }
}

const NANO = -9;
const MAX = 2n ** 63n - 1n;
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const DECIMAL: ReadonlyMap<string, number> = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
]);

const FORM = /^([+-]?)(\d*)(?:\.(\d*))?([eE][+-]?\d+|[KMGTPE]i|[numkMGTPE]?)$/;

const abs = (value: bigint): bigint => (value < 0n ? -value : value);

/** Reads an amount as resource.ParseQuantity does; `undefined` where it is none. */
function parseQuantity(text: string): Quantity | undefined {
  const match = text === '' || text.length > 1_000 ? null : FORM.exec(text);
  if (match === null) return undefined;
  const [, sign = '', digits = '', fraction = '', suffix = ''] = match;
  // A sign, a point or a unit without a digit is zero to the API server; only no text at all is refused.
  const whole = digits.replace(/^0+/, '');
  const unscaled = BigInt(whole + fraction === '' ? '0' : whole + fraction);
  const signed = sign === '-' ? -unscaled : unscaled;
  const power = BINARY.indexOf(suffix);
  if (power > 0) {
    // Whole numbers of binary units stay exact integers as long as they are not too long.
    const precision = 15 - whole.length - Math.floor((power * 10 * 3) / 10) - 1;
    const scaled = signed * 1024n ** BigInt(power);
    if (fraction === '' && precision >= 0) return new Quantity(scaled, 0, false);
    return rounded(scaled, -fraction.length);
  }
  const exponent = DECIMAL.get(suffix) ?? Number(suffix.slice(1));
  if (Math.abs(exponent) > 2 ** 31) return undefined;
  const scale = exponent - fraction.length;
  if (18 - whole.length - fraction.length >= 0 && scale >= NANO) return new Quantity(signed, scale, false);
  return rounded(signed, scale);
}

/** Rounds away from zero to nanos, and caps at the largest int64. */
function rounded(amount: bigint, scale: number): Quantity {
  const isNegative = amount < 0n;
  let size = abs(amount);
  let at = scale;
  if (size !== 0n && String(size).length + at > 19) {
    size = MAX;
    at = 0;
  } else if (at < NANO) {
    const excess = NANO - at;
    const divisor = 10n ** BigInt(Math.min(excess, 2_000));
    size = (size + divisor - 1n) / divisor;
    at = NANO;
  } else if (at > 0) {
    size *= 10n ** BigInt(Math.min(at, 20));
    at = 0;
  }
  if (at <= 0 && size > MAX * 10n ** BigInt(-at)) {
    size = MAX;
    at = 0;
  }
  return new Quantity(isNegative ? -size : size, at, true);
}

/** Both amounts in the finer unit; far apart ones are never aligned, since zeros decide nothing. */
function aligned(one: Quantity, other: Quantity): readonly [bigint, bigint, number] {
  const scale = Math.min(one.scale, other.scale);
  const to = ({ amount, scale: from }: Quantity): bigint =>
    amount === 0n ? 0n : amount * 10n ** BigInt(Math.min(from - scale, 2_000));
  return [to(one), to(other), scale];
}

function order(one: Quantity, other: Quantity): number {
  const [left, right] = aligned(one, other);
  return left < right ? -1 : left > right ? 1 : 0;
}

function plus(one: Quantity, other: Quantity, sign: 1n | -1n): Quantity {
  const [left, right, scale] = aligned(one, other);
  return new Quantity(left + sign * right, scale, one.isDecimal || other.isDecimal);
}

/** The whole number, as AsInt64 finds one: not where the amount was written in fractions. */
function wholeOf({ amount, scale, isDecimal }: Quantity): Value {
  if (isDecimal || scale < 0 || (amount !== 0n && scale > 18)) return undefined;
  const whole = intOf(amount * 10n ** BigInt(Math.min(scale, 18)));
  return whole instanceof CelError ? undefined : whole;
}

const quantity = (value: Value): value is Quantity => value instanceof Quantity;
const ofInt = (value: number | bigint): Quantity => new Quantity(BigInt(value), 0, false);

const PARSE_ERROR =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

export const QUANTITY: Library = {
  name: 'quantity',
  overloads: [
    overload(
      'quantity(string): Quantity',
      [is.text],
      (text) => parseQuantity(text) ?? new CelError(PARSE_ERROR),
      reads(1),
    ),
    overload('isQuantity(string): bool', [is.text], (text) => parseQuantity(text) !== undefined, reads(1)),
    overload('sign(Quantity): int', [quantity], ({ amount }) => (amount < 0n ? -1 : amount > 0n ? 1 : 0)),
    overload(
      'Quantity.isGreaterThan(Quantity): bool',
      [quantity, quantity],
      (one, other) => order(one, other) > 0,
    ),
    overload(
      'Quantity.isLessThan(Quantity): bool',
      [quantity, quantity],
      (one, other) => order(one, other) < 0,
    ),
    overload('Quantity.compareTo(Quantity): int', [quantity, quantity], order),
    overload(
      'Quantity.asApproximateFloat(): double',
      [quantity],
      ({ amount, scale }) => new Double(Number(amount) * 10 ** scale),
    ),
    overload(
      'Quantity.asInteger(): int',
      [quantity],
      (value) => wholeOf(value) ?? new CelError('cannot convert value to integer'),
    ),
    overload('Quantity.isInteger(): bool', [quantity], (value) => wholeOf(value) !== undefined),
    overload('Quantity.add(Quantity): Quantity', [quantity, quantity], (one, other) => plus(one, other, 1n)),
    overload('Quantity.add(int): Quantity', [quantity, is.int], (one, other) => plus(one, ofInt(other), 1n)),
    overload('Quantity.sub(Quantity): Quantity', [quantity, quantity], (one, other) => plus(one, other, -1n)),
    overload('Quantity.sub(int): Quantity', [quantity, is.int], (one, other) => plus(one, ofInt(other), -1n)),
  ],
};
