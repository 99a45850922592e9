import { closureOf, NeedsLibrary } from './cel/closures.ts';
import { type CelProblem, CelRefusal } from './cel/expression.ts';
import type { Evaluate, Frame, Roots } from './cel/frame.ts';
import { libraryClosure } from './cel/library.ts';
import { parse } from './cel/parse.ts';
import { CelError, KnownGap } from './cel/value.ts';

/**
 * Expressions of policies: CEL, as the API server evaluates it.
 *
 * Input: an expression's text and the names of the variables before it; then what it is asked about.
 * Output: a program or the problem with its offset; then a value or an error.
 * Guarantees: pure, bounded time, never throws. Common expressions run as closures over plain objects; what these
 * lack is left to `@bufbuild/cel`; what that lacks too is a problem or an error marked `unsupported`, never a pass.
 */

export { CelError, type CelProblem, KnownGap, type Roots };

export interface Program {
  readonly source: string;
  readonly evaluate: Evaluate;
}

export type Compiled = { readonly program: Program } | { readonly problem: CelProblem };

/** @param variables Names that `variables.` may be followed by. */
export function compile(source: string, variables: readonly string[] = []): Compiled {
  try {
    return { program: { source, evaluate: closureOf(parse(source), variables) } };
  } catch (error) {
    if (error instanceof CelRefusal) return { problem: error.problem };
    if (error instanceof NeedsLibrary)
      return { program: { source, evaluate: libraryClosure(source, variables) } };
    throw error;
  }
}

/** Elements that the macros of one document's rules may visit together; the API server stops at a cost. */
const MAX_STEPS = 1_000_000;

/** Asks a policy's programs about one document after another. */
export interface Inquiry {
  /** Turns to the next document: variables are evaluated anew, each at most once, and only where they are used. */
  readonly about: (roots: Roots) => void;
  readonly run: (program: Program) => unknown;
  /** The map and the key that the last program looked at last: what a broken rule objects to. */
  readonly lastRead: () => { readonly map: unknown; readonly key: string };
}

const NOTHING: Roots = { object: null, oldObject: null, request: null, namespaceObject: null, params: null };

export function inquire(variables: readonly Program[] = []): Inquiry {
  const known: unknown[] = new Array(variables.length).fill(undefined);
  const read = { map: undefined as unknown, key: '' };
  const frame: Frame = { roots: NOTHING, variable, locals: [], read, steps: MAX_STEPS };

  function variable(index: number): unknown {
    const value = known[index];
    if (value !== undefined) return value;
    const outer = frame.locals;
    frame.locals = [];
    const made = variables[index]?.evaluate(frame);
    frame.locals = outer;
    known[index] = made;
    return made;
  }

  return {
    about: (roots) => {
      frame.roots = roots;
      frame.steps = MAX_STEPS;
      known.fill(undefined);
      read.map = undefined;
    },
    run: (program) => program.evaluate(frame),
    lastRead: () => read,
  };
}
