import type { Checked } from '#cel/check/check.ts';
import type { Bind, Expression, Macro } from '#cel/syntax/expression.ts';
import type { Type } from '#cel/types/type.ts';
import { lengthOf } from '#cel/values/text.ts';
import { type Argument, callEstimate, operatorEstimate, sortCost, worstOf } from './calls.ts';
import { exactly, multiply, product, type Range, sum, UNKNOWN, union } from './range.ts';

/**
 * What an expression costs at worst, before there is any value: by it the API server takes or refuses rules. Follows
 * cel-go's estimate step by step, its oddities included, because the figure decides.
 *
 * Input: an expression, its types, and how large what it names can be. Output: the cost in cel-go's units.
 * https://github.com/google/cel-go/blob/v0.26.0/checker/cost.go
 */

/**
 * How many elements or characters there can be at a path, which starts with a variable's name; steps are fields,
 * `@items`, `@values`, `@keys`, `@indices`. `undefined` where that is not known.
 */
export type LargestSize = (path: readonly string[]) => number | undefined;

export function estimateCost(root: Expression, checked: Checked, largest: LargestSize): number {
  return estimator(checked, largest)(root);
}

/** Sizes of what a list or map holds. */
interface Entries {
  readonly container: 'list' | 'map';
  readonly key: Range;
  readonly value: Range;
}

interface Local {
  readonly name: string;
  readonly path: readonly string[];
  readonly size: Range | undefined;
  readonly entries: Entries | undefined;
}

const LIST = 10;
const MAP = 30;
const NO_PATH: readonly string[] = [];
const NOTHING: Range = exactly(0);
/** What an empty list or map that a macro fills holds before. */
const EMPTY: Entries = { container: 'list', key: exactly(1), value: NOTHING };

