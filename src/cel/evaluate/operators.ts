import { readsBoth, readsShorter, sizeOf } from '#cel/library/cost.ts';
import { LONGEST_LIST, LONGEST_TEXT, tooMuch } from '#cel/library/limits.ts';
import type { Cost } from '#cel/library/overload.ts';
import type { Expression } from '#cel/syntax/expression.ts';
import { Comparable, compare, equal } from '#cel/values/equal.ts';
import {
  addInts,
  divideInts,
  divideUInts,
  moduloInts,
  moduloUInts,
  multiplyInts,
  negateInt,
  subtractInts,
  uintOf,
} from '#cel/values/integer.ts';
import { CelMap, hasEntry, isMap, lookUp } from '#cel/values/map.ts';
import { between, Duration, durationOf, shift, Timestamp } from '#cel/values/time.ts';
import { CelError, Double, isError, isInt, isList, UInt, type Value } from '#cel/values/value.ts';
import type { Compiler } from './compiler.ts';
import { charge, type Evaluate, tell } from './frame.ts';
import { equalityOf, mergeOf } from './identity.ts';

/** Operators on values of any type; types that don't fit are `no such overload`. */

type Binary = (left: Value, right: Value) => Value;

/** What cel-go says of values that have the operator, but not with each other. */
const UNNAMED = new CelError('no such overload');
const hasNoOperators = (value: Value): boolean =>
  value === null || typeof value === 'boolean' || isMap(value);

const noOverload = (name: string): CelError => new CelError(`no such overload: ${name}`);

function arithmetic(
  name: string,
  ints: (left: number | bigint, right: number | bigint) => Value,
  uints: (left: UInt, right: UInt) => Value,
  doubles: ((left: number, right: number) => number) | undefined,
  others: Binary,
): Binary {
  const failure = noOverload(name);
  return (left, right) => {
    if (isInt(left)) return isInt(right) ? ints(left, right) : UNNAMED;
    if (left instanceof Double)
      return right instanceof Double && doubles ? new Double(doubles(left.value, right.value)) : UNNAMED;
    if (left instanceof UInt) return right instanceof UInt ? uints(left, right) : UNNAMED;
    return others(left, right) ?? (hasNoOperators(left) ? failure : UNNAMED);
  };
}

const nothing: Binary = () => undefined;

const add = arithmetic(
  '_+_',
  addInts,
  (left, right) => uintOf(left.value + right.value),
  (left, right) => left + right,
  (left, right) => {
    if (typeof left === 'string') return typeof right === 'string' ? joinedText(left, right) : undefined;
    if (isList(left)) return isList(right) ? joined(left, right) : undefined;
    if (left instanceof Uint8Array) return right instanceof Uint8Array ? joinedBytes(left, right) : undefined;
    if (left instanceof Timestamp) return right instanceof Duration ? shift(left, right.nanos) : undefined;
    if (!(left instanceof Duration)) return undefined;
    if (right instanceof Timestamp) return shift(right, left.nanos);
    return right instanceof Duration ? durationOf(left.nanos + right.nanos) : undefined;
  },
);

const subtract = arithmetic(
  '_-_',
  subtractInts,
  (left, right) => uintOf(left.value - right.value),
  (left, right) => left - right,
  (left, right) => {
    if (left instanceof Timestamp) {
      if (right instanceof Timestamp) return between(right, left);
      return right instanceof Duration ? shift(left, -right.nanos) : undefined;
    }
    return left instanceof Duration && right instanceof Duration
      ? durationOf(left.nanos - right.nanos)
      : undefined;
  },
);

const BINARY: ReadonlyMap<string, Binary> = new Map<string, Binary>([
  ['_+_', add],
  ['_-_', subtract],
  [
    '_*_',
    arithmetic(
      '_*_',
      multiplyInts,
      (left, right) => uintOf(left.value * right.value),
      (left, right) => left * right,
      nothing,
    ),
  ],
  ['_/_', arithmetic('_/_', divideInts, divideUInts, (left, right) => left / right, nothing)],
  ['_%_', arithmetic('_%_', moduloInts, moduloUInts, undefined, nothing)],
  ...['<', '<=', '>', '>='].map((sign) => [`_${sign}_`, ordering(sign)] as const),
]);

function ordering(sign: string): Binary {
  const holds = {
    '<': (order: number) => order < 0,
    '<=': (order: number) => order <= 0,
    '>': (order: number) => order > 0,
    '>=': (order: number) => order >= 0,
  }[sign];
  const failure = noOverload(`_${sign}_`);
  return (left, right) => {
    const order = compare(left, right);
    if (isError(order)) return left === null || isList(left) || isMap(left) ? failure : order;
    return holds?.(order) ?? false;
  };
}

