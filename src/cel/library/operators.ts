import { type Signature, signature } from '#cel/types/signature.ts';

/** The operators' types; evaluation knows them by itself. */

const ORDERED = ['bool', 'int', 'uint', 'double', 'string', 'bytes', 'timestamp', 'duration'];
const NUMBERS = ['int', 'uint', 'double'];

const lines: readonly string[] = [
  ...['<', '<=', '>', '>='].flatMap((operator) => [
    ...ORDERED.map((type) => `_${operator}_(${type}, ${type}): bool`),
    // Numbers of different types compare, though they are not equal to the type checker.
    ...NUMBERS.flatMap((left) =>
      NUMBERS.filter((right) => right !== left).map((right) => `_${operator}_(${left}, ${right}): bool`),
    ),
  ]),
  '_==_(T, T): bool',
  '_!=_(T, T): bool',
  ...NUMBERS.flatMap((type) =>
    ['+', '-', '*', '/'].map((operator) => `_${operator}_(${type}, ${type}): ${type}`),
  ),
  '_%_(int, int): int',
  '_%_(uint, uint): uint',
  '_+_(string, string): string',
  '_+_(bytes, bytes): bytes',
  '_+_(list(T), list(T)): list(T)',
  '_+_(timestamp, duration): timestamp',
  '_+_(duration, timestamp): timestamp',
  '_+_(duration, duration): duration',
  '_-_(timestamp, duration): timestamp',
  '_-_(timestamp, timestamp): duration',
  '_-_(duration, duration): duration',
  '-_(int): int',
  '-_(double): double',
  '!_(bool): bool',
  '@in(T, list(T)): bool',
  '@in(K, map(K, V)): bool',
  '_[_](list(T), int): T',
  '_[_](map(K, V), K): V',
  '_?_:_(bool, T, T): T',
  '_[?_](list(T), int): optional(T)',
  '_[?_](map(K, V), K): optional(V)',
  '_[?_](optional(list(T)), int): optional(T)',
  '_[?_](optional(map(K, V)), K): optional(V)',
  '_[_](optional(list(T)), int): optional(T)',
  '_[_](optional(map(K, V)), K): optional(V)',
];

export const OPERATORS: ReadonlyMap<string, readonly Signature[]> = group(lines.map(operator));

/** An operator's name is no word, so its line is read with a stand-in. */
function operator(line: string): Signature {
  const [, name = '', rest = ''] = /^([^A-Za-z(]+|@in)(\(.*)$/.exec(line) ?? [];
  return { ...signature(`operator${rest}`), name };
}

function group(signatures: readonly Signature[]): ReadonlyMap<string, readonly Signature[]> {
  const groups = new Map<string, Signature[]>();
  for (const declared of signatures)
    groups.set(declared.name, [...(groups.get(declared.name) ?? []), declared]);
  return groups;
}
