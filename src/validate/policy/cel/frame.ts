import { CelError, typeOf } from './value.ts';

/** What an expression can name: https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#validation-expression */
export interface Roots {
  readonly object: unknown;
  readonly oldObject: unknown;
  readonly request: unknown;
  readonly namespaceObject: unknown;
  readonly params: unknown;
}

/** The state of one evaluation. */
export interface Frame {
  roots: Roots;
  /** The value of a variable by its place in the policy's list. */
  readonly variable: (index: number) => unknown;
  /** Values of the macros' own names, by depth. */
  locals: unknown[];
  /** The field that was looked at last: what a broken rule objects to. */
  readonly read: { map: unknown; key: string };
  /** Elements that macros may still visit: a policy can't make a run endless. */
  steps: number;
}

/** An expression, compiled. Returns a value of CEL as plain JavaScript, or a {@link CelError}. */
export type Evaluate = (frame: Frame) => unknown;

export const always: Evaluate = () => true;

export function noOverload(name: string, values: readonly unknown[]): CelError {
  return new CelError(`no such overload: ${name}(${values.map(typeOf).join(', ')})`);
}
