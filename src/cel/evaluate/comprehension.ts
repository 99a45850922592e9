import { LIST_COST } from '#cel/library/cost.ts';
import type { Macro } from '#cel/syntax/expression.ts';
import { CelMap, isMap, keysOf, lookUp, putEntry } from '#cel/values/map.ts';
import { CelError, isError, isList, typeNameOf, type Value } from '#cel/values/value.ts';
import { applied } from './calls.ts';
import type { Compiler } from './compiler.ts';
import { charge, type Evaluate, type Frame, visit } from './frame.ts';
import { type Read, readerOf } from './read.ts';

/**
 * Macros over lists and maps, as loops. What they charge is what cel-go's expansion costs:
 * https://github.com/google/cel-go/blob/v0.26.0/parser/macro.go
 */
export function comprehension(node: Macro, compiler: Compiler): Evaluate {
  const range = compiler.compile(node.range);
  const elements = elementsOf(node.variables.length === 2);
  const read = readerFor(node, compiler);
  return compiler.declare(node.variables.length, (slot) => {
    const filter = node.filter && compiler.compile(node.filter);
    const transform = node.transform && compiler.compile(node.transform);
    const loop: Loop = { slot, two: node.variables.length === 2, read, filter, transform };
    const run = runner(node, loop, compiler);
    return (frame) => {
      const over = elements(range(frame));
      return isError(over) ? over : run(frame, over);
    };
  });
}

interface Loop {
  readonly slot: number;
  readonly two: boolean;
  /** What must be done to an element. */
  readonly read: Read | undefined;
  readonly filter: Evaluate | undefined;
  readonly transform: Evaluate | undefined;
}

/** What a macro visits: the values of its first variable, and, where it has two, of its second. */
interface Elements {
  readonly first: readonly Value[] | undefined;
  readonly second: readonly Value[];
}

/** Keys are what they are; only values need reading. */
function readerFor(node: Macro, compiler: Compiler): Read | undefined {
  const type = compiler.type(node.range);
  if (type.kind === 'list') return readerOf(type.element);
  return type.kind === 'map' ? readerOf(type.value) : readerOf(type);
}

