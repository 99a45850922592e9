import type { Origin } from './origin.ts';

/** A value that is not the same in all of some environments. */
export interface Difference {
  readonly pointer: string;
  readonly how: How;
  /** One for each environment, in their order. */
  readonly sides: readonly Side[];
}

/**
 * `release`: images, which differ between one promotion and the next. `declared`: each side that says something else than
 * what they share says so in its own file, or takes it away there with null. `undeclared`: something is in one environment,
 * and another says nothing of it: nobody can tell whether it was forgotten.
 */
export type How = 'release' | 'declared' | 'undeclared';

export interface Side {
  readonly environment: string;
  /** Undefined where there is none. */
  readonly value: unknown;
  /** Where it is written; of what is not there, none. */
  readonly origin?: Origin;
}