function estimator(checked: Checked, largest: LargestSize): (node: Expression) => number {
  const paths = new Map<Expression, readonly string[]>();
  const sizes = new Map<Expression, Range>();
  const held = new Map<Expression, Entries>();
  const locals: Local[] = [];

  const localOf = (node: Expression): Local | undefined =>
    node.kind === 'name' ? locals.findLast(({ name }) => name === node.name) : undefined;
  const pathOf = (node: Expression) => localOf(node)?.path ?? paths.get(node) ?? NO_PATH;
  const entriesOf = (node: Expression): Entries | undefined => held.get(node) ?? localOf(node)?.entries;

  function sizeOf(node: Expression): Range | undefined {
    const known = sizes.get(node) ?? literalSize(node);
    if (known !== undefined) return known;
    const path = pathOf(node);
    const most = path.length === 0 ? undefined : largest(path);
    if (most !== undefined) {
      const size = { min: 0, max: most };
      sizes.set(node, size);
      return size;
    }
    return scalarSize(checked.type(node)) ?? localOf(node)?.size;
  }
  const sizeOrUnknown = (node: Expression): Range => sizeOf(node) ?? UNKNOWN;

  function within<Made>(declared: readonly Local[], inner: () => Made): Made {
    locals.push(...declared);
    const made = inner();
    locals.length -= declared.length;
    return made;
  }

  function cost(node: Expression): number {
    switch (node.kind) {
      case 'literal':
        return 0;
      case 'name':
        paths.set(node, localOf(node)?.path ?? [node.name]);
        return 1;
      case 'select':
        return select(node.operand, node.field, node.optional, node);
      case 'has':
        return cost(node.operand);
      case 'index':
        return index(node.operand, node.key, node.optional, node);
      case 'call':
        return call(node);
      case 'and':
      case 'or':
        return sum(...node.terms.map(cost));
      case 'conditional': {
        const condition = cost(node.condition);
        const branches = Math.max(cost(node.yes), cost(node.no));
        sizes.set(node, union(sizeOrUnknown(node.yes), sizeOrUnknown(node.no)));
        const entries = unionOf(entriesOf(node.yes), entriesOf(node.no));
        if (entries !== undefined) held.set(node, entries);
        return sum(condition, branches);
      }
      case 'list': {
        const items = node.items.map(({ value }) => cost(value));
        const value = together(node.items.map((item) => sizeOrUnknown(item.value)));
        held.set(node, { container: 'list', key: exactly(1), value });
        return sum(...items, LIST);
      }
      case 'map': {
        const parts = node.entries.flatMap((entry) => [cost(entry.key), cost(entry.value)]);
        const key = together(node.entries.map((entry) => sizeOrUnknown(entry.key)));
        const value = together(node.entries.map((entry) => sizeOrUnknown(entry.value)));
        held.set(node, { container: 'map', key, value });
        return sum(...parts, MAP);
      }
      case 'macro':
        return macro(node);
      case 'bind':
        return bind(node);
      case 'message':
        return 0;
    }
  }

  function select(operand: Expression, field: string, optional: boolean, node: Expression): number {
    const meaning = checked.meaning(node);
    if (meaning?.kind === 'variable' || meaning?.kind === 'type') {
      // A qualified name is one name.
      if (meaning.kind === 'variable') paths.set(node, [meaning.name]);
      return 1;
    }
    const holder = cost(operand);
    // `a.?b` is a call.
    if (optional) return sum(holder, 1);
    paths.set(node, [...pathOf(operand), field]);
    const { kind } = checked.type(operand);
    return sum(holder, kind === 'map' || kind === 'object' || kind === 'param' ? 1 : 0);
  }

  function index(operand: Expression, key: Expression, optional: boolean, node: Expression): number {
    const parts = sum(cost(operand), cost(key), 1);
    const type = checked.type(operand);
    if (optional || type.kind === 'optional') return parts;
    const meaning = checked.meaning(node);
    const signatures = meaning?.kind === 'operator' ? meaning.signatures : [];
    for (const { parameters } of signatures) {
      const step = parameters[0]?.kind === 'list' ? '@items' : '@values';
      if (parameters[0]?.kind !== 'optional') paths.set(node, [...pathOf(operand), step]);
    }
    const size = entriesOf(operand)?.value ?? sizeOf(node);
    if (size !== undefined) sizes.set(node, size);
    return parts;
  }

  function argumentOf(node: Expression): Argument {
    const type = checked.type(node);
    const path = pathOf(node);
    const most = path.length === 0 ? undefined : largest([...path, '@items']);
    return {
      type,
      size: sizeOrUnknown(node),
      elementSize: most === undefined ? UNKNOWN : { min: 0, max: most },
      literal: node.kind === 'literal' && typeof node.value === 'number' ? node.value : undefined,
    };
  }

  function call(node: Extract<Expression, { readonly kind: 'call' }>): number {
    const meaning = checked.meaning(node);
    const dropped = meaning?.kind === 'function' && meaning.dropsTarget;
    const nodes = node.target === undefined || dropped ? node.args : [node.target, ...node.args];
    const parts = sum(...nodes.map(cost));
    const [only] = nodes;
    if (node.name === 'dyn' && node.target === undefined && only !== undefined) {
      copySizes(node, only);
      return sum(parts, 1);
    }
    const args = nodes.map(argumentOf);
    const estimate =
      meaning?.kind === 'function'
        ? worstOf(meaning.overloads.map((overload) => callEstimate(overload, args)))
        : meaning?.kind === 'operator'
          ? worstOf(meaning.signatures.map((signature) => operatorEstimate(signature, args)))
          : { cost: 0 };
    if (node.name === '_+_') addEntries(node, nodes);
    const size = ('size' in estimate ? estimate.size : undefined) ?? sizeOf(node);
    if (size !== undefined) sizes.set(node, size);
    return sum(parts, estimate.cost);
  }

  /** Lists or texts put together hold what both hold. */
  function addEntries(node: Expression, [first, second]: readonly Expression[]): void {
    const entries = unionOf(first && entriesOf(first), second && entriesOf(second));
    if (entries !== undefined) held.set(node, entries);
  }

  function copySizes(node: Expression, from: Expression): void {
    const size = sizeOf(from);
    if (size !== undefined) sizes.set(node, size);
    const entries = entriesOf(from);
    if (entries !== undefined) held.set(node, entries);
  }

  /** The names that a macro declares. */
  function iterated(node: Macro): readonly Local[] {
    const { range, variables } = node;
    const entries = entriesOf(range);
    const isList = (entries?.container ?? checked.type(range).kind) === 'list';
    const path = pathOf(range);
    const local = (name: string, step: string, size: Range | undefined): Local => ({
      name,
      path: [...path, step],
      size,
      entries: undefined,
    });
    const [first = '', second] = variables;
    const key = [isList ? '@indices' : '@keys', entries?.key] as const;
    const value = [isList ? '@items' : '@values', entries?.value] as const;
    return second === undefined
      ? [isList ? local(first, ...value) : local(first, ...key)]
      : [local(first, ...key), local(second, ...value)];
  }

  /** Costs of a macro's start, of each round, and of its end, as cel-go's expansion has them. */
  function macro(node: Macro): number {
    const range = cost(node.range);
    const parts = within(iterated(node), () => {
      const filter = node.filter === undefined ? 0 : cost(node.filter);
      const transform = node.transform === undefined ? 0 : cost(node.transform);
      return { ...roundOf(node, filter, transform), made: madeOf(node) };
    });
    const count = sizeOrUnknown(node.range);
    const all = sum(range, parts.start, product(count.max, parts.round), parts.end);
    if (node.macro === 'sortBy') return sum(all, sorted(node, count));
    if (isMade(node)) {
      sizes.set(node, count);
      if (parts.made !== undefined) held.set(node, parts.made);
    } else sizes.set(node, exactly(1));
    return all;
  }

  /** The list is bound to a name, and then sorted by the keys that a map over it made. */
  function sorted(node: Macro, count: Range): number {
    const square = multiply(count, count);
    sizes.set(node, square);
    const key = node.transform === undefined ? undefined : checked.type(node.transform).kind;
    return sum(LIST, 1, 1, sortCost(key === 'string' || key === 'bytes', square));
  }

  /** What the list that a macro makes holds. */
  function madeOf({ macro: kind, transform, variables, range }: Macro): Entries | undefined {
    if (kind === 'transformMap' || kind === 'transformMapEntry') return undefined;
    const element = locals.findLast(({ name }) => name === variables[0]);
    const size =
      transform === undefined ? elementSize(element, checked.type(range)) : sizeOrUnknown(transform);
    return { ...EMPTY, value: union(NOTHING, size) };
  }

  /** The size of what a macro's variable stands for, as of a name that is used once more. */
  function elementSize(local: Local | undefined, range: Type): Range {
    const most = local === undefined || local.path.length === 0 ? undefined : largest(local.path);
    if (most !== undefined) return { min: 0, max: most };
    return (range.kind === 'list' ? scalarSize(range.element) : undefined) ?? local?.size ?? UNKNOWN;
  }

  /** `value.optMap(name, body)`: `value.hasValue() ? optional.of(…) : optional.none()`. */
  function bind({ form, variable, value, body }: Bind): number {
    const bound = cost(value);
    const type = checked.type(value);
    const inner = form === 'bind' || type.kind !== 'optional' ? type : type.value;
    const local: Local = {
      name: variable,
      path: form === 'bind' ? pathOf(value) : NO_PATH,
      size: form === 'bind' ? sizeOf(value) : scalarSize(inner),
      entries: form === 'bind' ? entriesOf(value) : undefined,
    };
    const result = within([local], () => cost(body));
    if (form === 'bind') return sum(LIST, bound, result);
    return sum(bound, 1, LIST, bound, 1, result, form === 'optMap' ? 1 : 0);
  }

  return cost;
}

