import { createHash } from 'node:crypto';
import { Failure, wrapping } from '../failure.ts';
import { decodeBase64, encodeBase64 } from '../go/base64.ts';
import { toLower, toUpper } from '../go/case.ts';
import { printed, sprintf } from '../go/format.ts';
import { encodeJson } from '../go/json-encode.ts';
import { quoted } from '../go/quote.ts';
import { firstMatch } from '../go/regexp.ts';
import { bytesOf, textOf } from '../go/text.ts';
import type { GoValue } from '../go/value.ts';
import type { StringTransform } from './input.ts';

/** A string transform. What is no string is printed as `%v` first, but for hashes and JSON. */
export function transformText(transform: StringTransform, input: GoValue): string {
  const { type = '', fmt, convert, trim, regexp, join, replace } = transform;
  const given = <T>(value: T | undefined, field: string): T => {
    if (value === undefined) throw new Failure(`string transform of type ${type} ${field} is not set`);
    return value;
  };
  switch (type) {
    case 'Format':
      return sprintf(given(fmt, 'fmt'), [input]);
    case 'Convert':
      return converted(given(convert, 'convert'), input);
    case 'TrimPrefix':
      return withoutPrefix(printed(input), given(trim, 'trim'));
    case 'TrimSuffix':
      return withoutSuffix(printed(input), given(trim, 'trim'));
    case 'Regexp':
      return extracted(given(regexp, 'regexp'), printed(input));
    case 'Join':
      return joined(given(join, 'join').separator ?? '', input);
    case 'Replace':
      return replaced(given(replace, 'replace'), printed(input));
    default:
      throw new Failure(`type ${type} is not supported for string transform type`);
  }
}

function converted(conversion: string, input: GoValue): string {
  switch (conversion) {
    case 'ToUpper':
      return toUpper(printed(input));
    case 'ToLower':
      return toLower(printed(input));
    case 'ToJson':
      return wrapping('cannot marshal to JSON', () => encodeJson(input));
    case 'ToBase64':
      return encodeBase64(printed(input));
    case 'FromBase64':
      return wrapping('string is not valid base64', () => decodeBase64(printed(input)));
    case 'ToSha1':
    case 'ToSha256':
    case 'ToSha512':
      return wrapping('cannot generate hash', () =>
        createHash(conversion.slice(2).toLowerCase()).update(hashable(input)).digest('hex'),
      );
    case 'ToAdler32':
      return wrapping('unable to generate Adler checksum', () => adler32(hashable(input)));
    default:
      throw new Failure(`type ${conversion} is not supported for string convert`);
  }
}

/** Bytes of a string, or of the JSON of anything else. */
const hashable = (input: GoValue): Uint8Array =>
  bytesOf(typeof input === 'string' ? input : wrapping('cannot marshal to JSON', () => encodeJson(input)));

/** https://www.rfc-editor.org/rfc/rfc1950#section-9 */
function adler32(bytes: Uint8Array): string {
  let low = 1;
  let high = 0;
  for (const byte of bytes) {
    low = (low + byte) % 65521;
    high = (high + low) % 65521;
  }
  return String(high * 65536 + low);
}

const withoutPrefix = (text: string, prefix: string) =>
  text.startsWith(prefix) ? text.slice(prefix.length) : text;

const withoutSuffix = (text: string, suffix: string) =>
  suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;

function extracted({ match = '', group = 0n }: NonNullable<StringTransform['regexp']>, text: string): string {
  const groups = wrapping('could not compile regexp', () => firstMatch(match, text));
  if (groups === undefined || group >= groups.length) {
    throw new Failure(`regexp ${quoted(match)} had no matches for group ${group}`);
  }
  if (group < 0n) throw new Failure(`runtime error: index out of range [${group}]`, 'crash');
  return groups[Number(group)] ?? '';
}

/** The last byte is cut off, which is the whole separator only where that has one byte. */
function joined(separator: string, input: GoValue): string {
  if (!Array.isArray(input)) throw new Failure('could not parse input array');
  const text = input.map((item) => printed(item) + separator).join('');
  return separator === '' || text === '' ? text : textOf(bytesOf(text).slice(0, -1));
}

/** Nothing is found between all characters. */
function replaced(
  { search = '', replace = '' }: NonNullable<StringTransform['replace']>,
  text: string,
): string {
  return search === ''
    ? replace + [...text].map((character) => character + replace).join('')
    : text.split(search).join(replace);
}
