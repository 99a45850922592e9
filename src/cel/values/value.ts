/**
 * What an expression computes with, over plain JavaScript data:
 *
 * | CEL | here |
 * |---|---|
 * | null, bool, string | `null`, `boolean`, `string` (counted in code points) |
 * | int | `number` while it is a safe integer, `bigint` beyond, never both for one value |
 * | uint, double | {@link UInt}, {@link Double}: apart from int |
 * | bytes | `Uint8Array` |
 * | list | an array |
 * | map, object | a plain object as YAML gives it, or a {@link CelMap} that the expression made |
 * | anything else | a class that extends {@link Opaque} |
 * | an error | {@link CelError}: a value, so that `||` and `&&` can absorb it |
 *
 * Plain data is never copied or wrapped. A number in it is turned into a `Double` where it is read: by the schema's
 * declared type (`type: number`), or, where the type is dynamic, by integrality, as the API server's JSON reader does.
 */
export type Value = unknown;

/** What the classes below have in common; no plain data is an instance. */
export abstract class Opaque {
  abstract readonly typeName: string;
}

export class CelError extends Opaque {
  readonly typeName = 'error';
  readonly message: string;
  /** Why no verdict was reached: a limit, or something that only a cluster knows. */
  readonly cause: 'cost' | 'interrupted' | 'unsupported' | undefined;

  constructor(message: string, cause?: CelError['cause']) {
    super();
    this.message = message;
    this.cause = cause;
  }

  get costExceeded(): boolean {
    return this.cause === 'cost';
  }
}

export class Double extends Opaque {
  readonly typeName = 'double';
  readonly value: number;
  constructor(value: number) {
    super();
    this.value = value;
  }
}

export class UInt extends Opaque {
  readonly typeName = 'uint';
  readonly value: bigint;
  constructor(value: bigint) {
    super();
    this.value = value;
  }
}

export class Optional extends Opaque {
  readonly typeName = 'optional_type';
  /** `undefined`: none. */
  readonly value: Value;
  constructor(value: Value) {
    super();
    this.value = value;
  }
}

export const NONE = new Optional(undefined);

/** A type as a value: `type(x) == int`. */
export class TypeValue extends Opaque {
  readonly typeName = 'type';
  readonly name: string;
  constructor(name: string) {
    super();
    this.name = name;
  }
}

/** An object whose fields are computed when they are asked for: `variables` of a policy. */
export abstract class LazyObject extends Opaque {
  readonly typeName: string = 'map';
  /** `undefined`: no such field. */
  abstract field(name: string): Value;
}

/** A value that is computed when it is first asked for: a binding that many programs share. */
export class Lazy extends Opaque {
  readonly typeName = 'lazy';
  readonly compute: () => Value;
  #value: Value;
  constructor(compute: () => Value) {
    super();
    this.compute = compute;
  }
  get value(): Value {
    if (this.#value === undefined) this.#value = this.compute();
    return this.#value;
  }
}

export const isError = (value: Value): value is CelError => value instanceof CelError;

export type PlainMap = Readonly<Record<string, Value>>;

/** Whether a value is a plain object: data as YAML gives it. */
export function isPlainMap(value: Value): value is PlainMap {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype) return true;
  return !Array.isArray(value) && !(value instanceof Opaque) && !(value instanceof Uint8Array);
}

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

export const isInt = (value: Value): value is number | bigint =>
  typeof value === 'number' || typeof value === 'bigint';

const MIN_INT = -(2n ** 63n);
const MAX_INT = 2n ** 63n - 1n;

/** A value as a dynamically typed reader sees it: numbers with a fraction, or beyond int64, are doubles. */
export function adapt(value: Value): Value {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  if (!Number.isInteger(value)) return new Double(value);
  const whole = BigInt(value);
  return whole >= MIN_INT && whole <= MAX_INT ? whole : new Double(value);
}

/** The name that `type()` and messages give a value's type. */
export function typeNameOf(value: Value): string {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
    case 'bigint':
      return adapt(value) instanceof Double ? 'double' : 'int';
    case 'boolean':
      return 'bool';
    default:
      break;
  }
  if (value === null || value === undefined) return 'null_type';
  if (Array.isArray(value)) return 'list';
  if (value instanceof Opaque) return value.typeName;
  return value instanceof Uint8Array ? 'bytes' : 'map';
}