const isMade = ({ macro }: Macro): boolean => !['all', 'exists', 'existsOne'].includes(macro);

interface Round {
  readonly start: number;
  readonly round: number;
  readonly end: number;
}

function roundOf({ macro, filter: condition }: Macro, filter: number, transform: number): Round {
  switch (macro) {
    case 'all':
      return { start: 0, round: sum(2, 1, filter), end: 1 };
    case 'exists':
      return { start: 0, round: sum(3, 1, filter), end: 1 };
    case 'existsOne':
      return { start: 0, round: sum(filter, 2), end: 2 };
    case 'filter':
      return { start: LIST, round: sum(filter, 1, 1, LIST, 1), end: 1 };
    case 'map':
    case 'transformList':
    case 'sortBy':
      return {
        start: LIST,
        round: condition === undefined ? sum(1, transform, LIST, 1) : sum(filter, 1, transform, LIST, 1),
        end: 1,
      };
    case 'transformMap':
      return { start: MAP, round: sum(filter, 1, 1, transform, 1), end: 1 };
    case 'transformMapEntry':
      return { start: MAP, round: sum(filter, 1, transform, 1), end: 1 };
  }
}

function literalSize(node: Expression): Range | undefined {
  if (node.kind === 'list') return exactly(node.items.length);
  if (node.kind === 'map') return exactly(node.entries.length);
  if (node.kind !== 'literal') return undefined;
  const { value } = node;
  if (typeof value === 'string') return exactly(lengthOf(value));
  return exactly(value instanceof Uint8Array ? value.length : 1);
}

const SCALARS = new Set(['bool', 'double', 'duration', 'int', 'timestamp', 'uint']);

function scalarSize(type: Type): Range | undefined {
  const inner = type.kind === 'optional' ? type.value : type;
  return SCALARS.has(inner.kind) ? exactly(1) : undefined;
}

const together = (sizes: readonly Range[]): Range => {
  const [first, ...rest] = sizes;
  return first === undefined ? NOTHING : rest.reduce(union, first);
};

const unionOf = (one: Entries | undefined, other: Entries | undefined): Entries | undefined =>
  one === undefined || other === undefined
    ? undefined
    : { container: one.container, key: union(one.key, other.key), value: union(one.value, other.value) };
