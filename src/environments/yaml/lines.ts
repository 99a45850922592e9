import type { Origin } from '#model/origin.ts';

/** The line and column of an offset in the text. */
export type PlaceOf = (offset: number) => Origin;

/**
 * Places in a text. Not `LineCounter` of `yaml`: its lines come from the parser, which does not tell all of
 * them in order, and a search among them goes astray.
 */
export function placesIn(file: string, text: string): PlaceOf {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return (offset) => {
    const place = Math.max(0, Math.min(offset, text.length));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= place) low = middle;
      else high = middle - 1;
    }
    return { file, line: low + 1, column: place - (starts[low] ?? 0) + 1 };
  };
}
