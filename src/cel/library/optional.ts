import { isMap, sizeOfMap } from '#cel/values/map.ts';
import { Duration, Timestamp } from '#cel/values/time.ts';
import { adapt, CelError, Double, NONE, Optional, UInt, type Value } from '#cel/values/value.ts';
import * as is from './guards.ts';
import { type Library, overload } from './overload.ts';

/** Values that may be absent: `object.?spec.orValue({})`. https://kubernetes.io/docs/reference/using-api/cel/#cel-options-language-features-and-libraries */

function isZero(value: Value): boolean {
  if (value === null || value === false || value === '' || value === 0) return true;
  if (value instanceof Double) return value.value === 0;
  if (value instanceof UInt) return value.value === 0n;
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length === 0;
  if (value instanceof Duration) return value.nanos === 0n;
  if (value instanceof Timestamp) return value.seconds === 0 && value.nanos === 0;
  if (value instanceof Optional) return value.value === undefined;
  return isMap(value) && sizeOfMap(value) === 0;
}

const some = (value: Value): Optional => new Optional(value);

const firstOf = (items: readonly Value[]): Value => (items.length === 0 ? NONE : some(adapt(items[0])));
const lastOf = (items: readonly Value[]): Value => (items.length === 0 ? NONE : some(adapt(items.at(-1))));

function unwrapAll(items: readonly Value[]): Value {
  const values: Value[] = [];
  for (const item of items) {
    if (!(item instanceof Optional)) return new CelError(`value ${String(item)} is not optional`);
    if (item.value !== undefined) values.push(item.value);
  }
  return values;
}

export const OPTIONAL: Library = {
  name: 'optional',
  macros: ['optional'],
  overloads: [
    overload('optional:of(T): optional(T)', [is.any], some),
    overload('optional:ofNonZeroValue(T): optional(T)', [is.any], (value) =>
      isZero(value) ? NONE : some(value),
    ),
    overload('optional:none(): optional(T)', [], () => NONE),
    overload('optional(T).value(): T', [is.optional], ({ value }) =>
      value === undefined ? new CelError('optional.none() dereference') : value,
    ),
    overload('optional(T).hasValue(): bool', [is.optional], ({ value }) => value !== undefined),
    // Evaluated lazily, by the calls themselves.
    overload('optional(T).or(optional(T)): optional(T)', [is.optional, is.optional], (one, other) =>
      one.value === undefined ? other : one,
    ),
    overload('optional(T).orValue(T): T', [is.optional, is.any], ({ value }, other) => value ?? other),
    overload('list(T).first(): optional(T)', [is.list], firstOf),
    overload('list(T).last(): optional(T)', [is.list], lastOf),
    overload('optional:unwrap(list(optional(T))): list(T)', [is.list], unwrapAll),
    overload('list(optional(T)).unwrapOpt(): list(T)', [is.list], unwrapAll),
  ],
};
