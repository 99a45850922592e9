import { intOf, intOfDouble, MAX_INT, uintOf, uintOfDouble } from '#cel/values/integer.ts';
import { showDouble } from '#cel/values/number-text.ts';
import { decode, encode } from '#cel/values/text.ts';
import { parseDuration, parseTimestamp, showDuration, showTimestamp, timestampOf } from '#cel/values/time.ts';
import { adapt, CelError, Double, TypeValue, typeNameOf, type Value } from '#cel/values/value.ts';
import { reads } from './cost.ts';
import * as is from './guards.ts';
import { type Overload, overload, typedCost } from './overload.ts';

/** Conversions between types: `int('12')`, `timestamp('2030-01-01T00:00:00Z')`, `type(x)`, `dyn(x)`. */

const failed = (from: string, to: string): CelError =>
  new CelError(`type conversion error from '${from}' to '${to}'`);

function intOfText(value: string): Value {
  if (!/^[+-]?\d+$/.test(value) || value.length > 200) return failed('string', 'int');
  const made = intOf(BigInt(value.replace(/^\+/, '')));
  return made instanceof CelError ? failed('string', 'int') : made;
}

function uintOfText(value: string): Value {
  if (!/^\d+$/.test(value) || value.length > 200) return failed('string', 'uint');
  const made = uintOf(BigInt(value));
  return made instanceof CelError ? failed('string', 'uint') : made;
}

/** Go reads what JavaScript reads, and infinity and NaN in any case, but no blanks and no empty text. */
function doubleOfText(value: string): Value {
  if (/^[+-]?(?:inf|infinity)$/i.test(value)) return new Double(value.startsWith('-') ? -Infinity : Infinity);
  if (/^nan$/i.test(value)) return new Double(Number.NaN);
  const digits = value.replace(/(?<=\d)_(?=\d)/g, '');
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(digits)) return failed('string', 'double');
  const read = Number(digits);
  return Number.isFinite(read) ? new Double(read) : failed('string', 'double');
}

const TRUE = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const FALSE = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

function boolOfText(value: string): Value {
  if (TRUE.has(value)) return true;
  return FALSE.has(value) ? false : failed('string', 'bool');
}

const timestampOfText = (value: string): Value =>
  parseTimestamp(value) ?? failed('string', 'google.protobuf.Timestamp');

const durationOfText = (value: string): Value =>
  parseDuration(value) ?? failed('string', 'google.protobuf.Duration');

const same = (value: Value): Value => value;

export const CONVERSIONS: readonly Overload[] = [
  overload('int(int): int', [is.int], same),
  overload('int(uint): int', [is.uint], ({ value }) =>
    value > MAX_INT ? new CelError('integer overflow') : intOf(value),
  ),
  overload('int(double): int', [is.double], ({ value }) => intOfDouble(value)),
  overload('int(string): int', [is.text], intOfText),
  overload('int(timestamp): int', [is.timestamp], ({ seconds }) => seconds),
  overload('int(duration): int', [is.duration], ({ nanos }) => intOf(nanos)),
  overload('uint(uint): uint', [is.uint], same),
  overload('uint(int): uint', [is.int], (value) => uintOf(BigInt(value))),
  overload('uint(double): uint', [is.double], ({ value }) => uintOfDouble(value)),
  overload('uint(string): uint', [is.text], uintOfText),
  overload('double(double): double', [is.double], same),
  overload('double(int): double', [is.int], (value) => new Double(Number(value))),
  overload('double(uint): double', [is.uint], ({ value }) => new Double(Number(value))),
  overload('double(string): double', [is.text], doubleOfText),
  overload('bool(bool): bool', [is.bool], same),
  overload('bool(string): bool', [is.text], boolOfText),
  overload('string(string): string', [is.text], same),
  overload('string(bool): string', [is.bool], String),
  overload('string(int): string', [is.int], String),
  overload('string(uint): string', [is.uint], ({ value }) => String(value)),
  overload('string(double): string', [is.double], ({ value }) => showDouble(value)),
  typedCost(
    'string(bytes): string',
    [is.bytes],
    (value) => decode(value) ?? new CelError('invalid UTF-8 in bytes, cannot convert to string'),
    reads(1),
  ),
  overload('string(timestamp): string', [is.timestamp], showTimestamp),
  overload('string(duration): string', [is.duration], showDuration),
  overload('bytes(bytes): bytes', [is.bytes], same),
  typedCost('bytes(string): bytes', [is.text], encode, reads(1)),
  overload('timestamp(timestamp): timestamp', [is.timestamp], same),
  overload('timestamp(string): timestamp', [is.text], timestampOfText),
  overload('timestamp(int): timestamp', [is.int], (value) => timestampOf(Number(value), 0)),
  overload('duration(duration): duration', [is.duration], same),
  overload('duration(string): duration', [is.text], durationOfText),
  overload('duration(int): duration', [is.int], (_: number | bigint) =>
    failed('int', 'google.protobuf.Duration'),
  ),
  overload('dyn(T): dyn', [is.any], adapt),
  overload('type(T): type(T)', [is.any], (value) => new TypeValue(typeNameOf(value))),
];

/** Names whose calls on constants are worked out once, and so cost nothing. */
export const CONVERSION_NAMES: ReadonlySet<string> = new Set(CONVERSIONS.map(({ name }) => name));
