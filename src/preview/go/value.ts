import { Failure } from '../failure.ts';
import { wellFormed } from './text.ts';

/**
 * Values as they are inside the function: JSON values, but whole numbers are either float64 (`number`) or int64
 * (`bigint`), which formats, comparisons and arithmetic tell apart. Objects have no prototype, so every key is
 * only a key. Bytes that are no UTF-8 are in strings as `text.ts` describes.
 */
export type GoValue = null | boolean | string | number | bigint | GoValue[] | GoObject;
export interface GoObject {
  [key: string]: GoValue;
}

export const newObject = (): GoObject => Object.create(null) as GoObject;

export const isObject = (value: unknown): value is GoObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value of an own key; a key named `constructor` is a key like any other. */
export const fieldOf = (object: GoObject, key: string): GoValue | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;

/** Deeper than any Kubernetes object; protocol buffers refuse far less. */
const DEEPEST = 1_000;

/**
 * A JSON value as it comes out of a protobuf Struct: every number a float64. `undefined` counts as null; half
 * surrogate pairs, which can't be in a message, become U+FFFD.
 */
export function fromJson(value: unknown, depth = 0): GoValue {
  if (depth > DEEPEST) throw new Failure(`exceeded max depth ${DEEPEST}`);
  if (typeof value === 'string') return wellFormed(value);
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint') return value;
  if (Array.isArray(value)) return value.map((item) => fromJson(item, depth + 1));
  if (typeof value !== 'object' || value === null) return null;
  const object = newObject();
  for (const [key, field] of Object.entries(value)) {
    if (field !== undefined) object[wellFormed(key)] = fromJson(field, depth + 1);
  }
  return object;
}

/** The value as JSON.parse would give it: numbers as float64, -0 as 0, bytes that are no UTF-8 as U+FFFD. */
export function toJson(value: GoValue): unknown {
  if (typeof value === 'string') return wellFormed(value);
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return value === 0 ? 0 : value;
  if (Array.isArray(value)) return value.map(toJson);
  if (value === null || typeof value !== 'object') return value;
  return mapObject(value, toJson);
}

/** An independent copy. */
export function copyOf(value: GoValue): GoValue {
  if (Array.isArray(value)) return value.map(copyOf);
  return isObject(value) ? mapObject(value, copyOf) : value;
}

/**
 * The value after it went through JSON as Kubernetes decodes it: whole numbers are int64 where they fit.
 * Fails where JSON has no form for it.
 */
export function normalised(value: GoValue): GoValue {
  if (typeof value === 'string') return wellFormed(value);
  if (typeof value === 'number') return normalisedNumber(value);
  if (Array.isArray(value)) return value.map(normalised);
  return isObject(value) ? mapObject(value, normalised) : value;
}

function normalisedNumber(value: number): GoValue {
  if (!Number.isFinite(value)) {
    throw new Failure(
      `json: unsupported value: ${Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'}`,
    );
  }
  // JSON writes an exponent from 1e21 on and under 1e-6, which is decoded as a float64 again.
  if (!Number.isInteger(value) || Math.abs(value) >= 1e21) return value;
  const whole = BigInt(value);
  return BigInt.asIntN(64, whole) === whole ? whole : value;
}

function mapObject<T>(object: GoObject, change: (value: GoValue) => T): { [key: string]: T } {
  const result = Object.create(null) as { [key: string]: T };
  for (const key of Object.keys(object)) result[key] = change(object[key] ?? null);
  return result;
}

/** The name of the value's type in Go, as `%T` prints it. */
export function typeName(value: GoValue): string {
  if (value === null) return '<nil>';
  if (Array.isArray(value)) return '[]interface {}';
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'string':
      return 'string';
    case 'number':
      return 'float64';
    case 'bigint':
      return 'int64';
    default:
      return 'map[string]interface {}';
  }
}

/** int64(x) on amd64: cut toward zero, and the least int64 for what does not fit. */
export function truncated(value: number): bigint {
  if (!Number.isFinite(value) || value >= 2 ** 63 || value < -(2 ** 63)) return -(2n ** 63n);
  return BigInt(Math.trunc(value));
}

/** Deep equality in which an int64 never equals a float64. */
export function equals(left: GoValue, right: GoValue): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => equals(item, right[index] ?? null));
  }
  if (isObject(left) && isObject(right)) {
    const keys = Object.keys(left);
    return (
      keys.length === Object.keys(right).length &&
      keys.every((key) => Object.hasOwn(right, key) && equals(left[key] ?? null, right[key] ?? null))
    );
  }
  return left === right;
}
