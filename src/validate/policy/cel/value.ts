/**
 * Values of CEL as plain JavaScript: whole numbers are `int`, others `double`; lists are arrays, maps are objects.
 * A `null` member of a Kubernetes object counts as absent, because the API server drops it before admission.
 */

/** An error is a value: `&&`, `||`, `all` and `exists` may absorb it. */
export class CelError {
  readonly message: string;
  /** Fine in a cluster, but beyond what is judged offline. */
  readonly unsupported: boolean;

  constructor(message: string, unsupported = false) {
    this.message = message;
    this.unsupported = unsupported;
  }
}

/** An expression that was refused before it ever ran: a finding speaks of it already. */
export class KnownGap extends CelError {}

export type CelMap = Readonly<Record<string, unknown>>;

export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

export const isMap = (value: unknown): value is CelMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof CelError);

/** The member of a map, undefined where there is none. Never answers from a prototype. */
export function memberOf(map: CelMap, key: string): unknown {
  const value = map[key];
  // The slower question is asked only where the answer could come from a prototype.
  if (value === undefined || value === null || (key in Object.prototype && !Object.hasOwn(map, key)))
    return undefined;
  return value;
}

export const isInteger = (value: unknown): value is number => Number.isSafeInteger(value);

/** CEL's name of a value's type, for messages. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null_type';
  if (isList(value)) return 'list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'double';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'string' ? 'string' : 'map';
}

/** Equality of CEL: across types false, never an error; numbers by value; lists and maps by content. */
export function equal(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (isList(left)) {
    return (
      isList(right) && left.length === right.length && left.every((item, index) => equal(item, right[index]))
    );
  }
  if (!isMap(left) || !isMap(right)) return false;
  const keys = keysOf(left);
  return (
    keys.length === keysOf(right).length &&
    keys.every((key) => {
      const other = memberOf(right, key);
      return other !== undefined && equal(left[key], other);
    })
  );
}

/** Keys of a map, those of absent members left out. */
export const keysOf = (map: CelMap): string[] => Object.keys(map).filter((key) => map[key] != null);

/** -1, 0 or 1; undefined where CEL defines no order. Strings by code point, as in CEL, not by UTF-16 unit. */
export function compare(left: unknown, right: unknown): number | undefined {
  if (typeof left === 'number' && typeof right === 'number') return Math.sign(left - right);
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  if (typeof left !== 'string' || typeof right !== 'string') return undefined;
  const shorter = Math.min(left.length, right.length);
  for (let index = 0; index < shorter; index += 1) {
    const difference = (left.codePointAt(index) ?? 0) - (right.codePointAt(index) ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return Math.sign(left.length - right.length);
}
