import type { Checked, Meaning } from '#cel/check/check.ts';
import type { Expression } from '#cel/syntax/expression.ts';
import type { Type } from '#cel/types/type.ts';
import type { Value } from '#cel/values/value.ts';
import type { Evaluate } from './frame.ts';

/** What the parts of the compiler know together. */
export interface Compiler {
  readonly checked: Checked;
  /** Whether the functions tell `onRead` which fields they look at. */
  readonly tells: boolean;
  /** Makes a function of a node. */
  readonly compile: (node: Expression) => Evaluate;
  /**
   * Makes a function of a branch of a ternary. cel-go does not count the name that starts a branch, so neither is it
   * counted here.
   */
  readonly branch: (node: Expression) => Evaluate;
  /** A node's value where it is known beforehand, which makes it free; `undefined` where it is not. */
  readonly constant: (node: Expression) => Value;
  readonly type: (node: Expression) => Type;
  readonly meaning: (node: Expression) => Meaning | undefined;
  /** The number under which the program keeps a variable. */
  readonly variable: (name: string) => number;
  /** The number of the next local name, which `within` may use. */
  readonly declare: <Made>(count: number, within: (slot: number) => Made) => Made;
}
