import type { ListIdentity, Type } from '#cel/types/type.ts';
import { equal } from '#cel/values/equal.ts';
import { type AnyMap, fieldOf, isMap, keysOf, lookUp, sizeOfMap } from '#cel/values/map.ts';
import { CelError, isError, isList, type Value } from '#cel/values/value.ts';

/**
 * Lists whose elements have an identity (x-kubernetes-list-type set or map): order does not matter to `==`, and `+`
 * merges. https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-list-type
 */
type Equality = (left: Value, right: Value) => boolean | CelError;

/** Equality of a type that holds such lists; `undefined` where plain equality does. */
export function equalityOf(type: Type, depth = 0): Equality | undefined {
  if (depth > 32) return undefined;
  switch (type.kind) {
    case 'list': {
      const inner = equalityOf(type.element, depth + 1);
      if (type.identity === undefined) return inner && ((left, right) => inOrder(left, right, inner));
      const { identity } = type;
      const same = inner ?? equal;
      return identity === 'set'
        ? (left, right) =>
            byIdentity(
              left,
              right,
              (item) => item,
              () => true,
            )
        : (left, right) => byIdentity(left, right, (item) => keyOf(item, identity), same);
    }
    case 'map': {
      const inner = equalityOf(type.value, depth + 1);
      return inner && ((left, right) => inMaps(left, right, () => inner));
    }
    case 'object': {
      const fields = new Map<string, Equality>();
      for (const [name, { type: fieldType, property }] of type.fields) {
        const inner = equalityOf(fieldType, depth + 1);
        if (inner !== undefined) fields.set(property ?? name, inner);
      }
      return fields.size === 0
        ? undefined
        : (left, right) => inMaps(left, right, (key) => fields.get(key) ?? equal);
    }
    default:
      return undefined;
  }
}

function inOrder(left: Value, right: Value, same: Equality): boolean | CelError {
  if (!isList(left) || !isList(right)) return equal(left, right);
  if (left.length !== right.length) return false;
  for (const [index, item] of left.entries()) {
    const verdict = same(item, right[index]);
    if (verdict !== true) return verdict;
  }
  return true;
}

function inMaps(left: Value, right: Value, sameIn: (key: string) => Equality): boolean | CelError {
  if (!isMap(left) || !isMap(right)) return equal(left, right);
  if (sizeOfMap(left) !== sizeOfMap(right)) return false;
  for (const key of keysOf(left)) {
    const verdict = sameEntry(left, right, key, sameIn);
    if (verdict !== true) return verdict;
  }
  return true;
}

function sameEntry(
  left: AnyMap,
  right: AnyMap,
  key: Value,
  sameIn: (key: string) => Equality,
): boolean | CelError {
  const other = lookUp(right, key);
  return other === undefined ? false : sameIn(String(key))(lookUp(left, key), other);
}

function byIdentity(
  left: Value,
  right: Value,
  identify: (item: Value) => Value,
  same: Equality,
): boolean | CelError {
  if (!isList(left) || !isList(right)) return equal(left, right);
  if (left.length !== right.length) return false;
  const known = new Map(left.map((item) => [identify(item), item]));
  for (const item of right) {
    const key = identify(item);
    if (!known.has(key)) return false;
    const verdict = same(known.get(key), item);
    if (verdict !== true) return verdict;
  }
  return true;
}

const keyOf = (item: Value, keys: readonly string[]): string =>
  JSON.stringify(keys.map((key) => String(fieldOf(item, key) ?? null)));

/** `+` on a list with an identity; `undefined` where the list has none. */
export function mergeOf(type: Type): ((left: Value, right: Value) => Value) | undefined {
  if (type.kind !== 'list' || type.identity === undefined) return undefined;
  const { identity } = type;
  return (left, right) =>
    isList(left) && isList(right) ? merged(left, right, identity) : new CelError('no such overload: _+_');
}

/** Sets keep what they have; of a map's elements with one key, the right one stands in the left one's place. */
function merged(left: readonly Value[], right: readonly Value[], identity: ListIdentity): Value {
  const identify = (item: Value): Value => (identity === 'set' ? item : keyOf(item, identity));
  const made = new Map(left.map((item) => [identify(item), item]));
  for (const item of right) {
    const key = identify(item);
    if (isError(item)) return item;
    if (identity !== 'set' || !made.has(key)) made.set(key, item);
  }
  return [...made.values()];
}
