import { isEscapedByte, isWellFormed } from './text.ts';

/** Quoting of https://pkg.go.dev/strconv#Quote and its kin. */

const SHORT: ReadonlyMap<string, string> = new Map([
  ['\u0007', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\u000b', '\\v'],
]);

/** https://pkg.go.dev/strconv#IsPrint: letters, marks, numbers, punctuation, symbols and the ASCII space. */
export const isPrintable = (character: string): boolean => /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(character);

/** `%q`; with `ascii`, `%+q`. */
export const quoted = (text: string, ascii = false): string => quotedWith('"', text, ascii);

/** `%q` of a character. */
export const quotedRune = (character: string, ascii = false): string => quotedWith("'", character, ascii);

function quotedWith(quote: string, text: string, ascii: boolean): string {
  let result = quote;
  for (const character of text) result += escapedRune(character, quote, ascii);
  return result + quote;
}

function escapedRune(character: string, quote: string, ascii: boolean): string {
  const point = character.codePointAt(0) ?? 0;
  if (character === quote || character === '\\') return `\\${character}`;
  if (isEscapedByte(point)) return `\\x${hex(point - 0xdc00, 2)}`;
  if (ascii ? point >= 0x20 && point < 0x7f : isPrintable(character)) return character;
  const short = SHORT.get(character);
  if (short !== undefined) return short;
  if (point < 0x20 || point === 0x7f) return `\\x${hex(point, 2)}`;
  return point < 0x10000 ? `\\u${hex(point, 4)}` : `\\U${hex(point, 8)}`;
}

const hex = (point: number, digits: number) => point.toString(16).padStart(digits, '0');

/** Whether a string can be written between backquotes (https://pkg.go.dev/strconv#CanBackquote). */
export const canBackquote = (text: string): boolean =>
  isWellFormed(text) && !/[`\ufeff]|(?!\t)\p{Cc}/u.test(text.replaceAll(/[\u0080-\u009f]/g, ''));
