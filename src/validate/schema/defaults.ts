import { isObject, isTrue, type JsonSchema, keyword, propertiesOf, schemaOf } from './jsonSchema.ts';

/**
 * What the API server makes of a custom resource before it judges it: null where none may be is no field, and a
 * field that is missing gets its default.
 *
 * Input: a structural schema and a value. Output: the value with its defaults. Guarantees: nothing is changed in
 * place; parts to which nothing is added are the very parts that came in, and defaults are the schema's own parts:
 * all of them are to be read, never written.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting-and-nullable
 */
export function applyDefaults(schema: JsonSchema, value: unknown): unknown {
  // Most values hold no null, so that only those parts of the schema matter that hold defaults.
  return filled(schema, value, holdsNull(value));
}

function holdsNull(value: unknown): boolean {
  if (typeof value !== 'object') return false;
  if (value === null) return true;
  if (Array.isArray(value)) return value.some(holdsNull);
  for (const name in value) if (holdsNull(Reflect.get(value, name))) return true;
  return false;
}

function filled(schema: JsonSchema, value: unknown, hasNulls: boolean): unknown {
  if (typeof value !== 'object' || (!hasNulls && !holdsDefaults(schema))) return value;
  if (Array.isArray(value)) return items(schema, value, hasNulls);
  return isObject(value) ? fields(schema, value, hasNulls) : value;
}

function items(schema: JsonSchema, list: readonly unknown[], hasNulls: boolean): readonly unknown[] {
  const item = schemaOf(schema, 'items');
  if (item === undefined) return list;
  let changed: unknown[] | undefined;
  for (let index = 0; index < list.length; index++) {
    const before = list[index];
    const after = before === null ? (replaced(item) ?? null) : filled(item, before, hasNulls);
    if (after === before) continue;
    changed ??= [...list];
    changed[index] = after;
  }
  return changed ?? list;
}

type Fields = Readonly<Record<string, unknown>>;

function fields(schema: JsonSchema, object: Fields, hasNulls: boolean): unknown {
  const properties = schemaOf(schema, 'properties');
  const others = schemaOf(schema, 'additionalProperties');
  let changed: Record<string, unknown> | undefined;
  for (const name in object) {
    if (!Object.hasOwn(object, name)) continue;
    const field = (properties && schemaOf(properties, name)) ?? others;
    if (field === undefined) continue;
    const before = object[name];
    const after = before === null ? replaced(field) : filled(field, before, hasNulls);
    if (after === before) continue;
    changed ??= { ...object };
    if (after === undefined) delete changed[name];
    else set(changed, name, after);
  }
  for (const [name, made] of defaultsOf(schema)) {
    if (Object.hasOwn(changed ?? object, name)) continue;
    changed ??= { ...object };
    set(changed, name, made);
  }
  return changed ?? object;
}

/** Defines, so that no key, not even `__proto__`, sets a prototype. */
function set(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') object[name] = value;
  else Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

/** What null becomes: itself where it is a value, else the default, else nothing. */
const replaced = (schema: JsonSchema): unknown => (isTrue(schema, 'nullable') ? null : defaultOf(schema));

/** A node's default, which may itself get defaults; `undefined` where it has none. */
function defaultOf(schema: JsonSchema): unknown {
  const value = keyword(schema, 'default');
  return value === null || value === undefined ? undefined : applyDefaults(schema, value);
}

interface Known {
  /** Whether there are defaults in it, at any depth, itself aside. */
  readonly holds: boolean;
  /** The fields of an object that have defaults. */
  readonly defaults: readonly (readonly [string, unknown])[];
}

const known = new WeakMap<JsonSchema, Known>();

const holdsDefaults = (schema: JsonSchema): boolean => knownOf(schema).holds;
const defaultsOf = (schema: JsonSchema): Known['defaults'] => knownOf(schema).defaults;

function knownOf(schema: JsonSchema): Known {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const properties = propertiesOf(schema);
  const defaults = properties.flatMap(([name, field]) => {
    const value = defaultOf(field);
    return value === undefined ? [] : [[name, value] as const];
  });
  const inner = [schemaOf(schema, 'items'), schemaOf(schema, 'additionalProperties')];
  const parts = [...properties.map(([, field]) => field), ...inner.filter((part) => part !== undefined)];
  const made = { defaults, holds: defaults.length > 0 || parts.some(holdsDefaults) };
  known.set(schema, made);
  return made;
}
