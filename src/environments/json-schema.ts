import { EnvironmentBaseFile, EnvironmentFile, Spec } from '#model/environment/environment.ts';

/**
 * The JSON Schema that editors use (`# yaml-language-server: $schema=environment.schema.json`), made from the
 * one definition. A file that extends another may leave out what it inherits and remove entries with `null`;
 * a base may hold any part of an environment.
 */

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The definition as plain JSON: TypeBox marks its types with symbols and hidden fields. */
const plain = (schema: object): JsonObject => JSON.parse(JSON.stringify(schema)) as JsonObject;

/** JSON Schema, draft 7, of every file in the environments' folder. */
export function environmentJsonSchema(): JsonObject {
  const environment = plain(EnvironmentFile);
  const base = plain(EnvironmentBaseFile);
  const spec = optionalDefaults(plain(Spec));
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Environment of plimsoll',
    description: 'Generated from src/model/environment: do not edit.',
    type: 'object',
    required: ['apiVersion', 'kind'],
    properties: { kind: { enum: ['Environment', 'EnvironmentBase'], description: 'Kind of this file.' } },
    if: { required: ['kind'], properties: { kind: { const: 'EnvironmentBase' } } },
    // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema.
    then: withSpec(base, '#/definitions/part'),
    else: {
      if: { required: ['extends'] },
      // biome-ignore lint/suspicious/noThenProperty: as above.
      then: withSpec({ ...environment, required: ['apiVersion', 'kind', 'metadata'] }, '#/definitions/part'),
      else: withSpec(environment, '#/definitions/whole'),
    },
    definitions: { whole: spec, part: part(spec) },
  };
}

/** The text of environments/environment.schema.json. */
export const environmentJsonSchemaText = (): string =>
  `${JSON.stringify(environmentJsonSchema(), null, 2)}\n`;

const withSpec = (schema: JsonObject, reference: string): JsonObject => ({
  ...schema,
  properties: { ...child(schema, 'properties'), spec: { $ref: reference } },
});

const child = (schema: JsonObject, key: string): JsonObject => {
  const value = schema[key];
  return isObject(value) ? value : {};
};

/** A field with a default need not be written, though whoever reads the environment finds it there. */
function optionalDefaults(schema: JsonObject): JsonObject {
  const properties = child(schema, 'properties');
  const required = Array.isArray(schema['required']) ? schema['required'] : undefined;
  const left = required?.filter((name: Json) => !('default' in child(properties, String(name))));
  const mapped = mapSchemas(schema, optionalDefaults);
  if (left === undefined || left.length === required?.length) return mapped;
  const { required: _, ...others } = mapped;
  return left.length === 0 ? others : { ...others, required: left };
}

/** Any part of what a schema describes: nothing is required, and `null` removes an entry. Lists stay whole. */
function part(schema: JsonObject): JsonObject {
  const { required: _, ...others } = schema;
  const each = (schemas: Json | undefined): JsonObject | undefined =>
    isObject(schemas)
      ? Object.fromEntries(
          Object.entries(schemas).map(([name, value]) => [
            name,
            isObject(value) ? nullable(part(value)) : value,
          ]),
        )
      : undefined;
  const properties = each(schema['properties']);
  const patternProperties = each(schema['patternProperties']);
  return { ...others, ...(properties && { properties }), ...(patternProperties && { patternProperties }) };
}

function nullable(schema: JsonObject): JsonObject {
  const { type, enum: values } = schema;
  return {
    ...schema,
    ...(typeof type === 'string' ? { type: [type, 'null'] } : {}),
    ...(Array.isArray(values) ? { enum: [...values, null] } : {}),
  };
}

/** The schema with `change` applied to every schema directly inside of it. */
function mapSchemas(schema: JsonObject, change: (schema: JsonObject) => JsonObject): JsonObject {
  const changed = (value: Json): Json => (isObject(value) ? change(value) : value);
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => {
      if ((key === 'properties' || key === 'patternProperties') && isObject(value)) {
        return [
          key,
          Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, changed(inner)])),
        ];
      }
      return [key, key === 'items' ? changed(value) : value];
    }),
  );
}
