import { always, type Evaluate, type Frame, noOverload } from './frame.ts';
import { CelError, compare, equal, isInteger, isList, isMap, memberOf } from './value.ts';

/** CEL's operators on plain values. */

type Operator = (given: readonly Evaluate[]) => Evaluate;

/** `&&` (decisive false) and `||` (decisive true): a decisive side wins over an error on the other. */
function logical(decisive: boolean): Operator {
  return ([left = always, right = always]) =>
    (frame) => {
      const first = left(frame);
      if (first === decisive) return decisive;
      const second = right(frame);
      if (second === decisive) return decisive;
      if (first === !decisive && second === !decisive) return !decisive;
      if (first instanceof CelError) return first;
      if (second instanceof CelError) return second;
      return noOverload(decisive ? '||' : '&&', [first, second]);
    };
}

/** An operator whose operands are evaluated first, and whose errors win. */
function strict(name: string, body: (left: unknown, right: unknown, frame: Frame) => unknown): Operator {
  return ([left = always, right]) =>
    (frame) => {
      const first = left(frame);
      if (first instanceof CelError) return first;
      const second = right?.(frame);
      if (second instanceof CelError) return second;
      const result = body(first, second, frame);
      return result === undefined
        ? noOverload(name, right === undefined ? [first] : [first, second])
        : result;
    };
}

const ordered = (name: string, holds: (sign: number) => boolean): Operator =>
  strict(name, (left, right) => {
    const sign = compare(left, right);
    return sign === undefined ? undefined : holds(sign);
  });

/** Integers within 2^53; doubles need the type that plain numbers don't carry. */
function integers(left: unknown, right: unknown, body: (left: number, right: number) => number): unknown {
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  if (!isInteger(left) || !isInteger(right)) return new CelError('arithmetic on doubles', true);
  // Adding zero turns -0, which CEL's integers don't have, into 0.
  const result = body(left, right) + 0;
  return isInteger(result) ? result : new CelError('integers beyond 2^53', true);
}

const arithmetic = (name: string, body: (left: number, right: number) => number): Operator =>
  strict(name, (left, right) =>
    right === 0 && (name === '/' || name === '%')
      ? new CelError('division by zero')
      : integers(left, right, body),
  );

function plus(left: unknown, right: unknown): unknown {
  if (typeof left === 'string' && typeof right === 'string') return left + right;
  if (isList(left) && isList(right)) return [...left, ...right];
  return integers(left, right, (one, other) => one + other);
}

function within(needle: unknown, hay: unknown, frame: Frame): unknown {
  if (isList(hay)) return hay.some((item) => equal(item, needle));
  if (!isMap(hay)) return undefined;
  if (typeof needle !== 'string') return false;
  frame.read.map = hay;
  frame.read.key = needle;
  return memberOf(hay, needle) !== undefined;
}

function index(target: unknown, key: unknown, frame: Frame): unknown {
  if (isList(target) && isInteger(key)) {
    return key >= 0 && key < target.length ? target[key] : new CelError(`index out of bounds: ${key}`);
  }
  if (!isMap(target) || typeof key !== 'string') return undefined;
  frame.read.map = target;
  frame.read.key = key;
  return memberOf(target, key) ?? new CelError(`no such key: ${key}`);
}

const conditional: Operator =
  ([condition = always, whenTrue = always, whenFalse = always]) =>
  (frame) => {
    const verdict = condition(frame);
    if (verdict === true) return whenTrue(frame);
    if (verdict === false) return whenFalse(frame);
    return verdict instanceof CelError ? verdict : noOverload('?:', [verdict]);
  };

/** By sign; `-_` and `!_` are the ones with a single operand. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['&&', logical(false)],
  ['||', logical(true)],
  ['?:', conditional],
  ['!_', strict('!', (value) => (typeof value === 'boolean' ? !value : undefined))],
  ['-_', strict('-', (value) => integers(value, 0, (one) => -one))],
  ['==', strict('==', (left, right) => equal(left, right))],
  ['!=', strict('!=', (left, right) => !equal(left, right))],
  ['<', ordered('<', (sign) => sign < 0)],
  ['<=', ordered('<=', (sign) => sign <= 0)],
  ['>', ordered('>', (sign) => sign > 0)],
  ['>=', ordered('>=', (sign) => sign >= 0)],
  ['+', strict('+', plus)],
  ['-', arithmetic('-', (left, right) => left - right)],
  ['*', arithmetic('*', (left, right) => left * right)],
  ['/', arithmetic('/', (left, right) => Math.trunc(left / right))],
  ['%', arithmetic('%', (left, right) => left % right)],
  ['in', strict('in', within)],
  ['[]', strict('[]', index)],
]);
