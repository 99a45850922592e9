import { isMap, keysOf, lookUp } from '#cel/values/map.ts';
import { showDouble } from '#cel/values/number-text.ts';
import { compareText, decode, encode } from '#cel/values/text.ts';
import { Duration, showDuration, showTimestamp, Timestamp } from '#cel/values/time.ts';
import {
  adapt,
  CelError,
  Double,
  isInt,
  TypeValue,
  typeNameOf,
  UInt,
  type Value,
} from '#cel/values/value.ts';
import { LOCALE_NUMBERS, type Numbers, PLAIN_NUMBERS } from './format-number.ts';
import { LONGEST_TEXT, tooMuch } from './limits.ts';

/**
 * `'%s has %d replicas'.format([name, 3])`: https://pkg.go.dev/github.com/google/cel-go/ext#hdr-Format-Strings
 * cel-go has two dialects; Kubernetes loads the older one.
 */
export interface Dialect {
  readonly numbers: Numbers;
  /** Whether strings within lists and maps are quoted, and doubles have six digits there. */
  readonly quotes: boolean;
}

export const LOCALE_DIALECT: Dialect = { numbers: LOCALE_NUMBERS, quotes: true };
export const PLAIN_DIALECT: Dialect = { numbers: PLAIN_NUMBERS, quotes: false };

const MAX_PRECISION = 100;

/** `%.3f`: what is to be done with the next argument. */
export interface Clause {
  readonly letter: string;
  readonly precision: number | undefined;
}

const LETTERS = 'sdfebxXo';

/**
 * Reads a format's clauses, as many as there are arguments for.
 * @param use Makes text of the argument with this number; an error ends it.
 */
export function fill<Failure>(
  text: string,
  count: number,
  use: (clause: Clause, index: number) => string | Failure,
  fail: (message: string) => Failure,
): { readonly text: string; readonly used: number } | { readonly failure: Failure } {
  let out = '';
  let used = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charAt(index);
    if (unit !== '%' || text.charAt(index + 1) === '%') {
      out += unit;
      if (unit === '%') index++;
      continue;
    }
    if (used >= count) return { failure: fail(`index ${used} out of range`) };
    if (index + 1 >= text.length) return { failure: fail('unexpected end of string') };
    const [whole = '', digits, letter = ''] = /^(?:\.(\d*))?(.?)/su.exec(text.slice(index + 1)) ?? [];
    const problem = clauseProblem(digits, letter);
    if (problem !== undefined) return { failure: fail(`could not parse formatting clause: ${problem}`) };
    const made = use({ letter, precision: digits === undefined ? undefined : Number(digits) }, used);
    if (typeof made !== 'string') return { failure: made };
    out += made;
    used++;
    index += whole.length;
  }
  return { text: out, used };
}

function clauseProblem(digits: string | undefined, letter: string): string | undefined {
  if (digits !== undefined && letter === '')
    return 'error while parsing precision: could not find end of precision specifier';
  if (digits === '' || Number(digits) > MAX_PRECISION)
    return `error while parsing precision: error while converting precision to integer: strconv.Atoi: parsing "${digits}": invalid syntax`;
  return LETTERS.includes(letter) ? undefined : `unrecognized formatting clause "${letter}"`;
}

/** The text with its clauses filled in; an error where a value does not suit its clause. */
export function formatText(text: string, args: readonly Value[], dialect: Dialect): string | CelError {
  let length = 0;
  const filled = fill<CelError>(
    text,
    args.length,
    ({ letter, precision }, index) => {
      const made = clauseText(letter, precision, adapt(args[index]), dialect);
      length += typeof made === 'string' ? made.length : 0;
      return length > LONGEST_TEXT ? tooMuch('a text so long') : made;
    },
    (message) => new CelError(message),
  );
  return 'failure' in filled ? filled.failure : filled.text;
}

