import { check, type Problem } from './check/check.ts';
import { declarationsOf, type Environment } from './check/environment.ts';
import { literalProblems } from './check/literals.ts';
import { estimateCost, type LargestSize } from './estimate/estimate.ts';
import { dataShape, type Most, mostOf, type Shape, type ShapeOf } from './estimate/most.ts';
import { closureOf } from './evaluate/closures.ts';
import { type Evaluate, type Frame, type OnRead, Stop } from './evaluate/frame.ts';
import { kubernetesLibraries, runsAtLeast, type Use } from './library/libraries.ts';
import type { Expression } from './syntax/expression.ts';
import { type Issue, issueAt } from './syntax/issue.ts';
import { parse } from './syntax/parse.ts';
import { showType, type Type } from './types/type.ts';
import { CelError, Lazy, type Value } from './values/value.ts';

/**
 * The Common Expression Language as the API server of Kubernetes speaks it, for rules in CRDs and for policies.
 *
 * Input: an expression's text and an environment, which says what variables there are and of what types
 * (`types/schema.ts` makes types of schemas), and which libraries are loaded. Then plain values for the variables.
 * Output: a program, or issues with line and column; then a value (`values/value.ts` says in what form) or a
 * {@link CelError}.
 * Guarantees: pure, never throws, bounded: text and tree by the parser's limits, evaluation by its cost, patterns by
 * RE2. Data are read in place, never copied or changed; nothing of a prototype is reached.
 */
export {
  CelError,
  dataShape,
  type Environment,
  type Issue,
  type LargestSize,
  Lazy,
  type Most,
  type OnRead,
  type Shape,
  type ShapeOf,
  type Type,
  type Value,
};

export interface Program {
  readonly source: string;
  readonly type: Type;
  /** The variables that it reads. */
  readonly variables: readonly string[];
  readonly run: (bindings: Bindings, budget?: Budget) => Value;
  /** Evaluates like `run`, more slowly, and tells each field that it looks at: to find out what an answer hung on. */
  readonly follow: (bindings: Bindings, onRead: OnRead) => Value;
  /** What a run costs at worst, if what it reads is at most so large. */
  readonly estimate: (largest: LargestSize) => number;
  /** What no run exceeds, if what it reads is no larger; rougher than an estimate, and safe. */
  readonly most: (shapeOf: ShapeOf) => Most;
}

/** Values by the variables' names. A {@link Lazy} one is computed when a program that reads it runs. */
export type Bindings = Readonly<Record<string, Value>>;

/** What evaluations may cost together. Each takes its cost away. */
export interface Budget {
  remaining: number;
  /** Asked now and then; true ends the evaluation. */
  readonly interrupted?: () => boolean;
}

/** What one evaluation may cost, and all those of one object, as in Kubernetes. */
export const PER_CALL_LIMIT = 1_000_000;
export const OBJECT_BUDGET = 10_000_000;

export type Compiled =
  | { readonly program: Program; readonly issues: readonly [] }
  | { readonly program?: undefined; readonly issues: readonly Issue[] };

/**
 * An environment with what Kubernetes loads.
 *
 * @param use New expressions may use less than the version knows: see {@link kubernetesLibraries}.
 */
export function kubernetesEnvironment(
  variables: Readonly<Record<string, Type>>,
  version: string = '1.34',
  use: Use = 'new',
): Environment {
  return {
    variables: new Map(Object.entries(variables)),
    libraries: kubernetesLibraries(version, use),
    homogeneous: true,
    quotedFields: false,
    keywordFields: runsAtLeast(31, version, use),
    container: '',
  };
}

