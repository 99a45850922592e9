import { fromJson, type GoValue, isObject, toJson } from '#preview/go/value.ts';
import { isTrue, type JsonSchema, keyword, textOf } from '../schema/jsonSchema.ts';
import { typeInWords } from '../schema/words.ts';

/** JSON's types as schemas name them; `null` is what a transform without an answer gives. */
export type ValueType = 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array' | 'null';

/** What may arrive somewhere: by its types, and where they are few, by all values. */
export interface Values {
  /** Undefined where it may be anything. */
  readonly types: ReadonlySet<ValueType> | undefined;
  readonly known?: readonly GoValue[];
  /** What stands for the values in a trial, where their types say too little. */
  readonly sample?: GoValue;
  /** Of the source, as long as nothing changed what it says. */
  readonly schema?: JsonSchema;
}

export const ANYTHING: Values = { types: undefined };

/** More values than these are not told one by one. */
const MOST = 200;

export function valuesOf(schema: JsonSchema): Values {
  const types = typesOf(schema);
  const listed = keyword(schema, 'enum');
  const values = Array.isArray(listed)
    ? listed
    : types?.has('boolean') && types.size === 1
      ? [true, false]
      : [];
  const isListed = values.length > 0 && values.length <= MOST && values.every((value) => isScalar(value));
  return {
    types,
    schema,
    ...(isListed ? { known: values.filter((value) => value !== null).map((value) => fromJson(value)) } : {}),
  };
}

export const textValues = (): Values => ({ types: new Set(['string']) });

/** Values that are all known. */
export const knownValues = (known: readonly GoValue[]): Values => ({
  types: new Set(known.map(typeOfValue)),
  known,
});

const isScalar = (value: unknown) => typeof value !== 'object' || value === null;

export function typesOf(schema: JsonSchema): ReadonlySet<ValueType> | undefined {
  if (isTrue(schema, 'x-kubernetes-int-or-string') || keyword(schema, 'format') === 'int-or-string') {
    return new Set(['integer', 'string']);
  }
  const type = textOf(schema, 'type');
  const known = TYPES.find((one) => one === type);
  return known === undefined ? undefined : new Set([known]);
}

const TYPES: readonly ValueType[] = ['string', 'integer', 'number', 'boolean', 'object', 'array'];

export function typeOfValue(value: GoValue): ValueType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'bigint') return 'integer';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (isObject(value)) return 'object';
  return typeof value === 'boolean' ? 'boolean' : 'string';
}

/** `text or a whole number`. */
export const typesInWords = (types: Iterable<ValueType>): string =>
  [...types].map((type) => (type === 'null' ? 'nothing' : typeInWords(type))).join(' or ');

export const shown = (value: GoValue): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(toJson(value)) ?? '');
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
};
