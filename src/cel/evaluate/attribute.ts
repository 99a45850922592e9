import type { Expression, Has, Index, Name, Select } from '#cel/syntax/expression.ts';
import { fieldNamed } from '#cel/types/schema.ts';
import type { Type } from '#cel/types/type.ts';
import { CelMap, lookUp } from '#cel/values/map.ts';
import {
  adapt,
  CelError,
  Double,
  isError,
  isPlainMap,
  LazyObject,
  NONE,
  Optional,
  TypeValue,
  typeNameOf,
  UInt,
  type Value,
} from '#cel/values/value.ts';
import type { Compiler } from './compiler.ts';
import { charge, type Evaluate, tell } from './frame.ts';
import { type Read, readerOf } from './read.ts';

/**
 * Names, and what is selected from them: `object.spec.containers[0]`. Costs 1 for the name and 1 for each step, as
 * cel-go's attributes do.
 */

type Attribute = Name | Select | Index;

export const isAttribute = (node: Expression): node is Attribute =>
  node.kind === 'name' || node.kind === 'select' || node.kind === 'index';

/** @param discount What the place of the attribute takes off its cost. */
export function attribute(node: Attribute, compiler: Compiler, discount = 0): Evaluate {
  const { evaluate, cost } = chain(node, compiler);
  const total = cost - discount;
  if (total <= 0) return evaluate;
  return (frame) => {
    charge(frame, total);
    return evaluate(frame);
  };
}

interface Chain {
  /** Evaluates without charging `cost`. */
  readonly evaluate: Evaluate;
  readonly cost: number;
}

function chain(node: Expression, compiler: Compiler): Chain {
  const named = nameOf(node, compiler);
  if (named !== undefined) return named;
  if (node.kind === 'select') {
    const { evaluate, cost } = chain(node.operand, compiler);
    return node.optional || compiler.type(node.operand).kind === 'optional'
      ? { evaluate: optionalSelect(node, evaluate, compiler), cost }
      : { evaluate: select(node, evaluate, compiler), cost: cost + 1 };
  }
  if (node.kind === 'index') return index(node, compiler);
  if (node.kind === 'conditional') return { evaluate: compiler.compile(node), cost: 0 };
  return { evaluate: compiler.compile(node), cost: 1 };
}

/** A variable, a name that a macro declares, or a type. */
function nameOf(node: Expression, compiler: Compiler): Chain | undefined {
  const meaning = compiler.meaning(node);
  switch (meaning?.kind) {
    case 'local': {
      const { slot } = meaning;
      return { evaluate: (frame) => frame.locals[slot], cost: 1 };
    }
    case 'variable': {
      const slot = compiler.variable(meaning.name);
      return { evaluate: (frame) => frame.variables[slot], cost: 1 };
    }
    case 'type': {
      const value = new TypeValue(meaning.name);
      return { evaluate: () => value, cost: 0 };
    }
    default:
      break;
  }
  if (node.kind !== 'name') return undefined;
  const missing = new CelError(`no such attribute(s): ${node.name}`);
  return { evaluate: () => missing, cost: 1 };
}

/** Names that every object inherits, so that reading them is no proof that the data has them. */
const isInherited = (field: string): boolean => field in Object.prototype;

interface FieldAccess {
  /** The field's name in the data. */
  readonly property: string;
  readonly read: Read | undefined;
  /** In an object with declared fields, null is as good as absent; in a map it is a value. */
  readonly nullIsAbsent: boolean;
}

/** How a field is found and read, by the type of what holds it. */
function fieldIn(type: Type, field: string): FieldAccess {
  const operand = type.kind === 'optional' ? type.value : type;
  if (operand.kind === 'object') {
    const declared = fieldNamed(operand, field, true);
    if (declared !== undefined)
      return { property: declared.property ?? field, read: readerOf(declared.type), nullIsAbsent: true };
  }
  const read = operand.kind === 'map' ? readerOf(operand.value) : adapt;
  return { property: field, read, nullIsAbsent: false };
}

const ON_LIST = new CelError("unsupported index type 'string' in list");

/** What holds a field, after `onRead` is told that the field is looked at. */
function holderOf(evaluate: Evaluate, property: string, compiler: Compiler): Evaluate {
  if (!compiler.tells) return evaluate;
  return (frame) => {
    const target = evaluate(frame);
    tell(frame, target, property);
    return target;
  };
}

function select(node: Select, holder: Evaluate, compiler: Compiler): Evaluate {
  const { property, read, nullIsAbsent } = fieldIn(compiler.type(node.operand), node.field);
  const operand = holderOf(holder, property, compiler);
  const missing = new CelError(`no such key: ${node.field}`);
  const isSafe = !isInherited(property);
  /** What is not plain data, or has no such field. */
  function elsewhere(target: Value): Value {
    const value = dynamicField(target, property);
    // What is computed when it is asked for is there, even where it is null.
    if (value !== undefined && !(nullIsAbsent && value === null && !(target instanceof LazyObject)))
      return read === undefined ? value : read(value);
    if (isError(target)) return target;
    return Array.isArray(target) ? ON_LIST : missing;
  }
  return (frame) => {
    const target = operand(frame);
    if (!isSafe || !isPlainMap(target)) return elsewhere(target);
    const value = target[property];
    if (value === undefined || (nullIsAbsent && value === null)) return missing;
    return read === undefined ? value : read(value);
  };
}

