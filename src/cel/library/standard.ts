import { sizeOfMap } from '#cel/values/map.ts';
import { lengthOf } from '#cel/values/text.ts';
import { CONVERSIONS } from './convert.ts';
import { matching, reads, searching } from './cost.ts';
import * as is from './guards.ts';
import { type Library, overload, typedCost } from './overload.ts';
import { matchesKnown, matchesPattern } from './pattern.ts';
import { TIMES } from './times.ts';

/** What every CEL environment has: https://github.com/google/cel-spec/blob/master/doc/langdef.md#standard-definitions */
export const STANDARD: Library = {
  name: 'standard',
  macros: ['standard'],
  overloads: [
    ...CONVERSIONS,
    ...TIMES,
    ...['size(string): int', 'string.size(): int'].map((line) => overload(line, [is.text], lengthOf)),
    ...['size(bytes): int', 'bytes.size(): int'].map((line) =>
      overload(line, [is.bytes], ({ length }) => length),
    ),
    ...['size(list(T)): int', 'list(T).size(): int'].map((line) =>
      overload(line, [is.list], ({ length }) => length),
    ),
    ...['size(map(K, V)): int', 'map(K, V).size(): int'].map((line) => overload(line, [is.map], sizeOfMap)),
    typedCost(
      'string.contains(string): bool',
      [is.text, is.text],
      (text, part) => text.includes(part),
      searching,
    ),
    typedCost(
      'string.startsWith(string): bool',
      [is.text, is.text],
      (text, start) => text.startsWith(start),
      reads(1),
    ),
    typedCost(
      'string.endsWith(string): bool',
      [is.text, is.text],
      (text, end) => text.endsWith(end),
      reads(1),
    ),
    ...['matches(string, string): bool', 'string.matches(string): bool'].map((line) => ({
      ...typedCost(line, [is.text, is.text], matchesPattern, matching),
      specialise: matchesKnown,
    })),
  ],
};
