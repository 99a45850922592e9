import { isPlainMap, Optional, type PlainMap, type Value } from '#cel/values/value.ts';

/** What one evaluation carries along. */
export interface Frame {
  /** Values of the variables that the program uses, by their number. */
  readonly variables: readonly Value[];
  /** Values of the names that macros declare, by nesting. */
  readonly locals: Value[];
  cost: number;
  /** The cost at which evaluation stops. */
  readonly limit: number;
  readonly interrupted: (() => boolean) | undefined;
  /** Elements visited since the last look at `interrupted`. */
  visited: number;
  /** Told of each field that is looked at; asked only by expressions that were compiled to tell. */
  readonly onRead?: OnRead | undefined;
}

/** Told which object is looked into, and for which of its properties, whether it has it or not. */
export type OnRead = (map: PlainMap, property: string) => void;

/** One part of an expression, made into a function. Never gives undefined. */
export type Evaluate = (frame: Frame) => Value;

/** Thrown through an evaluation to end it, past every operator that absorbs errors; caught by the program. */
export class Stop extends Error {
  readonly reason: 'cost' | 'interrupted';
  constructor(reason: Stop['reason']) {
    super(reason);
    this.reason = reason;
  }
}

const COST_EXCEEDED = new Stop('cost');
const INTERRUPTED = new Stop('interrupted');

export function charge(frame: Frame, cost: number): void {
  frame.cost += cost;
  if (frame.cost > frame.limit) throw COST_EXCEEDED;
}

/** Tells that a key of an object is looked for; what is no plain data, or no key of it, is not told. */
export function tell(frame: Frame, target: Value, key: Value): void {
  const map = target instanceof Optional ? target.value : target;
  if (typeof key === 'string' && isPlainMap(map)) frame.onRead?.(map, key);
}

/** How many elements are visited between two looks at whether to go on; Kubernetes looks as often. */
const LOOK_EVERY = 100;

export function visit(frame: Frame): void {
  if (++frame.visited < LOOK_EVERY) return;
  frame.visited = 0;
  if (frame.interrupted?.() === true) throw INTERRUPTED;
}
