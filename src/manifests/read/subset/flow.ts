import type { Json } from '../nodes.ts';
import {
  COLON,
  type Cursor,
  DASH,
  HASH,
  isBlankAt,
  NEWLINE,
  notePlace,
  SPACE,
  skipSpaces,
  TAB,
} from './cursor.ts';
import { DEEPEST_SUBSET, type JsonFields, setField } from './fields.ts';
import { isQuote, quoted } from './quoted.ts';
import { plainKey, plainValue } from './scalar.ts';

/** Collections in brackets, on one line: `[a, "b"]`, `{ a: 1 }`. Undefined wherever the subset ends. */

const COMMA = 44;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_MAP = 123;
const CLOSE_MAP = 125;

export const isFlow = (code: number): boolean => code === OPEN_LIST || code === OPEN_MAP;

/** Reads the collection that begins at the cursor, which is left behind it. */
export function flow(cursor: Cursor, depth: number): Json | undefined {
  if (depth > DEEPEST_SUBSET) return undefined;
  return cursor.text.charCodeAt(cursor.at) === OPEN_LIST ? list(cursor, depth) : map(cursor, depth);
}

function list(cursor: Cursor, depth: number): Json[] | undefined {
  const items: Json[] = [];
  cursor.at++;
  skipSpaces(cursor);
  if (cursor.text.charCodeAt(cursor.at) === CLOSE_LIST) {
    cursor.at++;
    return items;
  }
  for (;;) {
    const { at } = cursor;
    const item = value(cursor, depth);
    if (item === undefined) return undefined;
    if (cursor.places !== undefined) notePlace(cursor.places, items, items.length, at);
    items.push(item);
    const next = toNext(cursor, CLOSE_LIST);
    if (next === undefined) return undefined;
    if (next === 'end') return items;
  }
}

function map(cursor: Cursor, depth: number): JsonFields | undefined {
  const fields: JsonFields = {};
  cursor.at++;
  skipSpaces(cursor);
  if (cursor.text.charCodeAt(cursor.at) === CLOSE_MAP) {
    cursor.at++;
    return fields;
  }
  for (;;) {
    const { at } = cursor;
    const name = key(cursor);
    if (name === undefined) return undefined;
    if (cursor.places !== undefined) notePlace(cursor.places, fields, name, at);
    skipSpaces(cursor);
    const content = value(cursor, depth);
    if (content === undefined || !setField(fields, name, content)) return undefined;
    const next = toNext(cursor, CLOSE_MAP);
    if (next === undefined) return undefined;
    if (next === 'end') return fields;
  }
}

/** Behind a value: on to the next one, or out of the collection. A comma before the end is left to others. */
function toNext(cursor: Cursor, close: number): 'value' | 'end' | undefined {
  skipSpaces(cursor);
  const code = cursor.text.charCodeAt(cursor.at);
  cursor.at++;
  if (code === close) return 'end';
  if (code !== COMMA) return undefined;
  skipSpaces(cursor);
  return 'value';
}

function key(cursor: Cursor): string | undefined {
  const { text, at } = cursor;
  const code = text.charCodeAt(at);
  const isQuoted = isQuote(code);
  const name = isQuoted ? quoted(cursor) : keyText(cursor);
  if (name === undefined || text.charCodeAt(cursor.at) !== COLON) return undefined;
  cursor.at++;
  // Only behind a quoted key may the value follow at once.
  return isQuoted || text.charCodeAt(cursor.at) === SPACE ? name : undefined;
}

function keyText(cursor: Cursor): string | undefined {
  const text = plain(cursor);
  return text === undefined ? undefined : plainKey(text);
}

function value(cursor: Cursor, depth: number): Json | undefined {
  const code = cursor.text.charCodeAt(cursor.at);
  if (isQuote(code)) return quoted(cursor);
  if (isFlow(code)) return flow(cursor, depth + 1);
  const text = plain(cursor);
  return text === undefined ? undefined : plainValue(text);
}

/** Inside of brackets, readers disagree on what else a plain scalar may hold. */
const UNUSUAL: ReadonlySet<number> = new Set([...'?#&*!|>\'"%@`[{\t\n'].map((one) => one.charCodeAt(0)));

function plain(cursor: Cursor): string | undefined {
  const { text, at: start } = cursor;
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === COMMA || code === CLOSE_LIST || code === CLOSE_MAP) break;
    if (code === COLON && isKeyEnd(text.charCodeAt(at + 1))) break;
    if (UNUSUAL.has(code)) return undefined;
  }
  while (at > start && text.charCodeAt(at - 1) === SPACE) at--;
  const first = text.charCodeAt(start);
  if (at === start || first === COLON || (first === DASH && isBlankAt(text, start + 1))) return undefined;
  if (first === DASH && at === start + 1) return undefined;
  cursor.at = at;
  return text.slice(start, at);
}

const isKeyEnd = (next: number) =>
  next === SPACE ||
  next === NEWLINE ||
  next === COMMA ||
  next === CLOSE_LIST ||
  next === CLOSE_MAP ||
  next === OPEN_LIST ||
  next === OPEN_MAP ||
  next === HASH ||
  next === TAB ||
  Number.isNaN(next);
