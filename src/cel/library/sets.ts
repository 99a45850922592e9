import { equal } from '#cel/values/equal.ts';
import type { Value } from '#cel/values/value.ts';
import { comparesPairs } from './cost.ts';
import * as is from './guards.ts';
import { type Library, overload } from './overload.ts';

/** Lists taken as sets: https://pkg.go.dev/github.com/google/cel-go/ext#Sets */

const has = (items: readonly Value[], value: Value): boolean =>
  items.some((item) => equal(item, value) === true);
const contains = (items: readonly Value[], part: readonly Value[]): boolean =>
  part.every((value) => has(items, value));

export const SETS: Library = {
  name: 'sets',
  overloads: [
    overload('sets:contains(list(T), list(T)): bool', [is.list, is.list], contains, comparesPairs(1)),
    overload(
      'sets:equivalent(list(T), list(T)): bool',
      [is.list, is.list],
      (one, other) => contains(one, other) && contains(other, one),
      comparesPairs(2),
    ),
    overload(
      'sets:intersects(list(T), list(T)): bool',
      [is.list, is.list],
      (one, other) => one.some((value) => has(other, value)),
      comparesPairs(1),
    ),
  ],
};
