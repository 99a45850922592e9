import { askedOf } from '../schema/filled-in.ts';
import { type Given, givenBy, NOTHING_GIVEN } from '../schema/given.ts';
import {
  isTrue,
  type JsonSchema,
  keyword,
  numberOf,
  propertiesOf,
  referenceOf,
  schemaOf,
  schemasOf,
  textOf,
  textsOf,
} from '../schema/jsonSchema.ts';
import { OBJECT_META } from '../schema/resource.ts';
import type { KindSchema, SchemaStore } from '../schema/store.ts';

/**
 * A kind's schema as plain JSON Schema (draft 7), for validators that know nothing of Kubernetes.
 *
 * Guarantees: says what the embedded check says, as far as JSON Schema can: unknown fields refused, null where
 * the API server would drop it allowed, what has a default not required, integer formats as bounds, quantities
 * as a pattern. What it can't say: the keys of list maps, formats without a pattern.
 */
export function plainSchema(kind: KindSchema, store: SchemaStore): JsonSchema {
  const run: Run = { store, family: kind.family, definitions: {}, pending: [] };
  const root = node(kind.schema, run, { condition: false, nullable: false, given: NOTHING_GIVEN });
  for (let next = run.pending.pop(); next !== undefined; next = run.pending.pop()) next();
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...root,
    definitions: run.definitions,
  };
}

interface Run {
  readonly store: SchemaStore;
  readonly family: KindSchema['family'];
  readonly definitions: Record<string, JsonSchema>;
  /** Definitions that were referred to and are still to be written; they are recursive. */
  readonly pending: (() => void)[];
}

interface Place {
  readonly condition: boolean;
  /** Whether null may stand here: it's dropped, or it's a value. */
  readonly nullable: boolean;
  readonly given: Given;
}

const QUANTITY = '^\\s*[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?\\s*$';
const JSON_SCHEMA = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps';
const [LEAST_INT32, MOST_INT32] = [-(2 ** 31), 2 ** 31 - 1];

function node(schema: JsonSchema, run: Run, place: Place): JsonSchema {
  const reference = run.family === 'kubernetes' ? referenceOf(schema) : undefined;
  if (reference !== undefined) return definition(reference, run, place.nullable);
  const nullable = place.nullable || isTrue(schema, 'nullable');
  return {
    ...types(schema, nullable),
    ...values(schema, nullable, run.family),
    ...fields(schema, run, place),
    ...items(schema, run, place),
    ...alternatives(schema, run, { ...place, nullable }),
  };
}

/** A reference to a definition of Kubernetes, in two forms: with null and without. */
function definition(name: string, run: Run, nullable: boolean): JsonSchema {
  const id = nullable ? `${name}.orNull` : name;
  if (!Object.hasOwn(run.definitions, id)) {
    run.definitions[id] = {};
    run.pending.push(() => {
      run.definitions[id] = definitionNode(name, { ...run, family: 'kubernetes' }, nullable);
    });
  }
  return { $ref: `#/definitions/${id}` };
}

function definitionNode(name: string, run: Run, nullable: boolean): JsonSchema {
  const orNull = nullable ? ['null'] : [];
  switch (name) {
    case 'io.k8s.apimachinery.pkg.api.resource.Quantity':
      return { type: ['string', 'number', ...orNull], pattern: QUANTITY };
    case 'io.k8s.apimachinery.pkg.util.intstr.IntOrString':
      return { type: ['integer', 'string', ...orNull], minimum: LEAST_INT32, maximum: MOST_INT32 };
    case `${JSON_SCHEMA}OrBool`:
      return { anyOf: [{ type: ['boolean', ...orNull] }, definition(JSON_SCHEMA, run, false)] };
    case `${JSON_SCHEMA}OrArray`:
    case `${JSON_SCHEMA}OrStringArray`:
      return { anyOf: [{ type: ['array', ...orNull] }, definition(JSON_SCHEMA, run, false)] };
    default:
      return node(askedOf(name, run.store.definition(name) ?? {}), run, {
        condition: false,
        nullable,
        given: NOTHING_GIVEN,
      });
  }
}

function types(schema: JsonSchema, nullable: boolean): JsonSchema {
  const either =
    isTrue(schema, 'x-kubernetes-int-or-string') || keyword(schema, 'format') === 'int-or-string';
  const type = textOf(schema, 'type');
  if (!either && type === undefined) return {};
  const list = either ? ['integer', 'string'] : [type];
  return { type: nullable ? [...list, 'null'] : list };
}

const COPIED = [
  'pattern',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'multipleOf',
];

/** Formats that are patterns. */
const PATTERNS: Readonly<Record<string, string>> = {
  byte: '^([A-Za-z0-9+/\\r\\n]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?[\\r\\n]*$',
  'date-time':
    '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$',
};

