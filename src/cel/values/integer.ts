import { CelError, Double, UInt, type Value } from './value.ts';

/** Arithmetic on int and uint, exact in the ranges of int64 and uint64. */

const MIN_INT = -(2n ** 63n);
export const MAX_INT = 2n ** 63n - 1n;
const MAX_UINT = 2n ** 64n - 1n;

const INT_OVERFLOW = new CelError('integer overflow');
const UINT_OVERFLOW = new CelError('unsigned integer overflow');
const DIVISION_BY_ZERO = new CelError('division by zero');
const MODULUS_BY_ZERO = new CelError('modulus by zero');

type Int = number | bigint;

/** An int in its one form: a number while it is safe. */
export function intOf(value: bigint): Int | CelError {
  if (value >= -9007199254740991n && value <= 9007199254740991n) return Number(value);
  return value < MIN_INT || value > MAX_INT ? INT_OVERFLOW : value;
}

export const uintOf = (value: bigint): UInt | CelError =>
  value < 0n || value > MAX_UINT ? UINT_OVERFLOW : new UInt(value);

export function addInts(left: Int, right: Int): Int | CelError {
  if (typeof left === 'number' && typeof right === 'number') {
    const sum = left + right;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return intOf(BigInt(left) + BigInt(right));
}

export function subtractInts(left: Int, right: Int): Int | CelError {
  if (typeof left === 'number' && typeof right === 'number') {
    const difference = left - right;
    if (Number.isSafeInteger(difference)) return difference;
  }
  return intOf(BigInt(left) - BigInt(right));
}

export function multiplyInts(left: Int, right: Int): Int | CelError {
  if (typeof left === 'number' && typeof right === 'number') {
    const product = left * right;
    // `+ 0` turns a negative zero, which an int does not have, into zero.
    if (Number.isSafeInteger(product)) return product + 0;
  }
  return intOf(BigInt(left) * BigInt(right));
}

export function divideInts(left: Int, right: Int): Int | CelError {
  if (right === 0) return DIVISION_BY_ZERO;
  if (typeof left === 'number' && typeof right === 'number') return Math.trunc(left / right) + 0;
  return intOf(BigInt(left) / BigInt(right));
}

export function moduloInts(left: Int, right: Int): Int | CelError {
  if (right === 0) return MODULUS_BY_ZERO;
  if (typeof left === 'number' && typeof right === 'number') return (left % right) + 0;
  // The one quotient out of range makes the remainder an overflow too.
  if (BigInt(left) === MIN_INT && right === -1) return INT_OVERFLOW;
  return intOf(BigInt(left) % BigInt(right));
}

export const negateInt = (value: Int): Int | CelError =>
  typeof value === 'number' ? 0 - value : intOf(-value);

export const divideUInts = (left: UInt, right: UInt): UInt | CelError =>
  right.value === 0n ? DIVISION_BY_ZERO : new UInt(left.value / right.value);

export const moduloUInts = (left: UInt, right: UInt): UInt | CelError =>
  right.value === 0n ? MODULUS_BY_ZERO : new UInt(left.value % right.value);

/** A double's whole part as an int; an error beyond the range. The range excludes its bounds, as cel-go has it. */
export function intOfDouble(value: number): Int | CelError {
  if (!(value > -(2 ** 63) && value < 2 ** 63)) return INT_OVERFLOW;
  return intOf(BigInt(Math.trunc(value)));
}

export function uintOfDouble(value: number): UInt | CelError {
  if (!(value >= 0 && value < 2 ** 64)) return UINT_OVERFLOW;
  return new UInt(BigInt(Math.trunc(value)));
}

/** Two numbers as they compare with each other: doubles only with doubles, so that a large int loses its last digits. */
export function numericPair(
  left: Value,
  right: Value,
): readonly [number | bigint, number | bigint] | undefined {
  const one = numeric(left);
  const other = numeric(right);
  if (one === undefined || other === undefined) return undefined;
  if (left instanceof Double || right instanceof Double) return [Number(one), Number(other)];
  return [one, other];
}

/** A numeric value as it compares with others: number or bigint; `undefined` for what is no number. */
function numeric(value: Value): number | bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (value instanceof Double || value instanceof UInt) return value.value;
  return undefined;
}