function dynamicField(target: Value, property: string): Value {
  if (target instanceof LazyObject) return target.field(property);
  return target instanceof CelMap || isPlainMap(target) ? lookUp(target, property) : undefined;
}

/** `a.?b`, or any selection from an optional: absent fields give none. A field that is missing costs nothing. */
function optionalSelect(node: Select, holder: Evaluate, compiler: Compiler): Evaluate {
  const { property, read = adapt, nullIsAbsent } = fieldIn(compiler.type(node.operand), node.field);
  const operand = holderOf(holder, property, compiler);
  return (frame) => {
    const target = operand(frame);
    if (isError(target)) return target;
    if (target === NONE) return NONE;
    const held = target instanceof Optional ? target.value : target;
    const value = dynamicField(held, property);
    if (value === undefined || (nullIsAbsent && value === null)) return Array.isArray(held) ? ON_LIST : NONE;
    charge(frame, 1);
    const made = read(value);
    return isError(made) ? made : new Optional(made);
  };
}

/** `has(a.b)` costs what finding `a` costs. */
export function has(node: Has, compiler: Compiler): Evaluate {
  const { evaluate: holder, cost } = chain(node.operand, compiler);
  const { property, nullIsAbsent } = fieldIn(compiler.type(node.operand), node.field);
  const evaluate = holderOf(holder, property, compiler);
  const isSafe = !isInherited(property);
  const absent = nullIsAbsent ? null : undefined;
  return (frame) => {
    charge(frame, cost);
    const target = evaluate(frame);
    if (isSafe && isPlainMap(target)) {
      const value = target[property];
      return value !== undefined && value !== absent;
    }
    if (isError(target)) return target;
    const found = dynamicField(target instanceof Optional ? target.value : target, property);
    if (found === undefined && Array.isArray(target)) return ON_LIST;
    return isError(found) ? found : found !== undefined && found !== absent;
  };
}

function index(node: Index, compiler: Compiler): Chain {
  const { evaluate, cost } = chain(node.operand, compiler);
  const operandType = compiler.type(node.operand);
  const container = operandType.kind === 'optional' ? operandType.value : operandType;
  const read =
    (container.kind === 'list'
      ? readerOf(container.element)
      : container.kind === 'map'
        ? readerOf(container.value)
        : adapt) ?? ((value: Value) => value);
  const key = keyOf(node.key, compiler);
  if (!node.optional && operandType.kind !== 'optional') {
    return {
      evaluate: (frame) => {
        const target = evaluate(frame);
        const at = key.evaluate(frame);
        if (compiler.tells) tell(frame, target, at);
        return at instanceof CelError && !isError(target) ? at : elementOf(target, at, read);
      },
      cost: cost + key.cost,
    };
  }
  return {
    evaluate: (frame) => {
      const target = evaluate(frame);
      if (isError(target) || target === NONE) return target;
      const at = key.evaluate(frame);
      if (isError(at)) return at;
      if (compiler.tells) tell(frame, target, at);
      const value = entryOf(target instanceof Optional ? target.value : target, at);
      if (value === undefined) return NONE;
      charge(frame, key.cost);
      const made = isError(value) ? value : read(value);
      return isError(made) ? made : new Optional(made);
    },
    cost,
  };
}

/** A key that is itself an attribute costs no more than that; any other costs a step besides. */
function keyOf(node: Expression, compiler: Compiler): Chain {
  if (compiler.constant(node) !== undefined) return { evaluate: compiler.compile(node), cost: 1 };
  if (isAttribute(node)) return chain(node, compiler);
  return { evaluate: compiler.compile(node), cost: 1 };
}

function elementOf(target: Value, key: Value, read: Read): Value {
  if (target instanceof Optional) {
    if (target === NONE) return NONE;
    const inner = entryOf(target.value, key);
    return inner === undefined ? NONE : isError(inner) ? inner : new Optional(read(inner));
  }
  const value = entryOf(target, key);
  if (value !== undefined) return isError(value) ? value : read(value);
  if (isError(target)) return target;
  return new CelError(
    Array.isArray(target) ? `index out of bounds: ${shown(key)}` : `no such key: ${shown(key)}`,
  );
}

/** What a list or map holds at a key; `undefined` where it holds nothing there. */
function entryOf(target: Value, key: Value): Value {
  if (Array.isArray(target)) {
    const at = positionOf(key);
    return at === undefined ? noIndex(key) : target[at];
  }
  if (target instanceof CelMap || isPlainMap(target)) return lookUp(target, key);
  return target instanceof LazyObject && typeof key === 'string' ? target.field(key) : undefined;
}

/** Lists are indexed by whole numbers of any type. */
function positionOf(key: Value): number | undefined {
  if (typeof key === 'number') return key;
  if (key instanceof UInt) return Number(key.value);
  if (typeof key === 'bigint') return -1;
  return key instanceof Double && Number.isInteger(key.value) ? key.value : undefined;
}

const noIndex = (key: Value): CelError =>
  new CelError(
    key instanceof Double
      ? `unsupported index value ${key.value} in list`
      : `unsupported index type '${typeNameOf(key)}' in list`,
  );

const shown = (key: Value): string =>
  key instanceof UInt || key instanceof Double ? String(key.value) : String(key);
