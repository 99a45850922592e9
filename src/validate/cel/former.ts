import { isObject, type JsonSchema, textOf, textsOf } from '../schema/jsonSchema.ts';

/** What a value was before a change, for rules that compare. */
export interface Former {
  /** `undefined` where there was none, or where it can't be told which it was. */
  readonly value: unknown;
  /** Whether the whole object was there before. */
  readonly isKnown: boolean;
  /** The nearest part around it of which both are known. */
  readonly ancestor: { readonly value: unknown; readonly former: unknown } | undefined;
}

type FormerOf = (item: unknown) => unknown;

/**
 * What each item of a list was before; `undefined` for a list whose items can't be told apart by keys: rules on
 * what changes are not evaluated there.
 */
export function formerItems(schema: JsonSchema, former: unknown): FormerOf | undefined {
  const keys = textsOf(schema, 'x-kubernetes-list-map-keys');
  if (textOf(schema, 'x-kubernetes-list-type') !== 'map' || !Array.isArray(former)) return undefined;
  const known = new Map<string, unknown>();
  for (const item of former) {
    const identity = identityOf(item, keys);
    if (identity !== undefined && !known.has(identity)) known.set(identity, item);
  }
  return (item) => {
    const identity = identityOf(item, keys);
    return identity === undefined ? undefined : known.get(identity);
  };
}

function identityOf(item: unknown, keys: readonly string[]): string | undefined {
  if (!isObject(item)) return undefined;
  const values = keys.map((key) => (Object.hasOwn(item, key) ? item[key] : undefined));
  return values.every((value) => ['string', 'number', 'boolean'].includes(typeof value))
    ? JSON.stringify(values)
    : undefined;
}

/** Whether two values of JSON are the same, whatever their fields' order. */
export function deepEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one)) {
    return (
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((item, index) => deepEqual(item, other[index]))
    );
  }
  if (!isObject(one) || !isObject(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && deepEqual(one[name], other[name]))
  );
}
