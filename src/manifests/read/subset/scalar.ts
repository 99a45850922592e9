import { resolvePlain, type ScalarValue } from '../scalar.ts';
import { COLON, DASH, HASH, isBlankAt, NEWLINE, SPACE, TAB } from './cursor.ts';

/** Plain scalars. */

/** Characters that begin something else than a plain scalar, or that might. */
const INDICATORS: ReadonlySet<number> = new Set(
  [...'?:,[]{}#&*!|>\'"%@`\t\n '].map((character) => character.charCodeAt(0)),
);

export const GIVEN_UP = -1;

/**
 * Where on its line a plain scalar that begins at an offset ends: before a comment, before the `:` that makes a key of
 * it, or with the line. White space at the end does not belong to it.
 */
export function endOfPlain(text: string, start: number): number {
  const first = text.charCodeAt(start);
  return INDICATORS.has(first) ||
    (first === DASH && isDashes(text, start)) ||
    (first === DOT && isDots(text, start))
    ? GIVEN_UP
    : endOfPlainLine(text, start);
}

/** The same for a line in the midst of a scalar, which may begin with anything. */
export function endOfPlainLine(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > COLON) continue;
    if (code === COLON && isBlankAt(text, at + 1)) {
      // White space before the colon is unusual.
      return text.charCodeAt(at - 1) === SPACE ? GIVEN_UP : at;
    }
    if (code === NEWLINE || (code === HASH && text.charCodeAt(at - 1) === SPACE)) break;
    if (code === TAB) return GIVEN_UP;
  }
  while (text.charCodeAt(at - 1) === SPACE) at--;
  return at;
}

/** Whether a `:` stands at an offset that makes a key of what is before it. */
export const isKeyEnd = (text: string, at: number): boolean =>
  text.charCodeAt(at) === COLON && isBlankAt(text, at + 1);

/** `- ` begins a list's item; `---` might begin a document. */
const isDashes = (text: string, at: number) =>
  isBlankAt(text, at + 1) || (text.charCodeAt(at + 1) === DASH && text.charCodeAt(at + 2) === DASH);

const DOT = 46;

/** `...` ends a document. */
const isDots = (text: string, at: number) =>
  text.charCodeAt(at + 1) === DOT && text.charCodeAt(at + 2) === DOT;

/** What a plain scalar means; undefined for a number that JSON can't hold. */
export function plainValue(text: string): ScalarValue | undefined {
  // No word that means something else is longer, and no number begins with a letter.
  if (text.length > 5 && text.charCodeAt(0) >= 65) return text;
  const resolved = resolvePlain(text);
  return 'problem' in resolved ? undefined : resolved.value;
}

/** A plain scalar as a key: text, whatever it would mean as a value; undefined for null and for `<<`. */
export function plainKey(text: string): string | undefined {
  if (text.length > 5 && text.charCodeAt(0) >= 65) return text;
  const value = text === '<<' ? undefined : plainValue(text);
  return value === null || value === undefined ? undefined : String(value);
}
