import { numericPair } from './integer.ts';
import { type AnyMap, isMap, keysOf, lookUp, sizeOfMap } from './map.ts';
import { compareBytes, compareText } from './text.ts';
import { compareTimestamps, Duration, Timestamp } from './time.ts';
import { adapt, CelError, Double, Opaque, Optional, TypeValue, UInt, type Value } from './value.ts';

/** A class whose values say themselves whether they are equal: the types of Kubernetes' libraries. */
export abstract class Comparable extends Opaque {
  abstract equals(other: Comparable): boolean;
}

const isNumber = (value: Value): boolean =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof Double || value instanceof UInt;

const NO_SUCH_OVERLOAD = new CelError('no such overload');

/** Deep equality; numbers of any type compare by value, other types differ. An error only between foreign types. */
export function equal(left: Value, right: Value): boolean | CelError {
  if (left === right) return !(typeof left === 'number' && Number.isNaN(left));
  if (typeof left === 'string' || typeof left === 'boolean' || left === null) return false;
  if (typeof right === 'string' || typeof right === 'boolean' || right === null)
    return left instanceof Comparable ? NO_SUCH_OVERLOAD : false;
  if (isNumber(left)) {
    const pair = numericPair(adapt(left), adapt(right));
    // Loose on purpose: number and bigint compare by value.
    // biome-ignore lint/suspicious/noDoubleEquals: 1 == 1n
    return pair !== undefined && pair[0] == pair[1];
  }
  if (Array.isArray(left)) return Array.isArray(right) && equalLists(left, right);
  if (isMap(left)) return isMap(right) && equalMaps(left, right);
  if (left instanceof Uint8Array) return right instanceof Uint8Array && compareBytes(left, right) === 0;
  return equalOpaque(left, right);
}

function equalLists(left: readonly Value[], right: readonly Value[]): boolean | CelError {
  if (left.length !== right.length) return false;
  for (const [index, item] of left.entries()) {
    const same = equal(item, right[index]);
    if (same !== true) return same;
  }
  return true;
}

function equalMaps(left: AnyMap, right: AnyMap): boolean | CelError {
  if (sizeOfMap(left) !== sizeOfMap(right)) return false;
  for (const key of keysOf(left)) {
    const other = lookUp(right, key);
    if (other === undefined) return false;
    const same = equal(lookUp(left, key), other);
    if (same !== true) return same;
  }
  return true;
}

function equalOpaque(left: Value, right: Value): boolean | CelError {
  if (left instanceof Timestamp) return right instanceof Timestamp && compareTimestamps(left, right) === 0;
  if (left instanceof Duration) return right instanceof Duration && left.nanos === right.nanos;
  if (left instanceof TypeValue) return right instanceof TypeValue && left.name === right.name;
  if (left instanceof Optional) {
    if (!(right instanceof Optional)) return false;
    if (left.value === undefined || right.value === undefined) return left.value === right.value;
    return equal(left.value, right.value);
  }
  if (left instanceof Comparable)
    return right instanceof Comparable && right.typeName === left.typeName
      ? left.equals(right)
      : NO_SUCH_OVERLOAD;
  return false;
}

const NAN = new CelError('NaN values cannot be ordered');

/** -1, 0 or 1; an error between values that have no order. */
export function compare(left: Value, right: Value): number | CelError {
  if (typeof left === 'string')
    return typeof right === 'string' ? compareText(left, right) : NO_SUCH_OVERLOAD;
  if (isNumber(left)) {
    const pair = numericPair(left, right);
    if (pair === undefined) return NO_SUCH_OVERLOAD;
    const [one, other] = pair;
    if (Number.isNaN(one) || Number.isNaN(other)) return NAN;
    return one < other ? -1 : one > other ? 1 : 0;
  }
  if (typeof left === 'boolean')
    return typeof right === 'boolean' ? Number(left) - Number(right) : NO_SUCH_OVERLOAD;
  if (left instanceof Timestamp)
    return right instanceof Timestamp ? compareTimestamps(left, right) : NO_SUCH_OVERLOAD;
  if (left instanceof Duration) {
    if (!(right instanceof Duration)) return NO_SUCH_OVERLOAD;
    return left.nanos < right.nanos ? -1 : left.nanos > right.nanos ? 1 : 0;
  }
  if (left instanceof Uint8Array)
    return right instanceof Uint8Array ? compareBytes(left, right) : NO_SUCH_OVERLOAD;
  return NO_SUCH_OVERLOAD;
}
