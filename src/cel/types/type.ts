/**
 * Types that expressions are checked against. https://github.com/google/cel-spec/blob/master/doc/langdef.md#types
 * Gradual: `dyn` fits everything and leaves the check to evaluation.
 */
export type Type =
  | SimpleType
  | { readonly kind: 'list'; readonly element: Type; readonly identity?: ListIdentity }
  | { readonly kind: 'map'; readonly key: Type; readonly value: Type }
  | ObjectType
  | { readonly kind: 'optional'; readonly value: Type }
  | { readonly kind: 'type'; readonly of: Type | undefined }
  | { readonly kind: 'opaque'; readonly name: string }
  | { readonly kind: 'param'; readonly name: string };

export type SimpleKind =
  | 'dyn'
  | 'error'
  | 'null'
  | 'bool'
  | 'int'
  | 'uint'
  | 'double'
  | 'string'
  | 'bytes'
  | 'timestamp'
  | 'duration';

export interface SimpleType {
  readonly kind: SimpleKind;
}

/** How elements of a Kubernetes list are told apart: by their value, or by keys (x-kubernetes-list-type). */
export type ListIdentity = 'set' | readonly string[];

/** An object with known fields, which may be worked out when they are asked for; types of one name are one type. */
export interface ObjectType {
  readonly kind: 'object';
  readonly name: string;
  readonly fields: ReadonlyMap<string, Field>;
  /** Whether data may have a field of a name that is not among them. */
  readonly mayHave?: (field: string) => boolean;
}

export interface Field {
  readonly type: Type;
  /** The property's name in the data, where the field's name is escaped: `__dash__`. */
  readonly property?: string;
}

const simple = (kind: SimpleKind): SimpleType => ({ kind });

export const DYN = simple('dyn');
export const ERROR = simple('error');
export const NULL = simple('null');
export const BOOL = simple('bool');
export const INT = simple('int');
export const UINT = simple('uint');
export const DOUBLE = simple('double');
export const STRING = simple('string');
export const BYTES = simple('bytes');
export const TIMESTAMP = simple('timestamp');
export const DURATION = simple('duration');

export const listOf = (element: Type): Type => ({ kind: 'list', element });
export const mapOf = (key: Type, value: Type): Type => ({ kind: 'map', key, value });
export const optionalOf = (value: Type): Type => ({ kind: 'optional', value });
export const typeOf = (of: Type): Type => ({ kind: 'type', of });
export const opaqueOf = (name: string): Type => ({ kind: 'opaque', name });

/** A type as cel-go's messages write it. */
export function showType(type: Type): string {
  switch (type.kind) {
    case 'error':
      return '!error!';
    case 'list':
      return `list(${showType(type.element)})`;
    case 'map':
      return `map(${showType(type.key)}, ${showType(type.value)})`;
    case 'optional':
      return `optional_type(${showType(type.value)})`;
    case 'type':
      return type.of === undefined ? 'type' : `type(${showType(type.of)})`;
    case 'object':
    case 'opaque':
    case 'param':
      return type.name;
    default:
      return type.kind;
  }
}
