import type { Type } from '#cel/types/type.ts';
import type { Value } from '#cel/values/value.ts';

/**
 * The syntax tree. `at` is the offset that cel-go reports for a node: the operator of an operation, the dot of a
 * selection, the parenthesis of a call.
 */
export type Expression =
  | Literal
  | Name
  | Select
  | Has
  | Index
  | Call
  | Logical
  | Conditional
  | ListLiteral
  | MapLiteral
  | MessageLiteral
  | Macro
  | Bind;

export interface Literal {
  readonly kind: 'literal';
  readonly at: number;
  readonly value: Value;
  readonly type: Type;
}

/** A leading dot makes a name absolute, past the names that macros declare. */
export interface Name {
  readonly kind: 'name';
  readonly at: number;
  readonly name: string;
}

export interface Select {
  readonly kind: 'select';
  readonly at: number;
  readonly operand: Expression;
  readonly field: string;
  /** `a.?b` */
  readonly optional: boolean;
}

export interface Has {
  readonly kind: 'has';
  readonly at: number;
  readonly operand: Expression;
  readonly field: string;
}

export interface Index {
  readonly kind: 'index';
  readonly at: number;
  readonly operand: Expression;
  readonly key: Expression;
  /** `a[?k]` */
  readonly optional: boolean;
}

/** Operators are calls too, by the names that cel-go gives them: `_+_`. */
export interface Call {
  readonly kind: 'call';
  readonly at: number;
  readonly target: Expression | undefined;
  readonly name: string;
  readonly args: readonly Expression[];
}

/** A chain of `&&` or `||`: one node, however long. */
export interface Logical {
  readonly kind: 'and' | 'or';
  readonly at: number;
  readonly terms: readonly Expression[];
}

export interface Conditional {
  readonly kind: 'conditional';
  readonly at: number;
  readonly condition: Expression;
  readonly yes: Expression;
  readonly no: Expression;
}

export interface ListLiteral {
  readonly kind: 'list';
  readonly at: number;
  readonly items: readonly { readonly value: Expression; readonly optional: boolean }[];
}

export interface MapEntry {
  readonly key: Expression;
  readonly value: Expression;
  readonly optional: boolean;
}

export interface MapLiteral {
  readonly kind: 'map';
  readonly at: number;
  readonly entries: readonly MapEntry[];
}

/** `Name{field: value}`: parsed to be refused with its position. */
export interface MessageLiteral {
  readonly kind: 'message';
  readonly at: number;
  readonly name: string;
}

export type Quantifier = 'all' | 'exists' | 'existsOne';
export type Transformation = 'map' | 'filter' | 'transformList' | 'transformMap' | 'transformMapEntry';

/** A comprehension: `range.all(x, condition)`, `range.transformMap(key, value, filter, transform)`. */
export interface Macro {
  readonly kind: 'macro';
  readonly at: number;
  readonly macro: Quantifier | Transformation | 'sortBy';
  readonly range: Expression;
  /** One or two names. */
  readonly variables: readonly string[];
  /** What elements must satisfy, where the macro has such a condition. */
  readonly filter: Expression | undefined;
  /** What is made of an element, where the macro makes something. */
  readonly transform: Expression | undefined;
}

/** `cel.bind(name, value, body)`, and `value.optMap(name, body)`, where the body is asked only if there is a value. */
export interface Bind {
  readonly kind: 'bind';
  readonly at: number;
  readonly form: 'bind' | 'optMap' | 'optFlatMap';
  readonly variable: string;
  readonly value: Expression;
  readonly body: Expression;
}
