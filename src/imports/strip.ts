/**
 * Takes the prose out of OpenAPI v3 schemas. Walks schemas only where schemas stand, so that a property called
 * `description`, or a default value with such a key, stays.
 */

/** A JSON object of unknown form, as it comes out of a source. */
export type JsonObject = { readonly [key: string]: unknown };

/** Prose and documentation: https://spec.openapis.org/oas/v3.0.3#schema-object */
const PROSE = new Set(['description', 'externalDocs', 'example']);
/** Keywords whose value is one schema, a list of schemas (either may be a boolean), or a map of schemas. */
const ONE = new Set(['items', 'additionalProperties', 'not', 'additionalItems']);
const LIST = new Set(['allOf', 'anyOf', 'oneOf']);
const MAP = new Set(['properties', 'patternProperties', 'definitions']);

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A copy of the schema with every sub-schema changed by `change`, from the outside in. */
export function mapSchema(schema: unknown, change: (schema: JsonObject) => JsonObject): unknown {
  if (!isObject(schema)) return schema;
  return fromEntries(
    Object.entries(change(schema)).map(([keyword, value]) => {
      if (ONE.has(keyword)) {
        return [
          keyword,
          Array.isArray(value) ? value.map((one) => mapSchema(one, change)) : mapSchema(value, change),
        ];
      }
      if (LIST.has(keyword) && Array.isArray(value))
        return [keyword, value.map((one) => mapSchema(one, change))];
      if (MAP.has(keyword) && isObject(value)) {
        return [
          keyword,
          fromEntries(Object.entries(value).map(([name, one]) => [name, mapSchema(one, change)])),
        ];
      }
      return [keyword, value];
    }),
  );
}

/** The schema without prose. */
export function stripProse(schema: unknown): unknown {
  return mapSchema(schema, (one) => without(one, (keyword) => PROSE.has(keyword)));
}

/** A copy without the keys for which `unwanted` says yes. */
export function without(object: JsonObject, unwanted: (key: string, value: unknown) => boolean): JsonObject {
  return fromEntries(Object.entries(object).filter(([key, value]) => !unwanted(key, value)));
}

/** Object.fromEntries defines own properties, so that a key `__proto__` of a hostile source sets no prototype. */
export const fromEntries = (entries: readonly (readonly [string, unknown])[]): JsonObject =>
  Object.fromEntries(entries);
