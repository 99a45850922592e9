/**
 * The syntax tree of a CEL expression (https://github.com/google/cel-spec/blob/master/doc/langdef.md).
 * `at` is an offset into the expression's text, in UTF-16 units: where a problem with the node is shown.
 */
export type Expression =
  | { readonly kind: 'literal'; readonly at: number; readonly value: string | number | boolean | null }
  | { readonly kind: 'foreignLiteral'; readonly at: number; readonly type: 'double' | 'uint' | 'bytes' }
  | { readonly kind: 'name'; readonly at: number; readonly name: string }
  | { readonly kind: 'select'; readonly at: number; readonly operand: Expression; readonly field: string }
  | { readonly kind: 'has'; readonly at: number; readonly operand: Expression; readonly field: string }
  | {
      readonly kind: 'call';
      readonly at: number;
      readonly name: string;
      readonly target?: Expression;
      readonly arguments: readonly Expression[];
    }
  | { readonly kind: 'list'; readonly at: number; readonly items: readonly Expression[] }
  | {
      readonly kind: 'map';
      readonly at: number;
      readonly entries: readonly (readonly [Expression, Expression])[];
    }
  | {
      readonly kind: 'macro';
      readonly at: number;
      readonly macro: Macro;
      readonly range: Expression;
      readonly variable: string;
      /** The predicate of `all`, `exists`, `exists_one` and `filter`; the condition of a `map` with three parts. */
      readonly condition?: Expression;
      /** What `map` makes of each element. */
      readonly transform?: Expression;
    };

export type Macro = 'all' | 'exists' | 'exists_one' | 'map' | 'filter';

/** Why an expression can't be used. `unsupported`: fine for a cluster, but beyond what is judged offline. */
export interface CelProblem {
  readonly kind: 'invalid' | 'unsupported';
  readonly message: string;
  /** Offset into the expression's text. */
  readonly at: number;
}

/** Ends reading or compiling an expression; caught where compilation starts, never seen outside. */
export class CelRefusal extends Error {
  readonly problem: CelProblem;

  constructor(kind: CelProblem['kind'], message: string, at: number) {
    super(message);
    this.problem = { kind, message, at };
  }
}
