import { compare, equal } from '#cel/values/equal.ts';
import { adapt, CelError, isError, isList, typeNameOf, type Value } from '#cel/values/value.ts';
import { comparesAll, LIST_COST, makesList, sizeOf } from './cost.ts';
import * as is from './guards.ts';
import { COMPARABLE } from './lists.ts';
import { type Library, type Overload, overload, typedCost } from './overload.ts';

/** cel-go's functions on lists, which Kubernetes has loaded since 1.34: https://pkg.go.dev/github.com/google/cel-go/ext#Lists */

/** `lists.range` makes what it is told to; longer ones would exceed any budget. */
const MAX_RANGE = 1_000_000;

function slice(items: readonly Value[], start: number | bigint, end: number | bigint): Value {
  const what = `cannot slice(${start}, ${end})`;
  if (start < 0 || end < 0) return new CelError(`${what}, negative indexes not supported`);
  if (start > end) return new CelError(`${what}, start index must be less than or equal to end index`);
  if (end > items.length) return new CelError(`${what}, list is length ${items.length}`);
  return items.slice(Number(start), Number(end));
}

function flatten(items: readonly Value[], depth: number | bigint): Value {
  if (depth < 0) return new CelError('level must be non-negative');
  return flattened(items, Math.min(Number(depth), 100));
}

const flattened = (items: readonly Value[], depth: number): Value[] =>
  items.flatMap((item) => (depth > 0 && isList(item) ? flattened(item, depth - 1) : [item]));

function sortBy(items: readonly Value[], keys: readonly Value[]): Value {
  if (items.length === 0) return items;
  const [first] = keys;
  const type = typeNameOf(first);
  if (isError(compare(adapt(first), adapt(first)))) return new CelError('list elements must be comparable');
  if (keys.some((key) => typeNameOf(key) !== type))
    return new CelError('list elements must have the same type');
  const order = keys.map((key, index) => ({ key: adapt(key), index }));
  order.sort((one, other) => {
    const compared = compare(one.key, other.key);
    return isError(compared) ? 0 : compared;
  });
  return order.map(({ index }) => items[index]);
}

/** Elements that equal none before them. */
function distinct(items: readonly Value[]): Value {
  const seen = new Set<Value>();
  const made: Value[] = [];
  for (const item of items) {
    if (typeof item === 'string' || typeof item === 'boolean') {
      if (!seen.has(item)) made.push(item);
      seen.add(item);
    } else if (!made.some((other) => equal(other, item) === true)) made.push(item);
  }
  return made;
}

function range(count: number | bigint): Value {
  if (count > MAX_RANGE) return new CelError(`range of ${count} elements is too long`);
  return Array.from({ length: Math.max(0, Number(count)) }, (_, index) => index);
}

const sorts = (type: string): readonly Overload[] => [
  typedCost(
    `list(${type}).sort(): list(${type})`,
    [is.list],
    (items) => sortBy(items, items),
    (items) => comparesAll(items),
  ),
  typedCost(`list(T).@sortByAssociatedKeys(list(${type})): list(T)`, [is.list, is.list], sortBy, (_, keys) =>
    comparesAll(keys),
  ),
];

export const MORE_LISTS: Library = {
  name: 'more-lists',
  macros: ['sort'],
  overloads: [
    overload('list(T).slice(int, int): list(T)', [is.list, is.int, is.int], slice, makesList),
    overload(
      'list(list(T)).flatten(): list(T)',
      [is.list],
      (items) => flatten(items, 1),
      (items) => sizeOf(items) + 1 + LIST_COST,
    ),
    overload(
      'list(dyn).flatten(int): list(dyn)',
      [is.list, is.int],
      flatten,
      (items, depth) => Math.floor(sizeOf(items) * Number(depth)) + 1 + LIST_COST,
    ),
    ...COMPARABLE.flatMap(sorts),
    overload('lists:range(int): list(int)', [is.int], range, makesList),
    overload('list(T).reverse(): list(T)', [is.list], (items) => [...items].reverse(), makesList),
    overload('list(T).distinct(): list(T)', [is.list], distinct, (items) => comparesAll(items)),
  ],
};
