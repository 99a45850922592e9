/**
 * Strings of Go are bytes. A byte that is no part of valid UTF-8 is kept in a JavaScript string as the lone
 * surrogate U+DC00 + byte (as Python's `surrogateescape` does), so that it survives transforms; it becomes U+FFFD
 * when it's written (`wellFormed`).
 */

const encoder = new TextEncoder();
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const ESCAPED = /[\udc80-\udcff]/u;

/** Bytes of a string. */
export function bytesOf(text: string): Uint8Array {
  if (!ESCAPED.test(text)) return encoder.encode(text);
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (isEscapedByte(point)) bytes.push(point - 0xdc00);
    else for (const byte of encoder.encode(character)) bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

/** A string of bytes. */
export function textOf(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return escaped(bytes);
  }
}

/** A byte at a time, as Go's decoder goes on after a byte that is no UTF-8. */
function escaped(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; ) {
    const length = sequenceLength(bytes[index] ?? 0);
    const character = length === 0 ? undefined : decoded(bytes.subarray(index, index + length), length);
    text += character ?? String.fromCharCode(0xdc00 + (bytes[index] ?? 0));
    index += character === undefined ? 1 : length;
  }
  return text;
}

function sequenceLength(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xc2) return 0;
  if (first < 0xe0) return 2;
  if (first < 0xf0) return 3;
  return first < 0xf5 ? 4 : 0;
}

function decoded(bytes: Uint8Array, length: number): string | undefined {
  if (bytes.length < length) return undefined;
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Whether a code point of a string stands for a byte that is no UTF-8. */
export const isEscapedByte = (point: number): boolean => point >= 0xdc80 && point <= 0xdcff;

const LONE = /[\ud800-\udfff]/gu;

/** The string as it's written: what is no UTF-8 becomes U+FFFD. */
export const wellFormed = (text: string): string => text.replace(LONE, '\ufffd');

export const isWellFormed = (text: string): boolean => text.search(LONE) < 0;

/** Characters ("runes") of a string. */
export const runesOf = (text: string): readonly string[] => [...text];

/** How many characters a string has. */
export function runeCount(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** Order of keys in Go: by bytes, which for UTF-8 is by code points. */
function compareBytes(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) return rank(a) - rank(b);
  }
  return left.length - right.length;
}

/** Surrogates stand for characters beyond U+FFFF, so they sort last. */
const rank = (unit: number) => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

/** Keys of an object in Go's order. */
export const sortedKeys = (object: object): string[] => Object.keys(object).sort(compareBytes);
