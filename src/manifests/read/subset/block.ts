import type { Json } from '../nodes.ts';
import { type Cursor, isDash, isLineDone, leaveLine, notePlace, skipSpaces, toNextLine } from './cursor.ts';
import { DEEPEST_SUBSET, type JsonFields, setField } from './fields.ts';
import { flow, isFlow } from './flow.ts';
import { fold } from './fold.ts';
import { isQuote, quoted, quotedLines } from './quoted.ts';
import { endOfPlain, endOfPlainLine, GIVEN_UP, isKeyEnd, plainKey, plainValue } from './scalar.ts';
import { textBlock } from './text-block.ts';
import { wordIn } from './words.ts';

/**
 * Mappings and lists in block style. Each function begins with the cursor at its collection's first character and
 * leaves it at the next line that does not belong to it. Undefined wherever the subset ends.
 */
export function block(cursor: Cursor, depth: number): Json | undefined {
  if (depth > DEEPEST_SUBSET) return undefined;
  return isDash(cursor) ? list(cursor, depth) : mapping(cursor, depth);
}

function mapping(cursor: Cursor, depth: number): JsonFields | undefined {
  const indent = cursor.at - cursor.lineStart;
  const fields: JsonFields = {};
  do {
    const { at } = cursor;
    const name = key(cursor);
    if (name === undefined) return undefined;
    if (cursor.places !== undefined) notePlace(cursor.places, fields, name, at);
    const value = fieldValue(cursor, indent, depth);
    if (value === undefined || !setField(fields, name, value)) return undefined;
  } while (cursor.indent === indent);
  return cursor.indent > indent ? undefined : fields;
}

/** Longest key that needs no `?` before it, less some room. */
const LONGEST_KEY = 1000;

/** The key at the cursor, which is left behind its colon. */
function key(cursor: Cursor): string | undefined {
  const { text, at } = cursor;
  const isQuoted = isQuote(text.charCodeAt(at));
  const name = isQuoted ? quoted(cursor) : undefined;
  const end = isQuoted ? cursor.at : endOfPlain(text, at);
  if (end === GIVEN_UP || !isKeyEnd(text, end) || end - at > LONGEST_KEY) return undefined;
  cursor.at = end + 1;
  return isQuoted ? name : plainKey(wordIn(text, at, end));
}

function fieldValue(cursor: Cursor, indent: number, depth: number): Json | undefined {
  skipSpaces(cursor);
  if (!isLineDone(cursor)) return inline(cursor, indent, depth);
  toNextLine(cursor);
  if (cursor.indent > indent) return block(cursor, depth + 1);
  // A list may stand below its key without being indented.
  return cursor.indent === indent && isDash(cursor) ? list(cursor, depth + 1) : null;
}

function list(cursor: Cursor, depth: number): Json[] | undefined {
  const indent = cursor.at - cursor.lineStart;
  const items: Json[] = [];
  do {
    cursor.at++;
    skipSpaces(cursor);
    const isBelow = isLineDone(cursor);
    if (isBelow) toNextLine(cursor);
    const { at } = cursor;
    const item = isBelow ? itemBelow(cursor, indent, depth) : itemOnLine(cursor, indent, depth);
    if (item === undefined) return undefined;
    if (cursor.places !== undefined && item !== null) notePlace(cursor.places, items, items.length, at);
    items.push(item);
  } while (cursor.indent === indent && isDash(cursor));
  return cursor.indent > indent ? undefined : items;
}

const itemBelow = (cursor: Cursor, indent: number, depth: number): Json | undefined =>
  cursor.indent > indent ? block(cursor, depth + 1) : null;

const itemOnLine = (cursor: Cursor, indent: number, depth: number): Json | undefined =>
  isDash(cursor) || isMapping(cursor) ? block(cursor, depth + 1) : inline(cursor, indent, depth);

/** Whether a mapping begins on the dash's own line. */
function isMapping(cursor: Cursor): boolean {
  const { text, at } = cursor;
  if (!isQuote(text.charCodeAt(at))) return isKeyEnd(text, endOfPlain(text, at));
  const isKey = quoted(cursor) !== undefined && isKeyEnd(text, cursor.at);
  cursor.at = at;
  return isKey;
}

const BAR = 124;
const GREATER = 62;

/** A value on the line of its key or dash; `indent` is that of the collection around it. */
function inline(cursor: Cursor, indent: number, depth: number): Json | undefined {
  const code = cursor.text.charCodeAt(cursor.at);
  if (code === BAR || code === GREATER) return textBlock(cursor, indent);
  if (isQuote(code)) return alone(cursor, quotedLines(cursor, indent));
  if (isFlow(code)) return alone(cursor, flow(cursor, depth + 1));
  return plain(cursor, indent);
}

/** A value behind which its line holds nothing. */
const alone = (cursor: Cursor, value: Json | undefined): Json | undefined =>
  leaveLine(cursor) ? value : undefined;

function plain(cursor: Cursor, indent: number): Json | undefined {
  const { text, at } = cursor;
  const end = endOfPlain(text, at);
  if (end === GIVEN_UP || isKeyEnd(text, end)) return undefined;
  cursor.at = end;
  if (!leaveLine(cursor)) return undefined;
  return cursor.indent > indent ? plainLines(cursor, at, end, indent) : plainValue(wordIn(text, at, end));
}

/** A plain scalar that goes on over lines that are indented more than the collection around it. */
function plainLines(cursor: Cursor, at: number, firstEnd: number, indent: number): Json | undefined {
  const { text } = cursor;
  const lines = [text.slice(at, firstEnd)];
  let end = firstEnd;
  while (cursor.indent > indent) {
    // Only blank lines may lie between: a comment would end the text, and what follows it would be wrong.
    const between = text.slice(end, cursor.lineStart);
    if (between.includes('#')) return undefined;
    for (let feeds = between.split('\n').length - 2; feeds > 0; feeds--) lines.push('');
    end = endOfPlainLine(text, cursor.at);
    if (end === GIVEN_UP || isKeyEnd(text, end)) return undefined;
    lines.push(text.slice(cursor.at, end));
    cursor.at = end;
    if (!leaveLine(cursor)) return undefined;
  }
  return plainValue(fold(lines));
}
