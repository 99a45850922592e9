import type { MacroSet } from '#cel/syntax/macros.ts';
import { type Signature, signature } from '#cel/types/signature.ts';
import type { Value } from '#cel/values/value.ts';

/** One function of a library for one combination of types. */
export interface Overload extends Signature {
  /** Whether values are of the parameters' types, as far as that matters to `call`. */
  readonly accepts: readonly Guard[];
  /** Called only with values that are accepted; neither errors nor undefined. */
  readonly call: (...args: readonly Value[]) => Value;
  /** What a call costs; without it, 1. */
  readonly cost: Cost | undefined;
  /** The cost depends on the overload, and so is 1 where the types did not single one out. */
  readonly costNeedsTypes: boolean;
  /** What the call becomes where its second argument is known beforehand; undefined where nothing is gained. */
  readonly specialise?: (second: Value) => Specialised | undefined;
}

/** A call on its first argument alone, which is accepted already. */
export interface Specialised {
  readonly call: (first: Value) => Value;
  readonly cost: (first: Value) => number;
}

export type Guard = (value: Value) => boolean;

/**
 * What a call costs, by its first two arguments and its result. Follows
 * https://github.com/kubernetes/kubernetes/blob/v1.34.4/staging/src/k8s.io/apiserver/pkg/cel/library/cost.go
 */
export type Cost = (first: Value, second: Value, result: Value) => number;

/** Functions and macros that an environment loads together. */
export interface Library {
  readonly name: string;
  readonly overloads: readonly Overload[];
  readonly macros?: readonly MacroSet[];
}

/**
 * @param line See {@link signature}.
 * @param accepts A type guard for each parameter, which also gives `call` its parameters' types.
 */
export function overload<const Arguments extends readonly Value[]>(
  line: string,
  accepts: { readonly [At in keyof Arguments]: (value: Value) => value is Arguments[At] },
  call: (...args: Arguments) => Value,
  cost?: Cost,
): Overload {
  const { name, member, parameters, result } = signature(line);
  return {
    name,
    member,
    parameters,
    result,
    accepts,
    // The one bridge between the guards' types and the caller's: dispatch asks the guards first.
    call: call as unknown as Overload['call'],
    cost,
    costNeedsTypes: false,
  };
}

/** Like {@link overload}, for functions whose cost cel-go finds by overload rather than by name. */
export function typedCost<const Arguments extends readonly Value[]>(
  line: string,
  accepts: { readonly [At in keyof Arguments]: (value: Value) => value is Arguments[At] },
  call: (...args: Arguments) => Value,
  cost: Cost,
): Overload {
  return { ...overload(line, accepts, call, cost), costNeedsTypes: true };
}
