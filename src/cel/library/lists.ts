import { compare, equal } from '#cel/values/equal.ts';
import { addInts, uintOf } from '#cel/values/integer.ts';
import { Duration, durationOf, Timestamp } from '#cel/values/time.ts';
import { adapt, CelError, Double, isError, isInt, typeNameOf, UInt, type Value } from '#cel/values/value.ts';
import { visits } from './cost.ts';
import * as is from './guards.ts';
import { type Library, type Overload, overload } from './overload.ts';

/** Kubernetes' functions on lists: https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-list-library */

export const COMPARABLE = ['int', 'uint', 'double', 'bool', 'duration', 'timestamp', 'string', 'bytes'];

const NO_SUCH_OVERLOAD = new CelError('no such overload');

/** Whether a value has an order at all. What can't be compared with its neighbour is passed over, as in Kubernetes. */
const isOrdered = (value: Value): boolean =>
  ['string', 'boolean', 'number', 'bigint'].includes(typeof value) ||
  value instanceof Double ||
  value instanceof UInt ||
  value instanceof Timestamp ||
  value instanceof Duration ||
  value instanceof Uint8Array;

const unordered = (name: string): CelError => new CelError(`no such overload: ${name}(list)`);

function isSorted(items: readonly Value[]): Value {
  for (const [index, item] of items.entries()) {
    const value = adapt(item);
    if (!isOrdered(value)) return unordered('isSorted');
    const order = index === 0 ? 0 : compare(adapt(items[index - 1]), value);
    if (!isError(order) && order > 0) return false;
  }
  return true;
}

/** The element that all others are not before (`wanted` -1) or not after (1). */
function extreme(name: string, items: readonly Value[], wanted: number): Value {
  let best: Value;
  for (const item of items) {
    const value = adapt(item);
    if (!isOrdered(value)) return unordered(name);
    if (best === undefined) {
      best = value;
      continue;
    }
    const order = compare(value, best);
    if (!isError(order) && order === wanted) best = value;
  }
  return best ?? new CelError(`${name} called on empty list`);
}

function plus(sum: Value, value: Value): Value {
  if (isInt(sum) && isInt(value)) return addInts(sum, value);
  if (sum instanceof Double && value instanceof Double) return new Double(sum.value + value.value);
  if (sum instanceof UInt && value instanceof UInt) return uintOf(sum.value + value.value);
  if (sum instanceof Duration && value instanceof Duration) return durationOf(sum.nanos + value.nanos);
  return NO_SUCH_OVERLOAD;
}

function sumFrom(zero: Value): (items: readonly Value[]) => Value {
  return (items) => {
    let sum = zero;
    for (const item of items) {
      sum = plus(sum, adapt(item));
      if (isError(sum)) return sum;
    }
    return sum;
  };
}

const ZEROS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['int', 0],
  ['uint', new UInt(0n)],
  ['double', new Double(0)],
  ['duration', new Duration(0n)],
]);

/** A list whose elements, where it has any, are of a type. */
function listOfType(name: string): (value: Value) => value is readonly Value[] {
  return (value): value is readonly Value[] =>
    Array.isArray(value) && (value.length === 0 || shortName(value[0]) === name);
}

const shortName = (value: Value): string => typeNameOf(value).replace('google.protobuf.', '').toLowerCase();

const forTypes = (types: Iterable<string>, make: (type: string) => Overload): Overload[] =>
  [...types].map(make);

export const LISTS: Library = {
  name: 'lists',
  overloads: [
    ...forTypes(COMPARABLE, (type) =>
      overload(`list(${type}).isSorted(): bool`, [is.list], isSorted, visits),
    ),
    ...forTypes(COMPARABLE, (type) =>
      overload(`list(${type}).max(): ${type}`, [is.list], (items) => extreme('max', items, 1), visits),
    ),
    ...forTypes(COMPARABLE, (type) =>
      overload(`list(${type}).min(): ${type}`, [is.list], (items) => extreme('min', items, -1), visits),
    ),
    ...forTypes(ZEROS.keys(), (type) =>
      overload(`list(${type}).sum(): ${type}`, [listOfType(type)], sumFrom(ZEROS.get(type)), visits),
    ),
    overload(
      'list(T).indexOf(T): int',
      [is.list, is.any],
      (items, value) => items.findIndex((item) => equal(item, value) === true),
      visits,
    ),
    overload(
      'list(T).lastIndexOf(T): int',
      [is.list, is.any],
      (items, value) => items.findLastIndex((item) => equal(item, value) === true),
      visits,
    ),
  ],
};