/** A call of an operator. */
export function operator(
  name: string,
  args: readonly Expression[],
  node: Expression,
  compiler: Compiler,
): Evaluate {
  const [first, second] = args;
  if (first === undefined) return () => noOverload(name);
  const left = compiler.compile(first);
  if (second === undefined) return name === '!_' ? not(left) : negate(left);
  const right = compiler.compile(second);
  if (name === '_==_' || name === '_!=_') return equality(name === '_==_', left, right, first, compiler);
  if (name === '@in') return membership(left, right, second, node, compiler);
  const merge = name === '_+_' ? mergeOf(compiler.type(first)) : undefined;
  const apply = merge ?? BINARY.get(name) ?? (() => noOverload(name));
  const cost = costOf(name, node, compiler);
  return (frame) => {
    const one = left(frame);
    const other = right(frame);
    if (isError(one) || isError(other)) {
      charge(frame, 1);
      return isError(one) ? one : other;
    }
    const result = apply(one, other);
    charge(frame, cost === undefined ? 1 : cost(one, other, result));
    return result;
  };
}

/** Only where the types single out strings or bytes does the size count. */
function costOf(name: string, node: Expression, compiler: Compiler): Cost | undefined {
  const meaning = compiler.meaning(node);
  if (meaning?.kind !== 'operator' || meaning.signatures.length !== 1) return undefined;
  const kind = meaning.signatures[0]?.parameters[0]?.kind;
  if (kind !== 'string' && kind !== 'bytes') return undefined;
  return name === '_+_' ? readsBoth : readsShorter;
}

const not =
  (operand: Evaluate): Evaluate =>
  (frame) => {
    const value = operand(frame);
    charge(frame, 1);
    if (typeof value === 'boolean') return !value;
    return isError(value) ? value : UNNAMED;
  };

const negate =
  (operand: Evaluate): Evaluate =>
  (frame) => {
    const value = operand(frame);
    charge(frame, 1);
    if (isInt(value)) return negateInt(value);
    if (value instanceof Double) return new Double(-value.value);
    if (isError(value)) return value;
    return hasNoOperators(value) || isList(value) ? noOverload('-_') : UNNAMED;
  };

function equality(
  positive: boolean,
  left: Evaluate,
  right: Evaluate,
  first: Expression,
  compiler: Compiler,
): Evaluate {
  const same = equalityOf(compiler.type(first)) ?? equal;
  return (frame) => {
    const one = left(frame);
    const other = right(frame);
    if (isError(one) || isError(other)) {
      charge(frame, 1);
      return isError(one) ? one : other;
    }
    charge(
      frame,
      typeof one === 'number' || (positive && one instanceof Comparable)
        ? 1
        : readsShorter(one, other, undefined),
    );
    const result = same(one, other);
    return isError(result) ? result : result === positive;
  };
}

function membership(
  left: Evaluate,
  right: Evaluate,
  second: Expression,
  node: Expression,
  compiler: Compiler,
): Evaluate {
  const known = compiler.constant(second);
  const members = isList(known) ? setOf(known) : undefined;
  if (members !== undefined) {
    // A list of constants is looked up at once, and free.
    return (frame) => {
      const value = left(frame);
      return isError(value) ? value : members.has(canonical(value));
    };
  }
  const meaning = compiler.meaning(node);
  const single = meaning?.kind === 'operator' && meaning.signatures.length === 1;
  return (frame) => {
    const value = left(frame);
    const container = right(frame);
    if (isError(value)) return value;
    if (isError(container)) return container;
    if (isList(container)) {
      charge(frame, single ? sizeOf(container) : 1);
      return container.some((item) => equal(item, value) === true);
    }
    charge(frame, 1);
    if (!isMap(container)) return UNNAMED;
    if (compiler.tells) tell(frame, container, value);
    return container instanceof CelMap ? hasEntry(container, value) : lookUp(container, value) !== undefined;
  };
}

/** Numbers that are equal, under one form. */
function canonical(value: Value): Value {
  if (value instanceof UInt) return value.value <= 9007199254740991n ? Number(value.value) : value.value;
  return value instanceof Double ? value.value : value;
}

/** A set of constants; `undefined` where they are not all strings, whole numbers or booleans. */
function setOf(items: readonly Value[]): ReadonlySet<Value> | undefined {
  if (items.length === 0) return undefined;
  const isSimple = items.every(
    (item) =>
      typeof item === 'string' ||
      typeof item === 'boolean' ||
      isInt(item) ||
      item instanceof UInt ||
      (item instanceof Double && !Number.isNaN(item.value)),
  );
  return isSimple ? new Set(items.map(canonical)) : undefined;
}

const joinedText = (left: string, right: string): Value =>
  left.length + right.length > LONGEST_TEXT ? tooMuch('a text so long') : left + right;

const joined = (left: readonly Value[], right: readonly Value[]): Value =>
  left.length + right.length > LONGEST_LIST ? tooMuch('a list so long') : [...left, ...right];

function joinedBytes(left: Uint8Array, right: Uint8Array): Value {
  if (left.length + right.length > LONGEST_TEXT) return tooMuch('bytes so many');
  const made = new Uint8Array(left.length + right.length);
  made.set(left);
  made.set(right, left.length);
  return made;
}
