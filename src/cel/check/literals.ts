import { patternOf } from '#cel/library/pattern.ts';
import type { Call, Expression, ListLiteral, MapLiteral } from '#cel/syntax/expression.ts';
import { showType, type Type } from '#cel/types/type.ts';
import { sameType } from '#cel/types/unify.ts';
import { parseDuration, parseTimestamp, timestampOf } from '#cel/values/time.ts';
import { isError, isInt } from '#cel/values/value.ts';
import type { Checked, Problem } from './check.ts';
import { children } from './children.ts';
import type { Environment } from './environment.ts';
import { formatProblems } from './format-literal.ts';

/** What Kubernetes checks of literals once the types fit: https://github.com/google/cel-go/blob/v0.26.0/cel/validator.go */
export function literalProblems(
  root: Expression,
  checked: Checked,
  environment: Environment,
): readonly Problem[] {
  if (!environment.homogeneous) return [];
  const problems: Problem[] = [];
  walk(root, false);
  return problems;

  function walk(node: Expression, inFormat: boolean): void {
    if (node.kind === 'call') problems.push(...argumentProblems(node), ...formatProblems(node, checked));
    if (!inFormat && node.kind === 'list') problems.push(...listProblems(node, checked));
    if (!inFormat && node.kind === 'map') problems.push(...mapProblems(node, checked));
    const within = inFormat || (node.kind === 'call' && node.name === 'format');
    for (const child of children(node)) walk(child, within);
  }
}

const invalid = (at: number, name: string): Problem => ({ at, message: `invalid ${name} argument` });

function argumentProblems(node: Call): readonly Problem[] {
  const { name, args, target } = node;
  // Called as a function, `matches` has its pattern looked at when the program is made.
  const isFunction = name === 'matches' && target === undefined;
  const pattern = isFunction ? args[1] : args[0];
  if (name === 'matches' || name === 'find' || name === 'findAll') {
    if (pattern?.kind !== 'literal' || typeof pattern.value !== 'string') return [];
    const made = patternOf(pattern.value);
    if (!isError(made)) return [];
    return [
      name === 'matches' && !isFunction
        ? invalid(pattern.at, name)
        : { at: pattern.at, message: made.message },
    ];
  }
  const [first] = args;
  if (target !== undefined || first?.kind !== 'literal') return [];
  if (name === 'duration' && (typeof first.value !== 'string' || parseDuration(first.value) === undefined))
    return [invalid(first.at, name)];
  if (name === 'timestamp') {
    const { value } = first;
    const made =
      typeof value === 'string'
        ? parseTimestamp(value)
        : isInt(value)
          ? timestampOf(Number(value), 0)
          : value;
    return made === undefined || isError(made) ? [invalid(first.at, name)] : [];
  }
  return [];
}

const mismatch = (at: number, expected: Type, actual: Type): Problem => ({
  at,
  message: `expected type '${showType(expected)}' but found '${showType(actual)}'`,
});

function unwrapped(type: Type, optional: boolean): Type {
  return optional && type.kind === 'optional' ? type.value : type;
}

function listProblems(node: ListLiteral, checked: Checked): readonly Problem[] {
  let expected: Type | undefined;
  for (const { value, optional } of node.items) {
    const type = unwrapped(checked.type(value), optional);
    expected ??= type;
    if (!sameType(expected, type)) return [mismatch(value.at, expected, type)];
  }
  return [];
}

function mapProblems(node: MapLiteral, checked: Checked): readonly Problem[] {
  const problems: Problem[] = [];
  let expected: { readonly key: Type; readonly value: Type } | undefined;
  for (const { key, value, optional } of node.entries) {
    const types = { key: checked.type(key), value: unwrapped(checked.type(value), optional) };
    expected ??= types;
    if (!sameType(expected.key, types.key)) problems.push(mismatch(key.at, expected.key, types.key));
    if (!sameType(expected.value, types.value))
      problems.push(mismatch(value.at, expected.value, types.value));
  }
  return problems;
}
