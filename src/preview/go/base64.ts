import { Failure } from '../failure.ts';
import { bytesOf, textOf } from './text.ts';

/** https://pkg.go.dev/encoding/base64#StdEncoding */

export const encodeBase64 = (text: string): string => Buffer.from(bytesOf(text)).toString('base64');

const DIGIT = /^[A-Za-z0-9+/]$/;

/** Line ends are passed over; padding must be there. The message names the byte, as Go's does. */
export function decodeBase64(text: string): string {
  const bytes = bytesOf(text);
  let digits = '';
  let padding = 0;
  let index = 0;
  for (; index < bytes.length; index++) {
    const character = String.fromCharCode(bytes[index] ?? 0);
    if (character === '\n' || character === '\r') continue;
    if (DIGIT.test(character) && padding === 0) {
      digits += character;
    } else if (character === '=' && padding === 0 && digits.length % 4 >= 2) {
      padding = 4 - (digits.length % 4);
      index = endOfPadding(bytes, index, padding);
    } else {
      throw illegal(index);
    }
  }
  if (digits.length % 4 !== 0 && padding === 0) {
    // Go blames the first byte of the group that is not whole.
    throw illegal(bytes.length - (digits.length % 4));
  }
  return textOf(Buffer.from(digits, 'base64'));
}

/** Index of the last padding character. */
function endOfPadding(bytes: Uint8Array, first: number, padding: number): number {
  let index = first;
  for (let missing = padding - 1; missing > 0; ) {
    index++;
    const byte = bytes[index];
    if (byte === 0x0a || byte === 0x0d) continue;
    if (byte === undefined) throw illegal(bytes.length);
    if (byte !== 0x3d) throw illegal(index - 1);
    missing--;
  }
  return index;
}

const illegal = (index: number) => new Failure(`illegal base64 data at input byte ${index}`);
