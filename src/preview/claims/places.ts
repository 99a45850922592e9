import { pointerTo } from '#model/pointer.ts';

/** Places in an object, as lists of names and indexes. */
export type Path = readonly string[];

/** The value at a place; undefined where there is none. */
export function valueAt(object: unknown, path: Path): unknown {
  let value: unknown = object;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = Reflect.get(value, part);
  }
  return value;
}

/** The places that a path with `*` for any item stands for in an object; only those that exist. */
export function placesIn(object: unknown, path: Path): readonly Path[] {
  let places: readonly { readonly at: Path; readonly value: unknown }[] = [{ at: [], value: object }];
  for (const part of path) {
    places = places.flatMap(({ at, value }) => {
      if (typeof value !== 'object' || value === null) return [];
      const names = part === '*' ? Object.keys(value) : Object.hasOwn(value, part) ? [part] : [];
      return names.map((name) => ({ at: [...at, name], value: Reflect.get(value, name) }));
    });
  }
  return places.map(({ at }) => at);
}

/** Whether a place is another one, or lies within it. In the outer one, `*` stands for any item. */
export const isWithin = (inner: Path, outer: Path): boolean =>
  inner.length >= outer.length && outer.every((part, index) => part === '*' || part === inner[index]);

export const pointerOf = (path: Path): string => pointerTo(...path);

/** Two values as one: objects by field, of anything else the later one. */
export function merged(before: unknown, after: unknown): unknown {
  if (!isFields(before) || !isFields(after)) return after ?? before;
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries(
    [...names].map((name) => [name, merged(ownField(before, name), ownField(after, name))]),
  );
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const ownField = (fields: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.hasOwn(fields, name) ? fields[name] : undefined;
