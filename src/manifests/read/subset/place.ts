import { segmentsOf } from '#model/pointer.ts';
import { cursorOn, type Places } from './cursor.ts';
import { contentStart, readSubset } from './document.ts';

/**
 * Where in a document of the subset a JSON pointer's value is written, as `placeOf` says of any document: at the key
 * for a field, at the item for a list's item, else at the nearest ancestor.
 *
 * Input: the document's text. Output: a function from pointers to offsets, which gives undefined for what has no
 * text of its own. Undefined where the text is not of the subset.
 */
export function subsetPlaces(text: string): ((pointer: string) => number | undefined) | undefined {
  const places: Places = new Map();
  const document = readSubset(text, 0, text.length, places);
  if (document === undefined || 'empty' in document) return undefined;
  const start = cursorOn(text, contentStart(text, 0) ?? 0, text.length).at;
  return (pointer) => {
    let value: unknown = document.value;
    let place = start;
    for (const token of segmentsOf(pointer)) {
      if (typeof value !== 'object' || value === null) return place;
      const name = Array.isArray(value) ? Number(token) : token;
      if (!Object.hasOwn(value, name)) return place;
      const at = places.get(value)?.get(name);
      if (at === undefined) return undefined;
      place = at;
      value = Reflect.get(value, name);
    }
    return place;
  };
}
