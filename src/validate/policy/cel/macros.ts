import type { Macro } from './expression.ts';
import { always, type Evaluate, type Frame, noOverload } from './frame.ts';
import { CelError, isList, isMap, keysOf } from './value.ts';

/** The macros that visit a list's elements or a map's keys. */

interface Parts {
  readonly range: Evaluate;
  readonly condition: Evaluate | undefined;
  readonly transform: Evaluate | undefined;
}

/** @param slot Place of the macro's own name in `frame.locals`. */
export function macroOf(macro: Macro, slot: number, { range, condition, transform }: Parts): Evaluate {
  const fold = FOLDS[macro](condition ?? always, transform ?? always);
  return (frame) => {
    const value = range(frame);
    if (value instanceof CelError) return value;
    const elements = isList(value) ? value : isMap(value) ? keysOf(value) : undefined;
    if (elements === undefined) return noOverload(macro, [value]);
    frame.steps -= elements.length;
    if (frame.steps < 0) return new CelError('costs too much');
    return fold(frame, elements, slot);
  };
}

type Fold = (frame: Frame, elements: readonly unknown[], slot: number) => unknown;

/** `all` and `exists` absorb errors as `&&` and `||` do; the others don't. */
function quantifier(decisive: boolean, condition: Evaluate): Fold {
  return (frame, elements, slot) => {
    let error: CelError | undefined;
    for (const element of elements) {
      frame.locals[slot] = element;
      const verdict = condition(frame);
      if (verdict === decisive) return decisive;
      if (verdict instanceof CelError) error ??= verdict;
      else if (typeof verdict !== 'boolean') error ??= noOverload('&&', [verdict]);
    }
    return error ?? !decisive;
  };
}

/** Visits the elements for which the condition holds; stops at an error. */
function eachMatching(
  condition: Evaluate,
  visit: (element: unknown, frame: Frame) => CelError | undefined,
): Fold {
  return (frame, elements, slot) => {
    for (const element of elements) {
      frame.locals[slot] = element;
      const verdict = condition(frame);
      if (verdict instanceof CelError) return verdict;
      if (typeof verdict !== 'boolean') return noOverload('?:', [verdict]);
      const error = verdict ? visit(element, frame) : undefined;
      if (error !== undefined) return error;
    }
    return undefined;
  };
}

const FOLDS: Readonly<Record<Macro, (condition: Evaluate, transform: Evaluate) => Fold>> = {
  all: (condition) => quantifier(false, condition),
  exists: (condition) => quantifier(true, condition),
  exists_one: (condition) => (frame, elements, slot) => {
    let count = 0;
    const error = eachMatching(condition, () => {
      count += 1;
      return undefined;
    })(frame, elements, slot);
    return error ?? count === 1;
  },
  filter: (condition) => (frame, elements, slot) => {
    const kept: unknown[] = [];
    const error = eachMatching(condition, (element) => {
      kept.push(element);
      return undefined;
    })(frame, elements, slot);
    return error ?? kept;
  },
  map: (condition, transform) => (frame, elements, slot) => {
    const made: unknown[] = [];
    const error = eachMatching(condition, (_, at) => {
      const value = transform(at);
      if (value instanceof CelError) return value;
      made.push(value);
      return undefined;
    })(frame, elements, slot);
    return error ?? made;
  },
};
