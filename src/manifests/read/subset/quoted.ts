import { type Cursor, NEWLINE, SPACE, TAB } from './cursor.ts';
import { fold, trimmed } from './fold.ts';

/** Texts in quotation marks. Undefined wherever the subset ends. */

const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;
const BACKSLASH = 92;

export const isQuote = (code: number): boolean => code === DOUBLE_QUOTE || code === SINGLE_QUOTE;

/** Reads the text that begins at the cursor, all on one line; the cursor is left behind the closing mark. */
export function quoted(cursor: Cursor): string | undefined {
  const { text, at } = cursor;
  const end = text.charCodeAt(at) === DOUBLE_QUOTE ? endOfDouble(text, at + 1) : endOfSingle(text, at + 1);
  if (text.charCodeAt(end) === NEWLINE) return undefined;
  return contentUpTo(cursor, end);
}

/** The same for a text that may go on over lines that are indented more than `indent`. */
export function quotedLines(cursor: Cursor, indent: number): string | undefined {
  const { text, at } = cursor;
  const isDouble = text.charCodeAt(at) === DOUBLE_QUOTE;
  const endOf = isDouble ? endOfDouble : endOfSingle;
  let end = endOf(text, at + 1);
  if (text.charCodeAt(end) !== NEWLINE) return contentUpTo(cursor, end);
  const lines = [trimmed(text, at + 1, end)];
  while (text.charCodeAt(end) === NEWLINE) {
    const start = end + 1;
    if (start >= cursor.end) return undefined;
    let first = start;
    while (text.charCodeAt(first) === SPACE) first++;
    end = endOf(text, first);
    if (end === GIVEN_UP) return undefined;
    const isLast = text.charCodeAt(end) !== NEWLINE;
    // A blank line counts, a mark alone on the last one is unusual; so is any other line that is not indented.
    if (first === end ? isLast : first - start <= indent) return undefined;
    lines.push(isLast ? text.slice(first, end) : trimmed(text, first, end));
  }
  if (end === GIVEN_UP || lines[0] === '') return undefined;
  cursor.at = end + 1;
  const content = fold(lines);
  return isDouble ? unescaped(content) : content.replaceAll("''", "'");
}

const GIVEN_UP = -1;

function contentUpTo(cursor: Cursor, end: number): string | undefined {
  if (end === GIVEN_UP) return undefined;
  const { text, at } = cursor;
  cursor.at = end + 1;
  const content = text.slice(at + 1, end);
  return text.charCodeAt(at) === SINGLE_QUOTE ? content.replaceAll("''", "'") : unescaped(content);
}

/** Offset of the closing mark, or of the line feed before it. */
function endOfSingle(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE) return at;
    if (code === TAB) return GIVEN_UP;
    if (code !== SINGLE_QUOTE) continue;
    if (text.charCodeAt(at + 1) !== SINGLE_QUOTE) return at;
    at++;
  }
  return GIVEN_UP;
}

function endOfDouble(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === DOUBLE_QUOTE || code === NEWLINE) return at;
    if (code === TAB) return GIVEN_UP;
    if (code !== BACKSLASH) continue;
    at++;
    // A line feed that is escaped.
    if (text.charCodeAt(at) === NEWLINE) return GIVEN_UP;
  }
  return GIVEN_UP;
}

/** The escapes that YAML and JSON have in common, without those that write half of a character. */
const ESCAPES = /^(?:[^\\]|\\(?:["\\/bfnrt]|u(?![dD][89a-fA-F])[0-9a-fA-F]{4}))*$/;

function unescaped(content: string): string | undefined {
  if (!content.includes('\\')) return content;
  if (!ESCAPES.test(content)) return undefined;
  const value: unknown = JSON.parse(`"${content.replaceAll('\n', '\\n')}"`);
  return typeof value === 'string' ? value : undefined;
}
