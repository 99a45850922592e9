import type { Checked } from '#cel/check/check.ts';
import { CONVERSION_NAMES } from '#cel/library/convert.ts';
import { LIST_COST, MAP_COST } from '#cel/library/cost.ts';
import type {
  Bind,
  Conditional,
  Expression,
  ListLiteral,
  Logical,
  MapLiteral,
} from '#cel/syntax/expression.ts';
import { CelMap, putEntry } from '#cel/values/map.ts';
import { CelError, isError, NONE, Optional, TypeValue, type Value } from '#cel/values/value.ts';
import { attribute, has, isAttribute } from './attribute.ts';
import { call, noOverload } from './calls.ts';
import type { Compiler } from './compiler.ts';
import { comprehension } from './comprehension.ts';
import { charge, type Evaluate } from './frame.ts';

export interface Closure {
  readonly evaluate: Evaluate;
  /** The variables that it reads, by their number. */
  readonly variables: readonly string[];
  /** Conversions of constants that can't succeed: Kubernetes refuses such expressions. */
  readonly failures: readonly { readonly at: number; readonly message: string }[];
}

/**
 * Turns a checked expression into a function, once; and says which variables it reads, in the order of their numbers.
 *
 * @param tells Whether the function tells `onRead` which fields it looks at, which costs time.
 */
export function closureOf(root: Expression, checked: Checked, tells = false): Closure {
  const variables: string[] = [];
  const constants = new Map<Expression, Value>();
  const failures: { at: number; message: string }[] = [];
  let slots = 0;

  const compiler: Compiler = {
    checked,
    tells,
    compile,
    branch: (node) =>
      isAttribute(node) && compiler.constant(node) === undefined
        ? attribute(node, compiler, 1)
        : compile(node),
    constant: (node) => {
      if (!constants.has(node)) constants.set(node, known(node));
      return constants.get(node);
    },
    type: checked.type,
    meaning: checked.meaning,
    variable: (name) => {
      const known = variables.indexOf(name);
      return known >= 0 ? known : variables.push(name) - 1;
    },
    declare: (count, within) => {
      const slot = slots;
      slots += count;
      const made = within(slot);
      slots = slot;
      return made;
    },
  };

  function known(node: Expression): Value {
    const value = constantOf(node, compiler);
    if (!isError(value)) return value;
    failures.push({ at: node.at, message: value.message });
    return undefined;
  }

  function compile(node: Expression): Evaluate {
    const value = compiler.constant(node);
    if (value !== undefined) return () => value;
    switch (node.kind) {
      case 'name':
      case 'select':
      case 'index':
        return attribute(node, compiler);
      case 'has':
        return has(node, compiler);
      case 'call':
        return call(node, compiler);
      case 'and':
      case 'or':
        return logical(node, compiler);
      case 'conditional':
        return conditional(node, compiler);
      case 'list':
        return list(node, compiler);
      case 'map':
        return map(node, compiler);
      case 'macro':
        return comprehension(node, compiler);
      case 'bind':
        return bind(node, compiler);
      case 'literal':
      case 'message': {
        const failure = new CelError('messages can not be made here');
        return () => failure;
      }
    }
  }

  return { evaluate: compile(root), variables, failures };
}

/** A literal, a list or map of constants, a type's name, or a conversion of a constant; an error where that fails. */
function constantOf(node: Expression, compiler: Compiler): Value {
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'list': {
      const items = node.items.map(({ value, optional }) =>
        optional ? undefined : compiler.constant(value),
      );
      return items.includes(undefined) ? undefined : items;
    }
    case 'map':
      return constantMap(node, compiler);
    case 'name':
    case 'select': {
      const meaning = compiler.meaning(node);
      return meaning?.kind === 'type' ? new TypeValue(meaning.name) : undefined;
    }
    case 'call': {
      const meaning = compiler.meaning(node);
      const [first] = node.args;
      if (
        meaning?.kind !== 'function' ||
        !CONVERSION_NAMES.has(node.name) ||
        node.target !== undefined ||
        first === undefined
      )
        return undefined;
      const argument = compiler.constant(first);
      if (argument === undefined) return undefined;
      const chosen = meaning.overloads.find(({ accepts }) => accepts[0]?.(argument));
      return chosen === undefined ? noOverload(node.name, [argument]) : chosen.call(argument);
    }
    default:
      return undefined;
  }
}

