import { CelError, type Value } from '#cel/values/value.ts';
import { reads, readsResult, visits } from './cost.ts';
import { formatText, LOCALE_DIALECT, PLAIN_DIALECT } from './format-text.ts';
import * as is from './guards.ts';
import { LONGEST_TEXT, tooMuch } from './limits.ts';
import { type Library, type Overload, overload, typedCost } from './overload.ts';

/**
 * Functions on strings, which count code points:
 * https://pkg.go.dev/github.com/google/cel-go/ext#Strings
 */

const outOfRange = (index: number | bigint): CelError => new CelError(`index out of range: ${index}`);

function charAt(text: string, index: number | bigint): Value {
  const units = [...text];
  const at = Number(index);
  return at < 0 || at > units.length ? outOfRange(index) : (units[at] ?? '');
}

function indexOf(text: string, part: string, from: number | bigint = 0): Value {
  const start = Number(from);
  const units = [...text];
  if (part === '') return from;
  if (start < 0) return outOfRange(from);
  if (start >= units.length) return -1;
  const found = text.indexOf(part, units.slice(0, start).join('').length);
  return found < 0 ? -1 : [...text.slice(0, found)].length;
}

function lastIndexOf(text: string, part: string, from?: number | bigint): Value {
  const units = [...text];
  if (part === '') return from ?? units.length;
  const start = from === undefined ? units.length - 1 : Number(from);
  if (from === undefined && units.length < [...part].length) return -1;
  if (start < 0) return outOfRange(from ?? start);
  if (start >= units.length) return -1;
  const found = text.lastIndexOf(part, units.slice(0, start).join('').length);
  return found < 0 ? -1 : [...text.slice(0, found)].length;
}

function substring(text: string, start: number | bigint, end?: number | bigint): Value {
  const units = [...text];
  if (end !== undefined && start > end)
    return new CelError(`invalid substring range. start: ${start}, end: ${end}`);
  if (start < 0 || start > units.length) return outOfRange(start);
  if (end !== undefined && (end < 0 || end > units.length)) return outOfRange(end);
  return units.slice(Number(start), end === undefined ? undefined : Number(end)).join('');
}

function replace(text: string, old: string, made: string, times: number | bigint = -1): Value {
  const most = times < 0 ? text.length + 1 : Math.min(Number(times), text.length + 1);
  // Counted only where it could matter.
  if (text.length + most * made.length > LONGEST_TEXT) {
    const count = old === '' ? text.length + 1 : text.split(old).length - 1;
    if (text.length + Math.min(count, most) * (made.length - old.length) > LONGEST_TEXT)
      return tooMuch('a text so long');
  }
  if (times < 0)
    return old === ''
      ? `${made}${[...text].map((unit) => unit + made).join('')}`
      : text.split(old).join(made);
  const parts = split(text, old, BigInt(times) + 1n);
  if (old !== '') return times === 0 ? text : parts.join(made);
  const units = [...text];
  let out = '';
  for (let index = 0; index <= units.length; index++)
    out += (index < times ? made : '') + (units[index] ?? '');
  return out;
}

function split(text: string, separator: string, limit: number | bigint = -1): readonly string[] {
  if (limit === 0 || limit === 0n) return [];
  const parts = separator === '' ? [...text] : text.split(separator);
  const most = Number(limit);
  if (most < 0 || parts.length <= most) return parts;
  return [...parts.slice(0, most - 1), parts.slice(most - 1).join(separator)];
}

const texts = (value: Value): value is readonly Value[] =>
  is.list(value) && (value.length === 0 || typeof value[0] === 'string');

function join(items: readonly Value[], separator = ''): Value {
  let length = 0;
  for (const item of items) {
    if (typeof item !== 'string') return new CelError(`join: invalid input: ${String(item)}`);
    length += item.length + separator.length;
    if (length > LONGEST_TEXT) return tooMuch('a text so long');
  }
  return items.join(separator);
}

/** What Go's unicode.IsSpace holds for space; JavaScript trims U+FEFF too, and not U+0085. */
const SPACE = '[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const LEADING = new RegExp(`^${SPACE}+`);

function trim(text: string): string {
  const start = text.replace(LEADING, '');
  // From the end by hand: a pattern for it would try every run of blanks.
  let end = start.length;
  const isSpace = new RegExp(SPACE);
  while (end > 0 && isSpace.test(start.charAt(end - 1))) end--;
  return start.slice(0, end);
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
  ['\\', '\\\\'],
  ['"', '\\"'],
]);

const quote = (text: string): string =>
  `"${[...text.replace(/\p{Surrogate}/gu, '\ufffd')].map((unit) => ESCAPES.get(unit) ?? unit).join('')}"`;

const COMMON: readonly Overload[] = [
  overload('string.charAt(int): string', [is.text, is.int], charAt),
  overload('string.indexOf(string): int', [is.text, is.text], (text, part) => indexOf(text, part), visits),
  overload('string.indexOf(string, int): int', [is.text, is.text, is.int], indexOf, visits),
  overload(
    'string.lastIndexOf(string): int',
    [is.text, is.text],
    (text, part) => lastIndexOf(text, part),
    visits,
  ),
  overload('string.lastIndexOf(string, int): int', [is.text, is.text, is.int], lastIndexOf, visits),
  overload(
    'string.lowerAscii(): string',
    [is.text],
    (text) => text.replace(/[A-Z]+/g, (part) => part.toLowerCase()),
    reads(1),
  ),
  overload(
    'string.upperAscii(): string',
    [is.text],
    (text) => text.replace(/[a-z]+/g, (part) => part.toUpperCase()),
    reads(1),
  ),
  overload(
    'string.replace(string, string): string',
    [is.text, is.text, is.text],
    (text, old, made) => replace(text, old, made),
    reads(2),
  ),
  overload(
    'string.replace(string, string, int): string',
    [is.text, is.text, is.text, is.int],
    replace,
    reads(2),
  ),
  overload(
    'string.split(string): list(string)',
    [is.text, is.text],
    (text, separator) => split(text, separator),
    reads(2),
  ),
  overload('string.split(string, int): list(string)', [is.text, is.text, is.int], split, reads(2)),
  overload(
    'string.substring(int): string',
    [is.text, is.int],
    (text, start) => substring(text, start),
    reads(1),
  ),
  overload('string.substring(int, int): string', [is.text, is.int, is.int], substring, reads(1)),
  overload('string.trim(): string', [is.text], trim, reads(1)),
  overload('list(string).join(): string', [texts], (items) => join(items), readsResult(2)),
  overload('list(string).join(string): string', [texts, is.text], join, readsResult(2)),
  typedCost('strings:quote(string): string', [is.text], quote, reads(1)),
];

/** Version 2, which Kubernetes loads: `format` writes numbers as people in the United States do. */
export const STRINGS: Library = {
  name: 'strings',
  overloads: [
    ...COMMON,
    typedCost(
      'string.format(list(dyn)): string',
      [is.text, is.list],
      (text, args) => formatText(text, args, LOCALE_DIALECT),
      reads(1),
    ),
  ],
};

/** The newest version: plain numbers, and `reverse`. */
export const NEWEST_STRINGS: Library = {
  name: 'strings',
  overloads: [
    ...COMMON,
    typedCost(
      'string.format(list(dyn)): string',
      [is.text, is.list],
      (text, args) => formatText(text, args, PLAIN_DIALECT),
      reads(1),
    ),
    overload('string.reverse(): string', [is.text], (text) => [...text].reverse().join('')),
  ],
};
