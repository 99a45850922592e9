/**
 * A schema node as it comes from a file: OpenAPI v3 of Kubernetes, or a CRD's structural schema. It's foreign
 * (a user's CRD may hold anything), so every keyword is read through one of these, and one of the wrong type
 * counts as absent.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object: a schema, or what one describes. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A keyword's value; undefined where the schema itself does not have it. */
export const keyword = (schema: JsonSchema, name: string): unknown =>
  Object.hasOwn(schema, name) ? schema[name] : undefined;

export function textOf(schema: JsonSchema, name: string): string | undefined {
  const value = keyword(schema, name);
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(schema: JsonSchema, name: string): number | undefined {
  const value = keyword(schema, name);
  return typeof value === 'number' ? value : undefined;
}

export const isTrue = (schema: JsonSchema, name: string): boolean => keyword(schema, name) === true;

export function schemaOf(schema: JsonSchema, name: string): JsonSchema | undefined {
  const value = keyword(schema, name);
  return isObject(value) ? value : undefined;
}

export function schemasOf(schema: JsonSchema, name: string): readonly JsonSchema[] {
  const value = keyword(schema, name);
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function textsOf(schema: JsonSchema, name: string): readonly string[] {
  const value = keyword(schema, name);
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Name -> schema of each declared field. */
export function propertiesOf(schema: JsonSchema): readonly (readonly [string, JsonSchema])[] {
  const properties = schemaOf(schema, 'properties');
  if (properties === undefined) return [];
  return Object.entries(properties).flatMap(([name, value]) => (isObject(value) ? [[name, value]] : []));
}

/** Name of a definition that is referred to: the last part of `#/definitions/...` or `#/components/schemas/...`. */
export function referenceOf(schema: JsonSchema): string | undefined {
  const reference = textOf(schema, '$ref') ?? loneReference(schemasOf(schema, 'allOf'));
  return reference?.slice(reference.lastIndexOf('/') + 1);
}

/** OpenAPI v3 wraps a reference in allOf where it has something (a default, a patch strategy) beside it. */
const loneReference = (parts: readonly JsonSchema[]): string | undefined =>
  parts.length === 1 && parts[0] !== undefined ? textOf(parts[0], '$ref') : undefined;
