/**
 * JSON Schema as TypeBox writes it -> structural schema as Kubernetes takes it.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 * Maps become `additionalProperties`, `const` becomes an `enum` of one, every node gets its `type`, and the
 * strictness of objects is left out: a structural schema prunes (or refuses) unknown fields by itself.
 */

/** A structural schema, or a part of one. */
export interface StructuralSchema {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, StructuralSchema>>;
  readonly required?: readonly string[];
  readonly items?: StructuralSchema;
  readonly additionalProperties?: StructuralSchema;
  readonly enum?: readonly (string | number | boolean)[];
  readonly [keyword: string]: unknown;
}

/** Keywords that mean the same on both sides. */
const KEPT = [
  'type',
  'description',
  'default',
  'format',
  'enum',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'required',
  'x-kubernetes-validations',
  'x-kubernetes-list-type',
  'x-kubernetes-list-map-keys',
] as const;

/** Keywords that this conversion understands in some other way; any other is a mistake of ours. */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  ...KEPT,
  'properties',
  'patternProperties',
  'items',
  'const',
  'additionalProperties',
  'uniqueItems',
  // For the editor and for messages only.
  'title',
  'examples',
  // For editors only.
  'title',
  'examples',
]);

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Converts a schema. Throws a TypeError on a keyword that a structural schema can't express. */
export function structural(schema: unknown): StructuralSchema {
  if (!isObject(schema)) throw new TypeError('a structural schema has no boolean schemas');
  const unknown = Object.keys(schema).find((keyword) => !UNDERSTOOD.has(keyword));
  if (unknown !== undefined) throw new TypeError(`a structural schema can't express ${unknown}`);
  const values = 'const' in schema ? [schema['const']] : schema['enum'];
  const kept = Object.fromEntries(KEPT.flatMap((key) => (key in schema ? [[key, schema[key]]] : [])));
  return {
    ...kept,
    ...(Array.isArray(values) ? { type: typeOf(values), enum: values } : {}),
    ...children(schema),
  };
}

function children(schema: Json): Json {
  const { properties, patternProperties, items } = schema;
  if (isObject(patternProperties)) {
    const [value, ...more] = Object.values(patternProperties);
    if (more.length > 0) throw new TypeError('a map of a structural schema has one kind of value');
    return { additionalProperties: structural(value) };
  }
  return {
    ...(isObject(properties)
      ? { properties: Object.fromEntries(Object.entries(properties).map(([k, v]) => [k, structural(v)])) }
      : {}),
    // uniqueItems is forbidden in structural schemas; its like would be a set, which changes how apply merges.
    ...(items === undefined ? {} : { items: structural(items) }),
  };
}

function typeOf(values: readonly unknown[]): string {
  const types = new Set(values.map((value) => (Number.isInteger(value) ? 'integer' : typeof value)));
  const [type] = types;
  if (types.size !== 1 || type === undefined)
    throw new TypeError('an enum of a structural schema has one type');
  return type;
}