function elementsOf(two: boolean): (range: Value) => Elements | CelError {
  return (range) => {
    if (isList(range)) return { first: undefined, second: range };
    if (isMap(range)) {
      const keys = keysOf(range);
      if (!two) return { first: undefined, second: keys };
      return { first: keys, second: keys.map((key) => lookUp(range, key)) };
    }
    if (isError(range)) return range;
    const name = typeNameOf(range).replace(/^google\.protobuf\.|_type$/g, '');
    const type = `types.${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    return new CelError(
      two ? `unsupported comprehension range type: ${type}` : `got '${type}', expected iterable type`,
    );
  };
}

function bindElement(frame: Frame, { slot, two, read }: Loop, { first, second }: Elements, at: number): void {
  visit(frame);
  const value = read === undefined ? second[at] : read(second[at]);
  if (two) {
    frame.locals[slot] = first === undefined ? at : first[at];
    frame.locals[slot + 1] = value;
  } else frame.locals[slot] = value;
}

type Run = (frame: Frame, over: Elements) => Value;

function runner(node: Macro, loop: Loop, compiler: Compiler): Run {
  switch (node.macro) {
    case 'all':
      return quantified(loop, false, 3, 2);
    case 'exists':
      return quantified(loop, true, 4, 3);
    case 'existsOne':
      return existsOne(loop);
    case 'filter':
    case 'map':
    case 'transformList':
      return toList(loop);
    case 'transformMap':
    case 'transformMapEntry':
      return toMap(loop, node.macro === 'transformMapEntry');
    case 'sortBy':
      return sorted(node, loop, compiler);
  }
}

const NOT_BOOL = new CelError('no such overload');

/** @param decisive The verdict on one element that settles the whole. */
function quantified(loop: Loop, decisive: boolean, each: number, last: number): Run {
  const { filter } = loop;
  return (frame, over) => {
    const { length } = over.second;
    let failure: CelError | undefined;
    for (let at = 0; at < length; at++) {
      bindElement(frame, loop, over, at);
      charge(frame, each);
      const verdict = filter?.(frame);
      if (verdict === decisive) {
        charge(frame, (at + 1 < length ? last : 0) + 1);
        return decisive;
      }
      if (typeof verdict !== 'boolean') failure ??= isError(verdict) ? verdict : NOT_BOOL;
    }
    charge(frame, 1);
    return failure ?? !decisive;
  };
}

function existsOne(loop: Loop): Run {
  const { filter } = loop;
  return (frame, over) => {
    let count = 0;
    for (let at = 0; at < over.second.length; at++) {
      bindElement(frame, loop, over, at);
      const verdict = filter?.(frame);
      if (verdict === true) {
        charge(frame, 2);
        count++;
      } else if (verdict !== false) return isError(verdict) ? verdict : NOT_BOOL;
    }
    charge(frame, 2);
    return count === 1;
  };
}

/** Elements that satisfy the filter, or what is made of them. */
function toList(loop: Loop): Run {
  const { filter, transform, slot } = loop;
  return (frame, over) => {
    const made: Value[] = [];
    for (let at = 0; at < over.second.length; at++) {
      bindElement(frame, loop, over, at);
      if (filter !== undefined) {
        const verdict = filter(frame);
        if (verdict === false) continue;
        if (verdict !== true) return isError(verdict) ? verdict : NOT_BOOL;
      }
      const item = transform === undefined ? frame.locals[slot] : transform(frame);
      charge(frame, LIST_COST + (transform === undefined ? 3 : 2));
      if (isError(item)) return item;
      made.push(item);
    }
    charge(frame, 1);
    return made;
  };
}

function toMap(loop: Loop, isEntry: boolean): Run {
  const { filter, transform, slot } = loop;
  return (frame, over) => {
    const made = new CelMap();
    for (let at = 0; at < over.second.length; at++) {
      bindElement(frame, loop, over, at);
      if (filter !== undefined) {
        const verdict = filter(frame);
        if (verdict === false) continue;
        if (verdict !== true) return isError(verdict) ? verdict : NOT_BOOL;
      }
      const value = transform?.(frame);
      charge(frame, isEntry ? 2 : 3);
      if (isError(value)) return value;
      const failure = isEntry ? insertAll(made, value) : insert(made, frame.locals[slot], value);
      if (failure !== undefined) return failure;
    }
    charge(frame, 1);
    return made;
  };
}

function insert(into: CelMap, key: Value, value: Value): CelError | undefined {
  if (lookUp(into, key) !== undefined)
    return new CelError(`insert failed: key ${String(key)} already exists`);
  return putEntry(into, key, value);
}

function insertAll(into: CelMap, entries: Value): CelError | undefined {
  if (!isMap(entries)) return NOT_BOOL;
  for (const key of keysOf(entries)) {
    const failure = insert(into, key, lookUp(entries, key));
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** `list.sortBy(x, key)`: cel-go binds the list to a name and calls a function on it and its keys. */
function sorted(node: Macro, loop: Loop, compiler: Compiler): Run {
  const meaning = compiler.meaning(node);
  const keysOfAll = toList(loop);
  const overloads = meaning?.kind === 'function' ? meaning.overloads : [];
  const { slot } = loop;
  const sort = applied('@sortByAssociatedKeys', overloads, [
    (frame) => frame.locals[slot],
    (frame) => frame.locals[slot + 1],
  ]);
  return (frame, over) => {
    const keys = keysOfAll(frame, over);
    // The element's name is done with; its place, and the one after it, take the function's arguments.
    frame.locals[slot] = over.second;
    frame.locals[slot + 1] = keys;
    charge(frame, 2);
    return sort(frame);
  };
}
