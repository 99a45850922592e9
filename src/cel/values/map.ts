import { CelError, Double, isPlainMap, LazyObject, Opaque, UInt, type Value } from './value.ts';

/**
 * A map that an expression made. Numeric keys that are equal are one key, whatever their type (`{1: 'a'}[1u]`);
 * the key as it was written is kept beside the value.
 */
export class CelMap extends Opaque {
  readonly typeName = 'map';
  readonly entries: Map<unknown, readonly [key: Value, value: Value]>;
  constructor(entries: Map<unknown, readonly [Value, Value]> = new Map()) {
    super();
    this.entries = entries;
  }
}

/** A key in the form under which equal keys are identical. */
function canonical(key: Value): unknown {
  if (key instanceof UInt)
    return key.value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(key.value) : key.value;
  if (key instanceof Double) return key.value;
  return key;
}

const isKey = (key: Value): boolean =>
  typeof key === 'string' ||
  typeof key === 'number' ||
  typeof key === 'bigint' ||
  typeof key === 'boolean' ||
  key instanceof UInt;

/** Puts an entry, replacing one with an equal key; an error where the key can't be one. */
export function putEntry(map: CelMap, key: Value, value: Value): CelError | undefined {
  if (!isKey(key) && !(key instanceof Double)) return new CelError('unsupported key type');
  map.entries.set(canonical(key), [key, value]);
  return undefined;
}

export const hasEntry = (map: CelMap, key: Value): boolean => map.entries.has(canonical(key));

export type AnyMap = CelMap | Readonly<Record<string, Value>>;

export const isMap = (value: Value): value is AnyMap => value instanceof CelMap || isPlainMap(value);

/** What a map holds for a key; `undefined` where it has no such key. Data of a prototype is never reached. */
export function lookUp(map: AnyMap, key: Value): Value {
  if (map instanceof CelMap) return map.entries.get(canonical(key))?.[1];
  return typeof key === 'string' && Object.hasOwn(map, key) ? map[key] : undefined;
}

/** What a map or lazy object holds in a field; `undefined` where there is none, or the value holds no fields. */
export function fieldOf(value: Value, name: string): Value {
  if (isPlainMap(value)) return Object.hasOwn(value, name) ? value[name] : undefined;
  if (value instanceof CelMap) return value.entries.get(name)?.[1];
  return value instanceof LazyObject ? value.field(name) : undefined;
}

/** A plain object's keys whose value is set. */
export function keysOf(map: AnyMap): Value[] {
  if (map instanceof CelMap) return [...map.entries.values()].map(([key]) => key);
  return Object.keys(map);
}

export const sizeOfMap = (map: AnyMap): number =>
  map instanceof CelMap ? map.entries.size : Object.keys(map).length;