function clauseText(
  clause: string,
  precision: number | undefined,
  value: Value,
  dialect: Dialect,
): string | CelError {
  const { numbers } = dialect;
  switch (clause) {
    case 's':
      return textOf(value, dialect, false) ?? unsuited(CLAUSES.string, value);
    case 'd':
      return (
        (isWhole(value) ? decimal(value) : numbers.decimal(value)) ?? unsuited(numbers.decimalClause, value)
      );
    case 'f':
      return numbers.fixed(value, precision ?? 6) ?? unsuited(numbers.fixedClause, value);
    case 'e':
      return numbers.scientific(value, precision ?? 6) ?? unsuited(numbers.scientificClause, value);
    case 'b':
      if (typeof value === 'boolean') return value ? '1' : '0';
      return inBase(value, 2) ?? unsuited(CLAUSES.binary, value);
    case 'x':
    case 'X': {
      const made = hex(value) ?? inBase(value, 16);
      if (made === undefined) return unsuited(CLAUSES.hex, value);
      return clause === 'X' ? made.toUpperCase() : made;
    }
    case 'o':
      return inBase(value, 8) ?? unsuited(CLAUSES.octal, value);
    default:
      return new CelError(`could not parse formatting clause: unrecognized formatting clause "${clause}"`);
  }
}

/** What the clauses that all dialects share are for. */
export const CLAUSES = {
  string:
    'string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps',
  binary: 'only integers and bools can be formatted as binary',
  octal: 'octal clause can only be used on integers',
  hex: 'only integers, byte buffers, and strings can be formatted as hex',
};

const unsuited = (rule: string, value: Value): CelError =>
  new CelError(`error during formatting: ${rule}, was given ${typeNameOf(value)}`);

const isWhole = (value: Value): value is number | bigint | UInt => isInt(value) || value instanceof UInt;
const decimal = (value: number | bigint | UInt): string =>
  String(value instanceof UInt ? value.value : value);

function inBase(value: Value, base: number): string | undefined {
  if (!isWhole(value)) return undefined;
  return (value instanceof UInt ? value.value : value).toString(base);
}

function hex(value: Value): string | undefined {
  const bytes = typeof value === 'string' ? encode(value) : value;
  if (!(bytes instanceof Uint8Array)) return undefined;
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A value as `%s` writes it; `undefined` where it can't be written, an error where a part of it can't. */
function textOf(value: Value, dialect: Dialect, nested: boolean): string | CelError | undefined {
  const quoted = nested && dialect.quotes;
  if (typeof value === 'string') return quoted ? JSON.stringify(value) : value;
  if (typeof value === 'boolean') return String(value);
  if (value === null) return 'null';
  if (isWhole(value)) return decimal(value);
  if (value instanceof Double) return dialect.numbers.text(value.value, nested, showDouble);
  if (value instanceof Uint8Array) {
    const text = decode(value) ?? new TextDecoder().decode(value);
    return quoted ? `b${JSON.stringify(text)}` : text;
  }
  if (value instanceof Timestamp)
    return quoted ? `timestamp("${showTimestamp(value)}")` : showTimestamp(value);
  if (value instanceof Duration) return quoted ? `duration("${showDuration(value)}")` : showDuration(value);
  if (value instanceof TypeValue) return value.name;
  if (Array.isArray(value)) return listText(value, dialect);
  return isMap(value) ? mapText(value, dialect) : undefined;
}

const unwritten = (what: string, value: Value): CelError =>
  new CelError(`error during formatting: no formatting function for ${what}${typeNameOf(value)}`);

function partText(value: Value, dialect: Dialect): string | CelError {
  return textOf(value, dialect, true) ?? unwritten('', value);
}

function listText(items: readonly Value[], dialect: Dialect): string | CelError {
  const texts: string[] = [];
  let length = 0;
  for (const item of items) {
    const text = partText(adapt(item), dialect);
    if (text instanceof CelError) return text;
    texts.push(text);
    length += text.length;
    if (length > LONGEST_TEXT) return tooMuch('a text so long');
  }
  return `[${texts.join(', ')}]`;
}

function mapText(map: Parameters<typeof keysOf>[0], dialect: Dialect): string | CelError {
  const entries: (readonly [key: string, value: string])[] = [];
  let length = 0;
  for (const key of keysOf(map)) {
    if (key instanceof Double) return unwritten('map key of type ', key);
    const keyText = partText(key, dialect);
    const valueText = partText(adapt(lookUp(map, key)), dialect);
    if (keyText instanceof CelError) return keyText;
    if (valueText instanceof CelError) return valueText;
    entries.push([keyText, valueText]);
    length += keyText.length + valueText.length;
    if (length > LONGEST_TEXT) return tooMuch('a text so long');
  }
  entries.sort(([one], [other]) => compareText(one, other));
  const between = dialect.quotes ? ':' : ': ';
  return `{${entries.map(([key, value]) => key + between + value).join(', ')}}`;
}
