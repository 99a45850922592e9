import { encode } from '#cel/values/text.ts';
import { SyntaxProblem } from './issue.ts';

/**
 * The value of a string or bytes literal's text between its quotes.
 * Escapes: https://github.com/google/cel-spec/blob/master/doc/langdef.md#string-and-bytes-values
 */

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
  ['?', '?'],
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
]);

const NUMERIC = /^(?:[xX]([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2}))/;

interface Piece {
  /** A code point, or a byte where `isByte`. */
  readonly code: number;
  readonly isByte: boolean;
  readonly length: number;
}

function numericEscape(rest: string, offset: number): Piece {
  const [whole = '', x, u, wide, octal] = NUMERIC.exec(rest) ?? [];
  const code = octal === undefined ? Number.parseInt(x ?? u ?? wide ?? '', 16) : Number.parseInt(octal, 8);
  if (Number.isNaN(code) || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
    throw new SyntaxProblem('Syntax error: invalid escape sequence', offset);
  return { code, isByte: x !== undefined || octal !== undefined, length: whole.length };
}

const normalise = (text: string): string => text.replace(/\r\n?/g, '\n');

/** @param offset Where the literal starts, for messages. */
export function unescapeText(text: string, raw: boolean, offset: number): string {
  const plain = normalise(text);
  if (raw || !plain.includes('\\')) return plain;
  let out = '';
  for (let index = 0; index < plain.length; index++) {
    const at = plain.charAt(index);
    if (at !== '\\') {
      out += at;
      continue;
    }
    const simple = SIMPLE.get(plain.charAt(index + 1));
    const piece =
      simple === undefined ? numericEscape(plain.slice(index + 1, index + 10), offset) : undefined;
    out += simple ?? String.fromCodePoint(piece?.code ?? 0);
    index += piece?.length ?? 1;
  }
  return out;
}

/** As text, but `\x` and octal escapes are bytes. */
export function unescapeBytes(text: string, raw: boolean, offset: number): Uint8Array {
  const plain = normalise(text);
  if (raw || !plain.includes('\\')) return encode(plain);
  const out: number[] = [];
  for (let index = 0; index < plain.length; ) {
    const code = plain.codePointAt(index) ?? 0;
    const at = String.fromCodePoint(code);
    if (at !== '\\') {
      out.push(...encode(at));
      index += at.length;
      continue;
    }
    const simple = SIMPLE.get(plain.charAt(index + 1));
    if (simple === undefined) {
      const piece = numericEscape(plain.slice(index + 1, index + 10), offset);
      if (!piece.isByte) throw new SyntaxProblem('unable to unescape string', offset);
      out.push(piece.code);
      index += piece.length + 1;
    } else {
      out.push(...encode(simple));
      index += 2;
    }
  }
  return Uint8Array.from(out);
}
