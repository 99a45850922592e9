import type { LargestSize } from '#cel/cel.ts';
import { escapeName } from '#cel/types/schema.ts';
import {
  isTrue,
  type JsonSchema,
  keyword,
  numberOf,
  schemaOf,
  textOf,
  textsOf,
} from '../schema/jsonSchema.ts';

/**
 * How large values of a schema can be, for what rules on them may cost at worst. The API server's own reckoning:
 * https://github.com/kubernetes/kubernetes/blob/v1.34.4/staging/src/k8s.io/apiserver/pkg/cel/common/schemas.go
 */

/** What one rule, and all rules of a schema, may cost at worst. */
export const RULE_LIMIT = 10_000_000;
export const SCHEMA_LIMIT = 100_000_000;

/** The largest request. */
const REQUEST = 3 * 1024 * 1024;

/** Lengths of texts in JSON, with their quotation marks. */
const DATE_TIME = { least: 21, most: 32 };
const DURATION = { least: 3, most: 32 };
const DATE = { least: 12, most: 12 };

/** @param schema Of `self`. */
export function largestIn(schema: JsonSchema, isResource: boolean): LargestSize {
  const root = isResource ? asResource(schema) : schema;
  return (path) => {
    let node: JsonSchema | undefined = root;
    for (const step of path.slice(1)) {
      node = stepInto(node, step);
      if (node === undefined) return undefined;
    }
    return mostElements(node);
  };
}

/** A step as an expression writes it: fields are escaped. */
function stepInto(schema: JsonSchema, step: string): JsonSchema | undefined {
  switch (step) {
    case '@items':
    case '@values':
      return textOf(schema, 'type') === 'array'
        ? schemaOf(schema, 'items')
        : schemaOf(schema, 'additionalProperties');
    case '@keys':
      return schemaOf(schema, 'additionalProperties') === undefined ? undefined : KEY;
    default:
      return field(schema, step);
  }
}

/** Nothing is known of keys, which the API server takes for no length at all. */
const KEY: JsonSchema = { type: 'boolean' };

const fieldsByName = new WeakMap<JsonSchema, ReadonlyMap<string, JsonSchema>>();

function field(schema: JsonSchema, name: string): JsonSchema | undefined {
  if (schemaOf(schema, 'additionalProperties') !== undefined) return undefined;
  let fields = fieldsByName.get(schema);
  if (fields === undefined) {
    const resource = isTrue(schema, 'x-kubernetes-embedded-resource') ? asResource(schema) : schema;
    const properties = schemaOf(resource, 'properties') ?? {};
    fields = new Map(
      Object.keys(properties).flatMap((property) => {
        const escaped = escapeName(property);
        const described = schemaOf(properties, property);
        return escaped === undefined || described === undefined ? [] : [[escaped, described] as const];
      }),
    );
    fieldsByName.set(schema, fields);
  }
  return fields.get(name);
}

/** Every object's own fields, whatever its schema says of them. */
function asResource(schema: JsonSchema): JsonSchema {
  const text = { type: 'string' };
  const metadata = { type: 'object', properties: { name: text, generateName: text } };
  const properties = { ...schemaOf(schema, 'properties'), apiVersion: text, kind: text, metadata };
  return { ...schema, type: 'object', properties };
}

/** Characters of a text, items of a list, entries of a map; none of anything else. */
function mostElements(schema: JsonSchema): number {
  const longest = numberOf(schema, 'maxLength');
  if (isTrue(schema, 'x-kubernetes-int-or-string'))
    return longest === undefined ? REQUEST - 2 : Math.max(0, longest) * 4;
  switch (textOf(schema, 'type')) {
    case 'array':
      return mostIn(schema, 'maxItems', leastSize(schemaOf(schema, 'items') ?? {}) + 1);
    case 'object': {
      const values = schemaOf(schema, 'additionalProperties');
      return values === undefined ? 0 : mostIn(schema, 'maxProperties', leastSize(values) + 6);
    }
    case 'string':
      return mostCharacters(schema, longest);
    default:
      return 0;
  }
}

/** What the schema says, or how many of the least size fit in a request. */
const mostIn = (schema: JsonSchema, name: string, least: number): number =>
  Math.max(0, numberOf(schema, name) ?? Math.floor((REQUEST - 2) / least));

function mostCharacters(schema: JsonSchema, longest: number | undefined): number {
  switch (textOf(schema, 'format')) {
    case 'byte':
      return longest === undefined ? REQUEST - 2 : Math.max(0, longest);
    case 'duration':
      return DURATION.most;
    case 'date':
      return DATE.most;
    case 'date-time':
      return DATE_TIME.most;
    default:
      break;
  }
  // A character has at most four bytes.
  if (longest !== undefined) return Math.max(0, longest) * 4;
  const allowed = keyword(schema, 'enum');
  if (!Array.isArray(allowed) || allowed.length === 0) return REQUEST - 2;
  return Math.max(0, ...textsOf(schema, 'enum').map((value) => new TextEncoder().encode(value).length));
}

/** How short a value can be in JSON. */
export function leastSize(schema: JsonSchema): number {
  if (isTrue(schema, 'x-kubernetes-int-or-string')) return 1;
  switch (textOf(schema, 'type')) {
    case 'object':
      return schemaOf(schema, 'additionalProperties') === undefined ? leastObject(schema) : 2;
    case 'boolean':
      return 4;
    case 'number':
    case 'integer':
      return 1;
    case 'string':
      return leastText(schema);
    default:
      return 2;
  }
}

/** Its braces, and the fields that must be there and have no default. */
function leastObject(schema: JsonSchema): number {
  const properties = schemaOf(schema, 'properties') ?? {};
  return textsOf(schema, 'required').reduce((size, name) => {
    const described = schemaOf(properties, name);
    return described === undefined || keyword(described, 'default') !== undefined
      ? size
      : size + name.length + leastSize(described) + 4;
  }, 2);
}

function leastText(schema: JsonSchema): number {
  switch (textOf(schema, 'format')) {
    case 'duration':
      return DURATION.least;
    case 'date':
      return DATE.least;
    case 'date-time':
      return DATE_TIME.least;
    default:
      return 2;
  }
}

/** How many values of a schema there can be in one object where nothing bounds their number. */
export const mostInRequest = (schema: JsonSchema): number => Math.floor(REQUEST / (leastSize(schema) + 1));

/**
 * How many times more of the parts of a value there can be than of the value itself; `undefined` where nothing
 * bounds it.
 */
export function multiplicity(schema: JsonSchema): number | undefined {
  switch (textOf(schema, 'type')) {
    case 'array':
      return bound(schema, 'maxItems');
    case 'object':
      return schemaOf(schema, 'additionalProperties') === undefined ? 1 : bound(schema, 'maxProperties');
    default:
      return 1;
  }
}

function bound(schema: JsonSchema, name: string): number | undefined {
  const most = numberOf(schema, name);
  return most === undefined ? undefined : Math.max(0, most);
}
