import { OPERATORS } from '#cel/library/operators.ts';
import type { Cost, Overload } from '#cel/library/overload.ts';
import type { Call, Expression } from '#cel/syntax/expression.ts';
import { CelError, isError, Optional, typeNameOf, type Value } from '#cel/values/value.ts';
import type { Compiler } from './compiler.ts';
import { charge, type Evaluate, type Frame } from './frame.ts';
import { operator } from './operators.ts';

/** Calls of functions: the overload that takes the values' types is found by asking each that the checker left. */
export function call(node: Call, compiler: Compiler): Evaluate {
  const meaning = compiler.meaning(node);
  if (meaning?.kind === 'operator') return operator(node.name, node.args, node, compiler);
  if (meaning?.kind !== 'function') {
    if (OPERATORS.has(node.name) && node.target === undefined)
      return operator(node.name, node.args, node, compiler);
    const failure = new CelError(`no such overload: ${node.name}`);
    return () => failure;
  }
  const { overloads, dropsTarget } = meaning;
  const nodes = node.target === undefined || dropsTarget ? node.args : [node.target, ...node.args];
  if (node.name === 'orValue' || node.name === 'or') return orElse(nodes.map(compiler.compile), node.name);
  return (
    specialised(overloads, nodes, compiler) ??
    applied(overloads[0]?.name ?? node.name, overloads, nodes.map(compiler.compile))
  );
}

/** A call of one overload on a constant second argument, where the overload has a quicker way for that. */
function specialised(
  overloads: readonly Overload[],
  nodes: readonly Expression[],
  compiler: Compiler,
): Evaluate | undefined {
  const [overload] = overloads;
  const [first, second] = nodes;
  if (
    overloads.length !== 1 ||
    overload?.specialise === undefined ||
    first === undefined ||
    second === undefined
  )
    return undefined;
  const known = compiler.constant(second);
  const made = known === undefined ? undefined : overload.specialise(known);
  if (made === undefined) return undefined;
  const { call: apply, cost } = made;
  const argument = compiler.compile(first);
  const [accept = () => true] = overload.accepts;
  return (frame) => {
    const value = argument(frame);
    if (isError(value)) return failed(frame, value);
    if (!accept(value)) return noOverload(overload.name, [value, known]);
    charge(frame, cost(value));
    return apply(value);
  };
}

/** A call that was not made, because an argument is an error, costs 1 all the same. */
function failed(frame: Frame, error: CelError): CelError {
  charge(frame, 1);
  return error;
}

/** What cel-go says where no overload takes the values: it depends on who finds out. */
export function noOverload(name: string, values: readonly Value[]): CelError {
  const types = values.map(typeNameOf);
  switch (name) {
    case 'size':
    case 'sort':
      return new CelError(`no such overload: ${name}`);
    case 'contains':
    case 'startsWith':
    case 'endsWith':
      return new CelError('no such overload');
    case 'matches':
      return new CelError(
        values.some((value) => typeof value === 'string') ? 'no such overload' : 'no such overload: matches',
      );
    case 'find':
    case 'findAll':
      if (typeof values[1] === 'string') return new CelError('no such overload');
      break;
    case 'flatten':
      return new CelError(`no such overload: ${types[0]}.flatten(${types.slice(1).join(', ')})`);
    default:
      break;
  }
  return new CelError(`no such overload: ${name}(${types.join(', ')})`);
}

/** Applies overloads to what arguments evaluate to. */
export function applied(name: string, overloads: readonly Overload[], args: readonly Evaluate[]): Evaluate {
  const [first, second] = args;
  const [only] = overloads;
  if (overloads.length === 1 && only !== undefined && first !== undefined) {
    if (args.length === 1) return unary(only, first);
    if (args.length === 2 && second !== undefined) return binary(only, first, second);
  }
  const isSingle = overloads.length === 1;
  return (frame) => {
    const values: Value[] = [];
    for (const argument of args) values.push(argument(frame));
    for (const value of values) if (isError(value)) return failed(frame, value);
    const chosen = overloads.find(({ accepts }) => accepts.every((accept, at) => accept(values[at])));
    if (chosen === undefined) return noOverload(name, values);
    const cost = chosen.costNeedsTypes && !isSingle ? undefined : chosen.cost;
    if (cost === undefined || isKnownBefore(cost))
      charge(frame, cost?.(values[0], values[1], undefined) ?? 1);
    const result = chosen.call(...values);
    if (cost !== undefined && !isKnownBefore(cost)) charge(frame, cost(values[0], values[1], result));
    return result;
  };
}

/** Whether the result doesn't matter to what a call costs: then nothing is done that can't be paid for. */
const isKnownBefore = (cost: Cost): boolean => cost.length < 3;

function unary(overload: Overload, argument: Evaluate): Evaluate {
  const { cost, call: apply, name } = overload;
  const [accept = () => true] = overload.accepts;
  return (frame) => {
    const value = argument(frame);
    if (isError(value)) return failed(frame, value);
    if (!accept(value)) return noOverload(name, [value]);
    if (cost === undefined || isKnownBefore(cost)) charge(frame, cost?.(value, undefined, undefined) ?? 1);
    const result = apply(value);
    if (cost !== undefined && !isKnownBefore(cost)) charge(frame, cost(value, undefined, result));
    return result;
  };
}

function binary(overload: Overload, first: Evaluate, second: Evaluate): Evaluate {
  const { cost, call: apply, name } = overload;
  const [acceptFirst = () => true, acceptSecond = () => true] = overload.accepts;
  return (frame) => {
    const one = first(frame);
    const other = second(frame);
    if (isError(one)) return failed(frame, one);
    if (isError(other)) return failed(frame, other);
    if (!acceptFirst(one) || !acceptSecond(other)) return noOverload(name, [one, other]);
    if (cost === undefined || isKnownBefore(cost)) charge(frame, cost?.(one, other, undefined) ?? 1);
    const result = apply(one, other);
    if (cost !== undefined && !isKnownBefore(cost)) charge(frame, cost(one, other, result));
    return result;
  };
}

/** `optional.or(other)`, `optional.orValue(value)`: the alternative is asked only where it is needed, and costs nothing. */
function orElse(args: readonly Evaluate[], name: string): Evaluate {
  const [target, alternative] = args;
  const failure = new CelError(`no such overload: ${name}`);
  if (target === undefined || alternative === undefined) return () => failure;
  return (frame) => {
    const value = target(frame);
    if (isError(value)) return value;
    if (!(value instanceof Optional)) return value;
    if (value.value === undefined) return alternative(frame);
    return name === 'or' ? value : value.value;
  };
}