function values(schema: JsonSchema, nullable: boolean, family: Run['family']): JsonSchema {
  const copied = COPIED.flatMap((name) => {
    const value = keyword(schema, name);
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  const allowed = keyword(schema, 'enum');
  // Null that is no value is dropped; null that is one must be in the enum.
  const isDropped = nullable && !isTrue(schema, 'nullable');
  return {
    ...bounds(schema, family),
    ...Object.fromEntries(copied),
    ...(Array.isArray(allowed) ? { enum: isDropped ? [...allowed, null] : allowed } : {}),
    // In Kubernetes' own types a double is only a warning.
    ...(family === 'custom' && textOf(schema, 'x-kubernetes-list-type') === 'set'
      ? { uniqueItems: true }
      : {}),
  };
}

function bounds(schema: JsonSchema, family: Run['family']): JsonSchema {
  const int32 = family === 'kubernetes' && textOf(schema, 'format') === 'int32';
  const least = numberOf(schema, 'minimum') ?? (int32 ? LEAST_INT32 : undefined);
  const most = numberOf(schema, 'maximum') ?? (int32 ? MOST_INT32 : undefined);
  const from = isTrue(schema, 'exclusiveMinimum') ? 'exclusiveMinimum' : 'minimum';
  const to = isTrue(schema, 'exclusiveMaximum') ? 'exclusiveMaximum' : 'maximum';
  return { ...(least === undefined ? {} : { [from]: least }), ...(most === undefined ? {} : { [to]: most }) };
}

function fields(schema: JsonSchema, run: Run, place: Place): JsonSchema {
  const declared = propertiesOf(schema);
  const embedded = isTrue(schema, 'x-kubernetes-embedded-resource');
  const { defaulted, nullable } = givenBy(schema, place.given);
  const required = [
    ...textsOf(schema, 'required').filter((name) => !defaulted.has(name)),
    ...(embedded ? ['apiVersion', 'kind'] : []),
  ];
  const inside = (name: string, condition: boolean): Place => ({
    condition,
    nullable: !required.includes(name),
    given: NOTHING_GIVEN,
  });
  const properties: Record<string, JsonSchema> = {};
  for (const [name, field] of declared) properties[name] = node(field, run, inside(name, place.condition));
  // In a condition too, null is as good as absent.
  for (const name of place.condition ? required : []) {
    if (!nullable.has(name)) properties[name] = unlessNull(properties[name] ?? {});
  }
  if (embedded) Object.assign(properties, resource(schema, run, inside));
  const others = otherFields(schema, run, place, declared.length > 0 || embedded);
  return {
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(required.length > 0 ? { required: [...new Set(required)] } : {}),
    ...(others === undefined ? {} : { additionalProperties: others }),
  };
}

/** The fields that every object has; what a CRD says about them narrows them. */
function resource(
  schema: JsonSchema,
  run: Run,
  inside: (name: string, condition: boolean) => Place,
): Readonly<Record<string, JsonSchema>> {
  const declared = new Map(propertiesOf(schema));
  const narrowed = (name: string, base: JsonSchema): JsonSchema => {
    const field = declared.get(name);
    return field === undefined ? base : { allOf: [base, node(field, run, inside(name, true))] };
  };
  return {
    apiVersion: narrowed('apiVersion', { type: 'string', minLength: 1 }),
    kind: narrowed('kind', { type: 'string', minLength: 1 }),
    metadata: narrowed('metadata', definition(OBJECT_META, run, true)),
  };
}

function otherFields(
  schema: JsonSchema,
  run: Run,
  place: Place,
  declares: boolean,
): JsonSchema | boolean | undefined {
  const map = schemaOf(schema, 'additionalProperties');
  if (map !== undefined)
    return node(map, run, { condition: place.condition, nullable: true, given: NOTHING_GIVEN });
  const free =
    place.condition ||
    keyword(schema, 'additionalProperties') === true ||
    isTrue(schema, 'x-kubernetes-preserve-unknown-fields') ||
    (run.family === 'kubernetes' && !declares);
  return free ? undefined : false;
}

/** Null among Kubernetes' own items is what nothing is in Go: an empty text, 0, an object without fields. */
function takesEmpty(schema: JsonSchema, run: Run): boolean {
  const name = referenceOf(schema);
  const item = name === undefined ? schema : askedOf(name, run.store.definition(name) ?? {});
  return textsOf(item, 'required').length === 0;
}

function items(schema: JsonSchema, run: Run, place: Place): JsonSchema {
  const item = schemaOf(schema, 'items');
  if (item === undefined) return {};
  const nullable = run.family === 'kubernetes' && takesEmpty(item, run);
  return { items: node(item, run, { condition: place.condition, nullable, given: NOTHING_GIVEN }) };
}

function alternatives(schema: JsonSchema, run: Run, place: Place): JsonSchema {
  // Where null may stand, no condition is asked of it.
  const inside: Place = { condition: true, nullable: false, given: givenBy(schema, place.given) };
  const convert = (part: JsonSchema) => node(part, run, inside);
  const orNull = place.nullable ? [{ type: 'null' }] : [];
  const strict = (part: JsonSchema) => (place.nullable ? unlessNull(convert(part)) : convert(part));
  const formatted = PATTERNS[textOf(schema, 'format') ?? ''];
  const conditions = schemasOf(schema, 'allOf').map(convert);
  const all = [
    ...(place.nullable ? conditions.map((part) => ({ anyOf: [part, ...orNull] })) : conditions),
    ...(formatted === undefined ? [] : [{ pattern: formatted }]),
  ];
  const any = schemasOf(schema, 'anyOf').map(convert);
  const one = schemasOf(schema, 'oneOf').map(strict);
  const not = schemaOf(schema, 'not');
  return {
    ...(all.length > 0 ? { allOf: all } : {}),
    ...(any.length > 0 ? { anyOf: [...any, ...orNull] } : {}),
    ...(one.length > 0 ? { oneOf: [...one, ...orNull] } : {}),
    ...(not === undefined ? {} : { not: strict(not) }),
  };
}

const unlessNull = (schema: JsonSchema): JsonSchema => ({ allOf: [schema, { not: { type: 'null' } }] });
