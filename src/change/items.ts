import {
  isObject,
  type JsonSchema,
  keyword,
  schemaOf,
  textOf,
  textsOf,
} from '#validate/schema/jsonSchema.ts';

/** An item of a list in both states, by index; one is undefined where it came or went. */
export interface ItemPair {
  /** For people: `api`, `8080,TCP`. */
  readonly key: string;
  readonly from?: number;
  readonly to?: number;
}

/**
 * Which items of two lists are one and the same: by the schema's keys, else by the name (in IAM: the statement's id)
 * that each of them has.
 *
 * @param schema Of the list; `item` of its items, whose defaults count as written.
 * @returns In the order of the new list, then what went; undefined for items that nothing tells apart.
 */
export function pairItems(
  before: readonly unknown[],
  after: readonly unknown[],
  schema: JsonSchema | undefined,
  item: JsonSchema | undefined,
): readonly ItemPair[] | undefined {
  const declared = schema === undefined ? [] : textsOf(schema, 'x-kubernetes-list-map-keys');
  const merged = schema && textOf(schema, 'x-kubernetes-patch-merge-key');
  for (const names of [declared, merged === undefined ? [] : [merged], ['name'], ['Sid']]) {
    if (names.length === 0) continue;
    const fields = names.map((name): KeyField => ({ name, left: defaultOf(item, name) }));
    const former = indexed(before, fields);
    const now = indexed(after, fields);
    if (former !== undefined && now !== undefined) return paired(former, now);
  }
  return undefined;
}

/** A field that is part of the key, and what stands for it where it is left out. */
interface KeyField {
  readonly name: string;
  readonly left: unknown;
}

function defaultOf(item: JsonSchema | undefined, name: string): unknown {
  const properties = item && schemaOf(item, 'properties');
  const field = properties && schemaOf(properties, name);
  return field && keyword(field, 'default');
}

/** Key -> index; undefined where an item has none, or two have the same. */
function indexed(
  list: readonly unknown[],
  fields: readonly KeyField[],
): ReadonlyMap<string, number> | undefined {
  const known = new Map<string, number>();
  for (const [index, item] of list.entries()) {
    const key = keyOf(item, fields);
    if (key === undefined || known.has(key)) return undefined;
    known.set(key, index);
  }
  return known;
}

function keyOf(item: unknown, fields: readonly KeyField[]): string | undefined {
  if (!isObject(item)) return undefined;
  const written = fields.map(({ name }) => (Object.hasOwn(item, name) ? item[name] : undefined));
  if (written.every((value) => value === undefined || value === null)) return undefined;
  const values = written.map((value, index) => value ?? fields[index]?.left ?? '');
  return values.some((value) => typeof value === 'object') ? undefined : values.map(String).join(',');
}

function paired(former: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): readonly ItemPair[] {
  const pairs: ItemPair[] = [...now].map(([key, to]) => {
    const from = former.get(key);
    return from === undefined ? { key, to } : { key, from, to };
  });
  const gone = [...former].flatMap(([key, from]) => (now.has(key) ? [] : [{ key, from }]));
  return [...pairs, ...gone];
}
