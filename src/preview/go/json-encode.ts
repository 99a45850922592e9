import { Failure } from '../failure.ts';
import { sortedKeys } from './text.ts';
import { type GoValue, isObject } from './value.ts';

/** JSON as https://pkg.go.dev/encoding/json#Marshal writes it: keys sorted, safe inside HTML. */
export function encodeJson(value: GoValue): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return encodeText(value);
  if (typeof value === 'number') return encodeNumber(value);
  if (Array.isArray(value)) return `[${value.map(encodeJson).join(',')}]`;
  if (!isObject(value)) return String(value);
  const fields = sortedKeys(value).map((key) => `${encodeText(key)}:${encodeJson(value[key] ?? null)}`);
  return `{${fields.join(',')}}`;
}

/** JavaScript writes the same digits and exponents, but 0 for -0. */
function encodeNumber(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  throw new Failure(`json: unsupported value: ${Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'}`);
}

/** What JSON.stringify leaves alone and Go does not: signs of HTML, and lines' ends of JavaScript. */
const UNSAFE = /[<>&\u2028\u2029]/g;

const encodeText = (text: string) => {
  // A byte that is no UTF-8 is escaped; a U+FFFD that was in the text is not.
  const parts = text.split(/[\ud800-\udfff]/u).map((part) => JSON.stringify(part).slice(1, -1));
  return `"${parts.join('\\ufffd').replaceAll(UNSAFE, escapedUnit)}"`;
};

const escapedUnit = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
