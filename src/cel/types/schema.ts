import {
  BOOL,
  BYTES,
  DOUBLE,
  DURATION,
  DYN,
  type Field,
  INT,
  type ListIdentity,
  type ObjectType,
  STRING,
  TIMESTAMP,
  type Type,
} from './type.ts';

/**
 * Types from OpenAPI or structural schemas, as the API server declares them:
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules
 */
export interface Schema {
  readonly type?: unknown;
  readonly format?: unknown;
  readonly items?: unknown;
  readonly properties?: unknown;
  readonly additionalProperties?: unknown;
  readonly allOf?: unknown;
  readonly $ref?: unknown;
  readonly [extension: `x-kubernetes-${string}`]: unknown;
}

const isSchema = (value: unknown): value is Schema & Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export interface SchemaOptions {
  /** The type's name; types of one name are one type. */
  readonly name: string;
  /** A resource's root: `apiVersion`, `kind`, `metadata.name` and `metadata.generateName` are always there. */
  readonly isResource: boolean;
  /** Where schemas are as the API server publishes them, for policies to be checked against. */
  readonly published?: Published;
}

export interface Published {
  /** What a `$ref` points to. */
  readonly dereference: (reference: string) => Schema | undefined;
  /** The reference of what `metadata` is. */
  readonly objectMeta: string;
}

/** With the references that lead to where one is: what refers to itself has no fields there. */
interface Place extends SchemaOptions {
  readonly within?: readonly string[];
}

/** The type of what a schema describes; `undefined` where expressions can't see it. */
export const typeOfSchema = (schema: Schema, options: SchemaOptions): Type | undefined =>
  typeAt(schema, options);

function typeAt(schema: Schema, options: Place): Type | undefined {
  const reference = referenceOf(schema);
  if (reference !== undefined) {
    const within = options.within ?? [];
    if (within.includes(reference)) return { kind: 'object', name: options.name, fields: NO_FIELDS };
    const target = options.published?.dereference(reference);
    return target && typeAt(target, { ...options, within: [...within, reference] });
  }
  if (schema['x-kubernetes-int-or-string'] === true) return DYN;
  // Native kinds say it by a format.
  if (options.published !== undefined && schema.format === 'int-or-string') return DYN;
  const root = options.isResource || schema['x-kubernetes-embedded-resource'] === true;
  switch (root ? 'object' : schema.type) {
    case 'array':
      return listType(schema, options);
    case 'object':
      return objectType(schema, options, root);
    case 'string':
      return stringType(schema.format);
    case 'boolean':
      return BOOL;
    case 'number':
      return DOUBLE;
    case 'integer':
      return INT;
    default:
      return undefined;
  }
}

const NO_FIELDS: ReadonlyMap<string, Field> = new Map();

/** Native kinds refer to other schemas, plainly or, where they add a default, within `allOf`. */
function referenceOf(schema: Schema): string | undefined {
  const { $ref, allOf } = schema;
  if (typeof $ref === 'string') return $ref;
  const [only] = Array.isArray(allOf) && allOf.length === 1 ? allOf : [];
  return isSchema(only) && typeof only.$ref === 'string' ? only.$ref : undefined;
}

const child = (options: Place, step: string): Place => ({
  ...options,
  name: `${options.name}.${step}`,
  isResource: false,
});

function listType(schema: Schema, options: Place): Type | undefined {
  if (!isSchema(schema.items)) return undefined;
  const element = typeAt(schema.items, child(options, '@idx'));
  if (element === undefined) return undefined;
  const identity = identityOf(schema);
  return identity === undefined ? { kind: 'list', element } : { kind: 'list', element, identity };
}

function identityOf(schema: Schema): ListIdentity | undefined {
  const kind = schema['x-kubernetes-list-type'];
  if (kind === 'set') return 'set';
  const keys = schema['x-kubernetes-list-map-keys'];
  if (kind !== 'map' || !Array.isArray(keys)) return undefined;
  return keys.filter((key) => typeof key === 'string');
}

function stringType(format: unknown): Type {
  switch (format) {
    case 'byte':
      return BYTES;
    case 'duration':
      return DURATION;
    case 'date':
    case 'date-time':
      return TIMESTAMP;
    default:
      return STRING;
  }
}

function objectType(schema: Schema, options: Place, root: boolean): Type | undefined {
  if (isSchema(schema.additionalProperties) && !root) {
    const value = typeAt(schema.additionalProperties, child(options, '@elem'));
    return value === undefined ? undefined : { kind: 'map', key: STRING, value };
  }
  let known: ReadonlyMap<string, Field> | undefined;
  return {
    kind: 'object',
    name: options.name,
    // Worked out late: native schemas refer to themselves, and an expression sees few of their fields.
    get fields() {
      known ??= fieldsOf(schema, options, root);
      return known;
    },
    mayHave: (field) =>
      schema['x-kubernetes-preserve-unknown-fields'] === true ||
      schema.additionalProperties === true ||
      (isSchema(schema.properties) &&
        Object.keys(schema.properties).some((property) => escapeName(property) === field)),
  };
}

function fieldsOf(schema: Schema, options: Place, root: boolean): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  if (isSchema(schema.properties)) {
    for (const [property, described] of Object.entries(schema.properties)) {
      const escaped = escapeName(property);
      if (!isSchema(described) || escaped === undefined) continue;
      const type = typeAt(described, child(options, escaped));
      if (type !== undefined) fields.set(escaped, escaped === property ? { type } : { type, property });
    }
  }
  if (root) addResourceFields(fields, options);
  return fields;
}

function addResourceFields(fields: Map<string, Field>, options: Place): void {
  const { name, published } = options;
  const known =
    published === undefined
      ? fields.get('metadata')?.type
      : typeAt({ $ref: published.objectMeta }, child(options, 'metadata'));
  const hasNames = known?.kind === 'object' && known.fields.has('name') && known.fields.has('generateName');
  fields.set('apiVersion', { type: STRING });
  fields.set('kind', { type: STRING });
  if (hasNames) {
    fields.set('metadata', { type: known });
    return;
  }
  const names = new Map<string, Field>([
    ['name', { type: STRING }],
    ['generateName', { type: STRING }],
  ]);
  fields.set('metadata', { type: { kind: 'object', name: `${name}.metadata`, fields: names } });
}

const RESERVED = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

/** The field that a type has for a name; a reserved word may stand for the property of that name. */
export const fieldNamed = ({ fields }: ObjectType, name: string, keywords: boolean): Field | undefined =>
  fields.get(name) ?? (keywords && RESERVED.has(name) ? fields.get(`__${name}__`) : undefined);

/** A property's name as a field of an expression; `undefined` where it can't be one. */
export function escapeName(property: string): string | undefined {
  if (RESERVED.has(property)) return `__${property}__`;
  if (!/^[A-Za-z_./-][A-Za-z0-9_./-]*$/.test(property)) return undefined;
  return property
    .replaceAll('__', '__underscores__')
    .replaceAll('.', '__dot__')
    .replaceAll('-', '__dash__')
    .replaceAll('/', '__slash__');
}
