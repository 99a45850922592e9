/** A place in a document, moved along by the functions of this folder. */
export interface Cursor {
  /** The whole stream: reading a piece of it in place is much cheaper than cutting it out. */
  readonly text: string;
  /** Where the document ends: at the end of the stream, or behind a line feed. */
  readonly end: number;
  /** Offset of the next character to be read. */
  at: number;
  /** Offset of the first character of its line. */
  lineStart: number;
  /** Column of the line's first character that is no space, from 0; -1 where the document is at its end. */
  indent: number;
  /** Present where places are wanted. */
  readonly places?: Places | undefined;
}

/** Where in the text the fields (at their keys) and items of each collection begin. */
export type Places = Map<object, Map<string | number, number>>;

/** Notes where a field or an item begins, which is asked for only where something was found. */
export function notePlace(places: Places, collection: object, name: string | number, at: number): void {
  const known = places.get(collection);
  if (known === undefined) places.set(collection, new Map([[name, at]]));
  else known.set(name, at);
}

export const TAB = 9;
export const NEWLINE = 10;
export const SPACE = 32;
export const HASH = 35;
export const DASH = 45;
export const COLON = 58;

/** A cursor at the first line that holds more than a comment. */
export function cursorOn(text: string, start: number, end: number, places?: Places): Cursor {
  const cursor = { text, end, at: start, lineStart: start, indent: 0, places };
  toContent(cursor, start);
  return cursor;
}

/** Leaves the line that the cursor is in for the next one that holds more than a comment. */
export function toNextLine(cursor: Cursor): void {
  const end = cursor.text.indexOf('\n', cursor.at);
  toContent(cursor, end === -1 ? cursor.text.length : end + 1);
}

function toContent(cursor: Cursor, from: number): void {
  const { text, end: last } = cursor;
  let start = from;
  while (start < last) {
    let at = start;
    while (text.charCodeAt(at) === SPACE) at++;
    const first = text.charCodeAt(at);
    if (first !== NEWLINE && first !== HASH && at < last) {
      cursor.at = at;
      cursor.lineStart = start;
      cursor.indent = at - start;
      return;
    }
    const end = first === NEWLINE ? at : text.indexOf('\n', at);
    if (end === -1) break;
    start = end + 1;
  }
  cursor.at = last;
  cursor.lineStart = last;
  cursor.indent = -1;
}

export function skipSpaces(cursor: Cursor): void {
  while (cursor.text.charCodeAt(cursor.at) === SPACE) cursor.at++;
}

/** Whether nothing but a comment is left in the line; the cursor stands behind a space, or behind a `:` or `-`. */
export function isLineDone({ text, at }: Cursor): boolean {
  const code = text.charCodeAt(at);
  return code === NEWLINE || at >= text.length || (code === HASH && text.charCodeAt(at - 1) === SPACE);
}

/** Leaves a line that must hold nothing more; false where it does. */
export function leaveLine(cursor: Cursor): boolean {
  skipSpaces(cursor);
  if (!isLineDone(cursor)) return false;
  toNextLine(cursor);
  return true;
}

/** Whether the character at an offset ends a word: white space, or the end of the text. */
export function isBlankAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === SPACE || code === NEWLINE || at >= text.length;
}

/** Whether a list's item begins here. */
export const isDash = ({ text, at }: Cursor): boolean =>
  text.charCodeAt(at) === DASH && isBlankAt(text, at + 1);
