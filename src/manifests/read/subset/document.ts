import { LARGEST_DOCUMENT } from '../limits.ts';
import type { Json } from '../nodes.ts';
import { block } from './block.ts';
import { type Cursor, cursorOn, isBlankAt, isLineDone, type Places, skipSpaces } from './cursor.ts';

/**
 * A reader for the plain block style in which nearly all manifests are written, a tenth as dear as the complete one.
 *
 * Input: the text of one document. Output: its value, without places; undefined for whatever is unusual, right or
 * wrong: tags, anchors, merges, tabs, texts over several lines without `|`, a second key of the same name, and
 * anything that it does not know to be right. Guarantees: never throws, linear time; a value is exactly what the
 * complete reader makes of the text, which property-based tests hold it to.
 */
export type SubsetDocument = { readonly value: Json } | { readonly empty: true };

/** Line feeds, tabs and printable ASCII: nearly every document. */
const ASCII = /^[\t\n\x20-\x7e]*$/;
/** Beyond ASCII, without what some readers take for a line break, a byte order mark, or a half of a character. */
const PRINTABLE = /^[\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u;

export function readSubset(
  text: string,
  start = 0,
  end = text.length,
  places?: Places,
): SubsetDocument | undefined {
  if (end - start > LARGEST_DOCUMENT) return undefined;
  const content = contentStart(text, start);
  if (content === undefined) return undefined;
  const cursor = cursorOn(text, content, end, places);
  if (cursor.indent === -1) return { empty: true };
  const value = block(cursor, 0);
  return value === undefined || cursor.indent !== -1 ? undefined : { value };
}

/** Whether a text holds only what the subset may. */
export const isPrintable = (text: string): boolean => ASCII.test(text) || PRINTABLE.test(text);

/** Behind the line of the marker, if there is one; undefined where something else stands on it. */
export function contentStart(text: string, start: number): number | undefined {
  if (!text.startsWith('---', start) || !isBlankAt(text, start + 3)) return start;
  const cursor: Cursor = { text, end: text.length, at: start + 3, lineStart: start, indent: 0 };
  skipSpaces(cursor);
  if (!isLineDone(cursor)) return undefined;
  const end = text.indexOf('\n', cursor.at);
  return end === -1 ? text.length : end + 1;
}