/** @param expected Types of which the result must be one; without, any. */
export function compile(source: string, environment: Environment, expected: readonly Type[] = []): Compiled {
  const parsed = syntaxOf(source, environment);
  if ('issue' in parsed) return { issues: [parsed.issue] };
  const { expression } = parsed;
  const { checked, problems } = meaningOf(expression, environment);
  const type = checked.type(expression);
  if (problems.length === 0 && !isExpected(type, expected))
    problems.push({ at: 0, message: `must evaluate to ${expected.map(showType).join(' or ')}` });
  if (problems.length > 0) return { issues: issuesAt(source, problems) };
  const { evaluate, variables, failures } = closureOf(expression, checked);
  if (environment.homogeneous && failures.length > 0)
    return { issues: failures.map(({ at, message }) => issueAt(source, at, message)) };
  function evaluateWith(
    closure: Evaluate,
    bindings: Bindings,
    budget: Budget | undefined,
    onRead: OnRead | undefined,
  ): Value {
    const frame: Frame = {
      variables: boundTo(variables, bindings),
      locals: [],
      cost: 0,
      limit: Math.min(PER_CALL_LIMIT, budget?.remaining ?? PER_CALL_LIMIT),
      interrupted: budget?.interrupted,
      visited: 0,
      onRead,
    };
    try {
      return closure(frame);
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      return error.reason === 'cost'
        ? new CelError('operation cancelled: actual cost limit exceeded', 'cost')
        : new CelError('operation interrupted', 'interrupted');
    } finally {
      if (budget !== undefined) budget.remaining -= frame.cost;
    }
  }
  const run: Program['run'] = (bindings, budget) => evaluateWith(evaluate, bindings, budget, undefined);
  let telling: Evaluate | undefined;
  const follow: Program['follow'] = (bindings, onRead) => {
    telling ??= closureOf(expression, checked, true).evaluate;
    return evaluateWith(telling, bindings, undefined, onRead);
  };
  const estimate: Program['estimate'] = (largest) => estimateCost(expression, checked, largest);
  const most: Program['most'] = (shapeOf) => mostOf(expression, checked, shapeOf);
  return { program: { source, type, variables, run, follow, estimate, most }, issues: [] };
}

type Syntax = ReturnType<typeof parse>;

function syntaxOf(source: string, { libraries, quotedFields }: Environment): Syntax {
  const { macros } = declarationsOf(libraries);
  return parse(source, { macros, optional: macros.has('optional'), quotedFields });
}

function meaningOf(expression: Expression, environment: Environment) {
  const checked = check(expression, environment);
  const problems: Problem[] = [...checked.problems];
  if (problems.length === 0) problems.push(...literalProblems(expression, checked, environment));
  return { checked, problems };
}

const issuesAt = (source: string, problems: readonly Problem[]): readonly Issue[] =>
  problems.map(({ at, message, unknown }) => issueAt(source, at, message, unknown));

/** Says what is wrong with an expression in one environment after another, all with the same libraries. */
export type TypeCheck = (environment: Environment) => {
  /** Undefined where something is wrong. */
  readonly type: Type | undefined;
  readonly issues: readonly Issue[];
};

/** Like {@link compile} without making a program; the text is read once. */
export function typeChecker(source: string): TypeCheck {
  let parsed: Syntax | undefined;
  return (environment) => {
    parsed ??= syntaxOf(source, environment);
    if ('issue' in parsed) return { type: undefined, issues: [parsed.issue] };
    const { checked, problems } = meaningOf(parsed.expression, environment);
    if (problems.length > 0) return { type: undefined, issues: issuesAt(source, problems) };
    return { type: checked.type(parsed.expression), issues: [] };
  };
}

const isExpected = (type: Type, expected: readonly Type[]): boolean =>
  expected.length === 0 || type.kind === 'dyn' || expected.some(({ kind }) => kind === type.kind);

function boundTo(names: readonly string[], bindings: Bindings): readonly Value[] {
  const values: Value[] = [];
  for (const name of names) {
    const value = Object.hasOwn(bindings, name) ? bindings[name] : undefined;
    if (value === undefined) values.push(new CelError(`no such attribute(s): ${name}`));
    else values.push(value instanceof Lazy ? value.value : value);
  }
  return values;
}
