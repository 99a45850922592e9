import { patternOf } from '#validate/schema/pattern.ts';
import { CelRefusal, type Expression } from './expression.ts';
import { type Evaluate, noOverload, type Roots } from './frame.ts';
import { CLUSTER_FUNCTIONS, GLOBALS, LIBRARY_FUNCTIONS, METHODS } from './functions.ts';
import { macroOf } from './macros.ts';
import { OPERATORS } from './operators.ts';
import { CelError, isMap, memberOf, typeOf } from './value.ts';

/** Thrown where an expression needs the CEL library. */
export class NeedsLibrary extends Error {}

const ROOTS: ReadonlySet<string> = new Set<keyof Roots>([
  'object',
  'oldObject',
  'request',
  'namespaceObject',
  'params',
]);

/** Types are values: `type(object.spec) == map`. */
const TYPE_NAMES = new Set('int uint double bool string bytes list map null_type type'.split(' '));

const isRoot = (name: string): name is keyof Roots => ROOTS.has(name);

/**
 * Turns a syntax tree into a function. Throws {@link CelRefusal} for a name or function that does not exist, or that
 * only a cluster knows, and {@link NeedsLibrary} for what only the CEL library judges.
 *
 * @param variables Names that `variables.` may be followed by, in order.
 */
export function closureOf(expression: Expression, variables: readonly string[]): Evaluate {
  let needsLibrary = false;

  /** `locals`: names of the macros around the node, the innermost last. */
  function build(node: Expression, locals: readonly string[]): Evaluate {
    switch (node.kind) {
      case 'literal':
        return () => node.value;
      case 'foreignLiteral':
        needsLibrary = true;
        return () => undefined;
      case 'name':
        return name(node.name, node.at, locals);
      case 'select':
        return select(node.operand, node.field, node.at, locals);
      case 'has':
        return has(build(node.operand, locals), node.field);
      case 'call':
        return call(node, locals);
      case 'list':
        return list(node.items.map((item) => build(item, locals)));
      case 'map':
        return map(node.entries.map(([key, value]) => [build(key, locals), build(value, locals)]));
      case 'macro':
        return macro(node, locals);
    }
  }

  function name(text: string, at: number, locals: readonly string[]): Evaluate {
    const slot = locals.lastIndexOf(text);
    if (slot >= 0) return (frame) => frame.locals[slot];
    if (isRoot(text)) return (frame) => frame.roots[text];
    if (TYPE_NAMES.has(text)) {
      needsLibrary = true;
      return () => undefined;
    }
    if (text === 'authorizer') throw new CelRefusal('unsupported', 'authorizer', at);
    if (text === 'variables') throw new CelRefusal('unsupported', 'variables as a whole', at);
    throw new CelRefusal('invalid', `undeclared reference to '${text}'`, at);
  }

  function select(operandNode: Expression, field: string, at: number, locals: readonly string[]): Evaluate {
    if (operandNode.kind === 'name' && !locals.includes(operandNode.name)) {
      if (operandNode.name === 'variables') {
        const index = variables.lastIndexOf(field);
        if (index < 0) throw new CelRefusal('invalid', `undeclared variable '${field}'`, at);
        return (frame) => frame.variable(index);
      }
      if (operandNode.name === 'request' && field === 'userInfo') {
        throw new CelRefusal('unsupported', 'request.userInfo', at);
      }
    }
    const operand = build(operandNode, locals);
    return (frame) => {
      const target = operand(frame);
      if (target instanceof CelError) return target;
      if (!isMap(target))
        return new CelError(`no such field '${field}': the value is of type ${typeOf(target)}`);
      frame.read.map = target;
      frame.read.key = field;
      return memberOf(target, field) ?? new CelError(`no such key: ${field}`);
    };
  }

  function call(node: Expression & { kind: 'call' }, locals: readonly string[]): Evaluate {
    const qualified = node.target?.kind === 'name' ? `${node.target.name}.${node.name}` : node.name;
    const isStatic = !locals.includes(qualified.split('.')[0] ?? '') && CLUSTER_FUNCTIONS.has(qualified);
    if (isStatic) throw new CelRefusal('unsupported', `${qualified}()`, node.at);
    const given = node.arguments.map((argument) => build(argument, locals));
    const operator = node.target === undefined ? OPERATORS.get(node.name) : undefined;
    if (operator !== undefined) return operator(given);
    const pattern = node.arguments.at(-1);
    if (node.name === 'matches' && pattern?.kind === 'literal' && typeof pattern.value === 'string') {
      const isPattern = patternOf(pattern.value) !== undefined;
      if (!isPattern) throw new CelRefusal('invalid', 'the pattern is no RE2 pattern', pattern.at);
    }
    const target = node.target === undefined ? undefined : build(node.target, locals);
    const found = (node.target === undefined ? GLOBALS : METHODS).get(node.name);
    if (found === undefined) {
      if (LIBRARY_FUNCTIONS.has(node.name)) {
        needsLibrary = true;
        return () => undefined;
      }
      if (CLUSTER_FUNCTIONS.has(node.name)) throw new CelRefusal('unsupported', `${node.name}()`, node.at);
      throw new CelRefusal('invalid', `there is no function ${node.name}()`, node.at);
    }
    if (given.length < found.least || given.length > found.most) {
      throw new CelRefusal('invalid', `${node.name}() does not take ${given.length} arguments`, node.at);
    }
    return (frame) => {
      const on = target?.(frame);
      if (on instanceof CelError) return on;
      const values: unknown[] = [];
      for (const argument of given) {
        const value = argument(frame);
        if (value instanceof CelError) return value;
        values.push(value);
      }
      const result = found.apply(on, values);
      return result === undefined
        ? noOverload(node.name, target === undefined ? values : [on, ...values])
        : result;
    };
  }

  function macro(node: Expression & { kind: 'macro' }, locals: readonly string[]): Evaluate {
    const inside = [...locals, node.variable];
    return macroOf(node.macro, locals.length, {
      range: build(node.range, locals),
      condition: node.condition && build(node.condition, inside),
      transform: node.transform && build(node.transform, inside),
    });
  }

  const evaluate = build(expression, []);
  if (needsLibrary) throw new NeedsLibrary();
  return evaluate;
}

function has(operand: Evaluate, field: string): Evaluate {
  return (frame) => {
    const target = operand(frame);
    if (target instanceof CelError) return target;
    if (!isMap(target))
      return new CelError(`no such field '${field}': the value is of type ${typeOf(target)}`);
    frame.read.map = target;
    frame.read.key = field;
    return memberOf(target, field) !== undefined;
  };
}

function list(items: readonly Evaluate[]): Evaluate {
  return (frame) => {
    const values: unknown[] = [];
    for (const item of items) {
      const value = item(frame);
      if (value instanceof CelError) return value;
      values.push(value);
    }
    return values;
  };
}

function map(entries: readonly (readonly [Evaluate, Evaluate])[]): Evaluate {
  return (frame) => {
    const values: Record<string, unknown> = Object.create(null);
    for (const [keyAt, valueAt] of entries) {
      const key = keyAt(frame);
      if (key instanceof CelError) return key;
      if (typeof key !== 'string') return new CelError('maps with keys that are no strings', true);
      if (Object.hasOwn(values, key)) return new CelError(`key used twice: ${key}`);
      const value = valueAt(frame);
      if (value instanceof CelError) return value;
      values[key] = value;
    }
    return values;
  };
}
