import type { Suggest } from '#model/suggest.ts';
import { pathText, type Segment, WILDCARD } from '#preview/field-path/parse.ts';
import { isTrue, type JsonSchema, keyword, referenceOf, schemaOf } from '../schema/jsonSchema.ts';
import { OBJECT_META } from '../schema/resource.ts';
import type { KindSchema, SchemaStore } from '../schema/store.ts';

/** Where a field path leads in a schema. */
export type FieldSchema =
  | { readonly is: 'known'; readonly schema: JsonSchema }
  /** The schema lets anything be here. */
  | { readonly is: 'free' }
  /** There is no such field: the API server would drop or refuse it. */
  | { readonly is: 'none'; readonly field: string; readonly similar?: string };

export type Definitions = Pick<SchemaStore, 'definition'>;
type Kind = Pick<KindSchema, 'schema' | 'family'>;

/** A path with wildcards leads to what all of its paths lead to. */
export function fieldSchema(
  { schema: root, family }: Kind,
  segments: readonly Segment[],
  { definition }: Definitions,
  suggest: Suggest,
): FieldSchema {
  let here = root;
  for (const [index, segment] of segments.entries()) {
    const holder = resolved(here, definition);
    const next = stepInto({ schema: holder, family }, segment, definition);
    if (next === 'free') return { is: 'free' };
    if (next === undefined) {
      const names = Object.keys(schemaOf(holder, 'properties') ?? {});
      const similar = typeof segment === 'string' ? suggest(segment, names) : undefined;
      const field = pathText(segments.slice(0, index + 1));
      return { is: 'none', field, ...(similar === undefined ? {} : { similar }) };
    }
    here = next;
  }
  return { is: 'known', schema: resolved(here, definition) };
}

/** A field's or an item's schema; undefined where there is none. */
export function stepInto(
  { schema: holder, family }: Kind,
  segment: Segment,
  definition: Definitions['definition'],
): JsonSchema | 'free' | undefined {
  if (segment === 'metadata' && isTrue(holder, 'x-kubernetes-embedded-resource')) {
    return definition(OBJECT_META) ?? 'free';
  }
  const items = schemaOf(holder, 'items');
  if (typeof segment === 'number' || (segment === WILDCARD && items !== undefined)) {
    return items ?? (isFree(holder, family) ? 'free' : undefined);
  }
  const properties = schemaOf(holder, 'properties');
  if (properties !== undefined && Object.hasOwn(properties, segment)) return schemaOf(properties, segment);
  const values = schemaOf(holder, 'additionalProperties');
  if (values !== undefined) return values;
  if (segment === WILDCARD && properties !== undefined) return 'free';
  return isFree(holder, family) ? 'free' : undefined;
}

/** Whether a schema declares a field. */
export function declares(schema: JsonSchema, name: string): boolean {
  const properties = schemaOf(schema, 'properties');
  return properties !== undefined && Object.hasOwn(properties, name);
}

/** Whether fields that are not declared may be there. */
function isFree(schema: JsonSchema, family: Kind['family']): boolean {
  const type = keyword(schema, 'type');
  return (
    isTrue(schema, 'x-kubernetes-preserve-unknown-fields') ||
    keyword(schema, 'additionalProperties') === true ||
    Object.keys(schema).length === 0 ||
    // Objects of Kubernetes that declare nothing are raw ones, such as the parameters of a driver.
    (family === 'kubernetes' && type === 'object' && keyword(schema, 'properties') === undefined)
  );
}

/** What a reference stands for. Kubernetes' own schemas refer, those of CRDs don't. */
export function resolved(schema: JsonSchema, definition: Definitions['definition']): JsonSchema {
  let here = schema;
  for (let jumps = 0; jumps < 8; jumps++) {
    const name = referenceOf(here);
    const next = name === undefined ? undefined : definition(name);
    if (next === undefined) return here;
    here = next;
  }
  return here;
}

/**
 * Whether a field is in every object that its schema takes: required, or by a default, at each step. An item of a list
 * is not, as the list may be shorter.
 */
export function isAlwaysThere(
  { schema: root, family }: Kind,
  segments: readonly Segment[],
  { definition }: Definitions,
): boolean {
  const [first, second] = segments;
  if (first === 'metadata') return second === 'name' || second === 'uid';
  let holder = root;
  for (const segment of segments) {
    holder = resolved(holder, definition);
    if (typeof segment === 'number') return false;
    const next = stepInto({ schema: holder, family }, segment, definition);
    const required = keyword(holder, 'required');
    if (next === undefined || next === 'free') return false;
    const isRequired = Array.isArray(required) && required.includes(segment);
    if (!isRequired && keyword(next, 'default') === undefined) return false;
    holder = next;
  }
  return true;
}
