import { pointerTo } from '#model/pointer.ts';
import { deepEqual } from '#validate/cel/former.ts';
import { isObject, type JsonSchema, keyword, textOf } from '#validate/schema/jsonSchema.ts';
import { pairItems } from './items.ts';
import { fieldOf, itemOf, resolved, type Schemas, sameMeaning } from './schema.ts';

/**
 * Two states of one object -> what differs in meaning.
 *
 * Input: the former and the new value, and the schema of their kind where there is one. Output: one entry for each
 * field that was added, removed or changed, the outermost that tells it: a whole block that came is one entry.
 * Equal by meaning is equal: items of lists with keys are paired by them, sets have no order, a field that holds its
 * default is a field that is left out, `0.5` is `500m`, `60s` is `1m`, and null is nothing.
 * Guarantees: pure, bounded by the size of both; deterministic order: that of the new object, then what went.
 */
export interface FieldChange {
  /** JSON pointer into the new object; into the former one where the field went. */
  readonly pointer: string;
  /** For people: `spec.template.spec.containers[api].image`. */
  readonly path: string;
  /** Undefined where the field came. */
  readonly before?: unknown;
  /** Undefined where the field went. */
  readonly after?: unknown;
  /** The whole texts, where the field is a part of a JSON document that is written as a text. */
  readonly texts?: { readonly before: string; readonly after: string };
}

/** A place in both objects at once: an item of a list may stand elsewhere in each. */
interface Place {
  readonly before: readonly (string | number)[];
  readonly after: readonly (string | number)[];
  readonly path: string;
}

/** Deeper than any Kubernetes object, shallower than the stack. */
const MAX_DEPTH = 100;

export function compareObjects(
  before: unknown,
  after: unknown,
  schemas: Schemas,
  schema?: JsonSchema,
): readonly FieldChange[] {
  const changes: FieldChange[] = [];
  compare({ before: [], after: [], path: '' }, before, after, schema, { schemas, changes });
  return changes;
}

interface Comparison {
  readonly schemas: Schemas;
  readonly changes: FieldChange[];
}

function compare(
  place: Place,
  before: unknown,
  after: unknown,
  given: JsonSchema | undefined,
  comparison: Comparison,
): void {
  if (before === after) return;
  if (typeof before === 'string' && typeof after === 'string') {
    const documents = jsonIn(before, after);
    if (documents !== undefined) {
      inJson(place, documents, { before, after }, comparison);
      return;
    }
  }
  const schema = given && resolved(given, comparison.schemas);
  const isDeep = place.after.length > MAX_DEPTH;
  if (isObject(before) && isObject(after) && !isDeep) fields(place, before, after, schema, comparison);
  else if (Array.isArray(before) && Array.isArray(after) && !isDeep)
    items(place, before, after, schema, comparison);
  else if (given === undefined || !sameMeaning(before, after, given)) {
    // Null is no field to the API server, and a field that is left out has its default.
    const left = before ?? defaultOf(schema);
    const right = after ?? defaultOf(schema);
    if (left === right) return;
    if (isDeep ? JSON.stringify(left) === JSON.stringify(right) : deepEqual(left, right)) return;
    changed(place, before ?? undefined, after ?? undefined, comparison);
  }
}

/** Documents in a text of JSON (policies of IAM, of buckets, of queues) are compared as what they mean. */
function inJson(
  place: Place,
  [before, after]: readonly [unknown, unknown],
  texts: { readonly before: string; readonly after: string },
  { changes }: Comparison,
): void {
  const pointer = pointerTo(...place.after);
  for (const change of compareObjects(before, after, NO_SCHEMAS)) {
    const separator = change.path === '' || change.path.startsWith('[') ? '' : '.';
    changes.push({ ...change, pointer, path: `${place.path}${separator}${change.path}`, texts });
  }
}

/** Beyond that, a text is a text. */
const LONGEST_JSON = 100_000;

function jsonIn(before: string, after: string): readonly [unknown, unknown] | undefined {
  if (before.length + after.length > LONGEST_JSON) return undefined;
  const left = parsed(before);
  const right = parsed(after);
  return left === undefined || right === undefined ? undefined : [left, right];
}

function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const NO_SCHEMAS: Schemas = { definition: () => undefined };

const defaultOf = (schema: JsonSchema | undefined): unknown =>
  schema && (keyword(schema, 'default') ?? undefined);

function changed(place: Place, before: unknown, after: unknown, { changes }: Comparison): void {
  const pointer = pointerTo(...(after === undefined ? place.before : place.after));
  changes.push({
    pointer,
    path: place.path,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  });
}

type Fields = Readonly<Record<string, unknown>>;

function fields(
  place: Place,
  before: Fields,
  after: Fields,
  schema: JsonSchema | undefined,
  comparison: Comparison,
): void {
  const names = new Set([...Object.keys(after), ...Object.keys(before)]);
  for (const name of names) {
    const inner: Place = {
      before: [...place.before, name],
      after: [...place.after, name],
      path: `${place.path}${named(name, place.path === '')}`,
    };
    compare(inner, own(before, name), own(after, name), schema && fieldOf(schema, name), comparison);
  }
}

const own = (fields: Fields, name: string): unknown =>
  Object.hasOwn(fields, name) ? fields[name] : undefined;

/** `.image`, or `["alb.ingress.kubernetes.io/scheme"]` where a name would not be told apart from the path. */
const named = (name: string, isFirst: boolean): string =>
  /^[A-Za-z0-9_$-]+$/.test(name) ? `${isFirst ? '' : '.'}${name}` : `[${JSON.stringify(name)}]`;

/** Lists are paired by their keys, compared as sets, item by item, or as a whole. */
function items(
  place: Place,
  before: readonly unknown[],
  after: readonly unknown[],
  schema: JsonSchema | undefined,
  comparison: Comparison,
): void {
  const item = schema && itemOf(schema);
  const type = schema && textOf(schema, 'x-kubernetes-list-type');
  if (type === 'set') {
    if (!sameSet(before, after)) changed(place, before, after, comparison);
    return;
  }
  const pairs = pairItems(before, after, schema, item && resolved(item, comparison.schemas));
  if (pairs !== undefined) {
    for (const { key, from, to } of pairs) {
      const at: Place = {
        before: [...place.before, from ?? 0],
        after: [...place.after, to ?? 0],
        path: `${place.path}[${key}]`,
      };
      if (from === undefined || to === undefined) {
        const [was, is] = [
          from === undefined ? undefined : before[from],
          to === undefined ? undefined : after[to],
        ];
        changed(at, was, is, comparison);
      } else compare(at, before[from], after[to], item, comparison);
    }
  } else if (before.length === after.length && [...before, ...after].every(isObject)) {
    for (const [index, one] of after.entries()) {
      const at: Place = {
        before: [...place.before, index],
        after: [...place.after, index],
        path: `${place.path}[${index}]`,
      };
      compare(at, before[index], one, item, comparison);
    }
  } else if (!sameList(before, after, item, comparison.schemas)) changed(place, before, after, comparison);
}

function sameSet(before: readonly unknown[], after: readonly unknown[]): boolean {
  const texts = new Set(before.map((item) => JSON.stringify(item)));
  return before.length === after.length && after.every((item) => texts.has(JSON.stringify(item)));
}

function sameList(
  before: readonly unknown[],
  after: readonly unknown[],
  item: JsonSchema | undefined,
  schemas: Schemas,
): boolean {
  if (before.length !== after.length) return false;
  return after.every((one, index) => compareObjects(before[index], one, schemas, item).length === 0);
}
