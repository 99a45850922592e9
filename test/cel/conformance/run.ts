import type { SimpleTest } from '@bufbuild/cel-spec/cel/expr/conformance/test/simple_pb.js';
import { check } from '#cel/check/check.ts';
import { declarationsOf, type Environment } from '#cel/check/environment.ts';
import { closureOf } from '#cel/evaluate/closures.ts';
import { Stop } from '#cel/evaluate/frame.ts';
import { COMMON_LIBRARIES } from '#cel/library/libraries.ts';
import type { Library, Overload } from '#cel/library/overload.ts';
import { parse } from '#cel/syntax/parse.ts';
import { showType, type Type } from '#cel/types/type.ts';
import { CelError, type Value } from '#cel/values/value.ts';
import { same, toValue, typeOf } from './values.ts';

/** Runs one of the specification's tests. Gives what is wrong; undefined where nothing is. */
export function run(test: SimpleTest): string | undefined {
  const environment = environmentOf(test);
  const { macros } = declarationsOf(environment.libraries);
  const parsed = parse(test.expr, {
    macros: test.disableMacros ? new Set() : macros,
    optional: true,
    quotedFields: true,
  });
  const wantsError = test.resultMatcher.case === 'evalError' || test.resultMatcher.case === 'anyEvalErrors';
  if ('issue' in parsed) return wantsError ? undefined : parsed.issue.message;
  const checked = check(parsed.expression, environment);
  const [problem] = checked.problems;
  if (!test.disableCheck && problem !== undefined) return wantsError ? undefined : problem.message;
  if (test.resultMatcher.case === 'typedResult') {
    const { deducedType } = test.resultMatcher.value;
    const wrong = wrongType(
      checked.type(parsed.expression),
      deducedType === undefined ? undefined : typeOf(deducedType),
    );
    if (wrong !== undefined || test.checkOnly) return wrong;
  }
  const { evaluate, variables } = closureOf(parsed.expression, checked);
  const value = evaluated(() =>
    evaluate({
      variables: variables.map((name) => bindingOf(test, name)),
      locals: [],
      cost: 0,
      limit: 10_000_000,
      interrupted: undefined,
      visited: 0,
    }),
  );
  return wrongValue(test, value);
}

function wrongType(actual: Type, expected: Type | undefined): string | undefined {
  return expected === undefined || showType(actual) === showType(expected)
    ? undefined
    : `type ${showType(actual)} instead of ${showType(expected)}`;
}

function wrongValue(test: SimpleTest, value: Value): string | undefined {
  const { resultMatcher } = test;
  const shown = value instanceof CelError ? `error: ${value.message}` : String(value);
  switch (resultMatcher.case) {
    case 'evalError':
    case 'anyEvalErrors':
      return value instanceof CelError ? undefined : `${shown} instead of an error`;
    case 'value':
      return same(value, toValue(resultMatcher.value)) ? undefined : `${shown} is not what was expected`;
    case 'typedResult': {
      const { result } = resultMatcher.value;
      return result === undefined || same(value, toValue(result))
        ? undefined
        : `${shown} is not what was expected`;
    }
    default:
      return value === true ? undefined : `${shown} instead of true`;
  }
}

function evaluated(evaluate: () => Value): Value {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof Stop) return new CelError(error.message, 'cost');
    throw error;
  }
}

function bindingOf(test: SimpleTest, name: string): Value {
  const bound = test.bindings[name]?.kind;
  if (bound?.case === 'value') return toValue(bound.value);
  return new CelError(`no such attribute: ${name}`);
}

function environmentOf(test: SimpleTest): Environment {
  const variables = new Map<string, Type>();
  const functions: Overload[] = [];
  for (const { name, declKind } of test.typeEnv) {
    if (declKind.case === 'ident') variables.set(name, typeOf(declKind.value.type));
    if (declKind.case === 'function') {
      for (const { params, resultType, isInstanceFunction } of declKind.value.overloads)
        functions.push({
          name,
          member: isInstanceFunction,
          parameters: params.map(typeOf),
          result: typeOf(resultType),
          accepts: params.map(() => () => true),
          call: () => new CelError(`unbound function: ${name}`),
          cost: undefined,
          costNeedsTypes: false,
        });
    }
  }
  const declared: Library = { name: 'declared', overloads: functions };
  return {
    variables,
    libraries: functions.length === 0 ? COMMON_LIBRARIES : [...COMMON_LIBRARIES, declared],
    homogeneous: false,
    quotedFields: true,
    container: test.container,
  };
}
