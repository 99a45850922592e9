/**
 * Manifests say the same few hundred keys again and again. Cutting each out of the text anew, and looking it up among
 * all strings to make it the name of a field, would be a third of all the time of reading.
 */
const SLOTS = 4096;
const LONGEST = 40;

const words: string[] = new Array<string>(SLOTS).fill('');

/** The piece of a text from `start` to `end`, which is not empty: the same string as the last time, where it can be. */
export function wordIn(text: string, start: number, end: number): string {
  const length = end - start;
  if (length > LONGEST) return text.slice(start, end);
  const slot =
    (length * 5 +
      text.charCodeAt(start) * 31 +
      text.charCodeAt(start + (length >> 1)) * 137 +
      text.charCodeAt(end - 1) * 1031 +
      text.charCodeAt(end - 2) * 67) &
    (SLOTS - 1);
  const known = words[slot];
  if (known !== undefined && known.length === length && text.startsWith(known, start)) return known;
  const word = text.slice(start, end);
  words[slot] = word;
  return word;
}
