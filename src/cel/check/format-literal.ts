import { LOCALE_NUMBERS } from '#cel/library/format-number.ts';
import { CLAUSES, type Clause, fill } from '#cel/library/format-text.ts';
import type { Call, Expression } from '#cel/syntax/expression.ts';
import { showType, type Type } from '#cel/types/type.ts';
import type { Checked, Problem } from './check.ts';

/** `'%d'.format(['a'])`: clauses of a constant text that don't suit the types of its arguments. */
export function formatProblems(node: Call, checked: Checked): readonly Problem[] {
  const { target, args, name } = node;
  const [list] = args;
  if (name !== 'format' || target?.kind !== 'literal' || typeof target.value !== 'string') return [];
  if (list?.kind !== 'list' || args.length !== 1) return [];
  const given = list.items.map(({ value }) => value);
  const filled = fill<Problem>(
    target.value,
    given.length,
    (clause, index) => {
      const argument = given[index];
      return argument === undefined ? '' : (unsuited(clause, argument, checked) ?? '');
    },
    (message) => ({ at: node.at, message }),
  );
  if ('failure' in filled) return [filled.failure];
  const { used } = filled;
  if (used === given.length) return [];
  const message = `too many arguments supplied to string.format (expected ${used}, got ${given.length})`;
  return [{ at: node.at, message }];
}

type Kinds = readonly Type['kind'][];

const INTEGERS: Kinds = ['int', 'uint'];
/** By the clause's letter: the types that suit it, and what is said of others. */
const SUITABLE: ReadonlyMap<string, readonly [Kinds, string]> = new Map<string, readonly [Kinds, string]>([
  ['d', [INTEGERS, LOCALE_NUMBERS.decimalClause]],
  ['f', [['double', 'string'], LOCALE_NUMBERS.fixedClause]],
  ['e', [['double', 'string'], LOCALE_NUMBERS.scientificClause]],
  ['b', [[...INTEGERS, 'bool'], CLAUSES.binary]],
  ['x', [[...INTEGERS, 'string', 'bytes'], CLAUSES.hex]],
  ['X', [[...INTEGERS, 'string', 'bytes'], CLAUSES.hex]],
  ['o', [INTEGERS, CLAUSES.octal]],
]);

const TEXTUAL: Kinds = [
  ...INTEGERS,
  'double',
  'bool',
  'string',
  'bytes',
  'null',
  'timestamp',
  'duration',
  'type',
  'list',
  'map',
];

function unsuited({ letter }: Clause, argument: Expression, checked: Checked): Problem | undefined {
  const [kinds, rule] = SUITABLE.get(letter) ?? [TEXTUAL, CLAUSES.string];
  const wrong = letter === 's' ? untextual(argument, checked) : argument;
  if (wrong === undefined) return undefined;
  const type = checked.type(wrong);
  if (type.kind === 'dyn' || (letter !== 's' && kinds.includes(type.kind))) return undefined;
  return { at: wrong.at, message: `error during formatting: ${rule}, was given ${nameOf(type)}` };
}

/** The first part, of a list or map literal too, that can't be made text. */
function untextual(node: Expression, checked: Checked): Expression | undefined {
  const { kind } = checked.type(node);
  if (kind !== 'dyn' && !TEXTUAL.includes(kind)) return node;
  const parts =
    node.kind === 'list'
      ? node.items.map(({ value }) => value)
      : node.kind === 'map'
        ? node.entries.flatMap(({ key, value }) => [key, value])
        : [];
  for (const part of parts) {
    const wrong = untextual(part, checked);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** A type's own name, without its parameters. */
const nameOf = (type: Type): string =>
  type.kind === 'null'
    ? 'null_type'
    : showType(type)
        .replace(/\(.*$/s, '')
        .replace(
          /^(timestamp|duration)$/,
          (name) => `google.protobuf.${name.charAt(0).toUpperCase()}${name.slice(1)}`,
        );
