/** JSON, as manifests are made of it. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [field: string]: Json;
}

/** A value of a document, and what holds it. Changing `holder` at `key` changes the document. */
export interface Place {
  readonly path: readonly (string | number)[];
  readonly holder: Json[] | JsonObject;
  readonly key: string | number;
  readonly value: Json;
}

export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** All values of a document but the document itself, outer ones first. */
export function placesOf(document: JsonObject): readonly Place[] {
  const places: Place[] = [];
  const visit = (holder: Json[] | JsonObject, path: Place['path']) => {
    for (const [key, value] of entriesOf(holder)) {
      const place = { path: [...path, key], holder, key, value };
      places.push(place);
      if (typeof value === 'object' && value !== null) visit(value, place.path);
    }
  };
  visit(document, []);
  return places;
}

const entriesOf = (holder: Json[] | JsonObject): readonly (readonly [string | number, Json])[] =>
  Array.isArray(holder) ? [...holder.entries()] : Object.entries(holder);

/** A path as a JSON pointer. */
export const pointerOf = (path: Place['path']): string =>
  path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** Puts another value where one was. */
export function put({ holder, key }: Place, value: Json): void {
  if (Array.isArray(holder)) holder[Number(key)] = value;
  else holder[key] = value;
}

/** Calls a field by another name, in the same place of the order. */
export function rename({ holder, key }: Place, name: string): void {
  if (Array.isArray(holder)) return;
  const entries = Object.entries(holder).map(
    ([field, value]) => [field === key ? name : field, value] as const,
  );
  for (const field of Object.keys(holder)) delete holder[field];
  for (const [field, value] of entries) {
    Object.defineProperty(holder, field, { value, enumerable: true, configurable: true, writable: true });
  }
}

/** Takes a field or an item out. */
export function remove({ holder, key }: Place): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}