function constantMap(node: MapLiteral, compiler: Compiler): Value {
  const made = new CelMap();
  for (const { key, value, optional } of node.entries) {
    const known = compiler.constant(key);
    const held = optional ? undefined : compiler.constant(value);
    if (known === undefined || held === undefined || putEntry(made, known, held) !== undefined)
      return undefined;
  }
  return made;
}

const NOT_BOOL = new CelError('no such overload');

/** The first decisive term settles it, even where an earlier one is an error. */
function logical(node: Logical, compiler: Compiler): Evaluate {
  const decisive = node.kind === 'or';
  const terms = node.terms.map(compiler.compile);
  const [first, second] = terms;
  if (terms.length === 2 && first !== undefined && second !== undefined) {
    return (frame) => {
      const one = first(frame);
      if (one === decisive) return decisive;
      const other = second(frame);
      if (other === decisive) return decisive;
      if (typeof one !== 'boolean') return isError(one) ? one : NOT_BOOL;
      if (typeof other !== 'boolean') return isError(other) ? other : NOT_BOOL;
      return !decisive;
    };
  }
  return (frame) => {
    let failure: CelError | undefined;
    for (let at = 0; at < terms.length; at++) {
      const value = terms[at]?.(frame);
      if (value === decisive) return decisive;
      if (typeof value !== 'boolean') failure ??= isError(value) ? value : NOT_BOOL;
    }
    return failure ?? !decisive;
  };
}

function conditional(node: Conditional, compiler: Compiler): Evaluate {
  const condition = compiler.compile(node.condition);
  const yes = compiler.branch(node.yes);
  const no = compiler.branch(node.no);
  return (frame) => {
    const value = condition(frame);
    if (value === true) return yes(frame);
    if (value === false) return no(frame);
    return isError(value) ? value : NOT_BOOL;
  };
}

function list(node: ListLiteral, compiler: Compiler): Evaluate {
  const items = node.items.map(({ value, optional }) => ({ evaluate: compiler.compile(value), optional }));
  return (frame) => {
    const made: Value[] = [];
    for (const { evaluate, optional } of items) {
      const value = evaluate(frame);
      if (isError(value)) return value;
      if (!optional) made.push(value);
      else if (!(value instanceof Optional))
        return new CelError('cannot initialize optional list element from non-optional value');
      else if (value.value !== undefined) made.push(value.value);
    }
    charge(frame, LIST_COST);
    return made;
  };
}

function map(node: MapLiteral, compiler: Compiler): Evaluate {
  const entries = node.entries.map(({ key, value, optional }) => ({
    key: compiler.compile(key),
    value: compiler.compile(value),
    optional,
  }));
  return (frame) => {
    const made = new CelMap();
    for (const entry of entries) {
      const key = entry.key(frame);
      if (isError(key)) return key;
      let value = entry.value(frame);
      if (isError(value)) return value;
      if (entry.optional) {
        if (!(value instanceof Optional))
          return new CelError('cannot initialize optional entry from non-optional value');
        if (value === NONE || value.value === undefined) continue;
        value = value.value;
      }
      const failure = putEntry(made, key, value);
      if (failure !== undefined) return failure;
    }
    charge(frame, MAP_COST);
    return made;
  };
}

/** cel-go asks an optional for its presence and for its value, and so counts its cost twice. */
function bind(node: Bind, compiler: Compiler): Evaluate {
  const value = compiler.compile(node.value);
  return compiler.declare(1, (slot) => {
    const body = compiler.compile(node.body);
    if (node.form === 'bind') {
      return (frame) => {
        frame.locals[slot] = value(frame);
        return body(frame);
      };
    }
    const wraps = node.form === 'optMap';
    return (frame) => {
      const before = frame.cost;
      const bound = value(frame);
      if (isError(bound)) return bound;
      if (!(bound instanceof Optional)) return new CelError('no such overload: hasValue');
      charge(frame, 1);
      if (bound.value === undefined) {
        charge(frame, 1);
        return NONE;
      }
      charge(frame, frame.cost - before);
      frame.locals[slot] = bound.value;
      const made = body(frame);
      if (isError(made)) return made;
      if (!wraps) return made;
      charge(frame, 1);
      return new Optional(made);
    };
  });
}
