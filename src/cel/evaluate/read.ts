import type { Type } from '#cel/types/type.ts';
import { moment, parseDuration, parseTimestamp, Timestamp } from '#cel/values/time.ts';
import { adapt, CelError, Double, isList, isPlainMap, type Value } from '#cel/values/value.ts';
import { decodeBase64 } from './base64.ts';

/** Turns plain data into a value of the type that its schema declares. */
export type Read = (value: Value) => Value;

/** What must be done to data of a type where it is read; `undefined`: nothing. */
export function readerOf(type: Type): Read | undefined {
  switch (type.kind) {
    case 'dyn':
    case 'int':
    case 'param':
    case 'error':
      return adapt;
    case 'double':
      return (value) =>
        typeof value === 'number'
          ? new Double(value)
          : typeof value === 'bigint'
            ? new Double(Number(value))
            : value;
    case 'timestamp':
      return (value) => (typeof value === 'string' ? readTimestamp(value) : value);
    case 'duration':
      return (value) => (typeof value === 'string' ? readDuration(value) : value);
    case 'bytes':
      return (value) => (typeof value === 'string' ? decodeBase64(value) : value);
    case 'list': {
      // Lists of these are rare, and their elements may be looked at in many ways: they are turned as a whole.
      const read = isConverted(type.element) ? readerOf(type.element) : undefined;
      return read && ((value) => (isList(value) ? value.map(read) : value));
    }
    case 'map': {
      const read = isConverted(type.value) ? readerOf(type.value) : undefined;
      return read && ((value) => (isPlainMap(value) ? mapValues(value, read) : value));
    }
    default:
      return undefined;
  }
}

/** Types whose data looks different from their values. */
function isConverted(type: Type): boolean {
  if (type.kind === 'list') return isConverted(type.element);
  if (type.kind === 'map') return isConverted(type.value);
  return ['double', 'timestamp', 'duration', 'bytes'].includes(type.kind);
}

function mapValues(map: Readonly<Record<string, Value>>, read: Read): Value {
  const made: Record<string, Value> = Object.create(null);
  for (const [key, value] of Object.entries(map)) made[key] = read(value);
  return made;
}

/** `format: date-time`, or `format: date`, which is that day's start. */
function readTimestamp(text: string): Value {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const start = year === undefined ? undefined : moment(Number(year), Number(month), Number(day));
  if (start !== undefined) return new Timestamp(start, 0);
  return parseTimestamp(text) ?? new CelError(`Invalid date-time formatted string ${text}`);
}

const LONG_UNITS: ReadonlyMap<string, number> = new Map([
  ...['ns', 'nano'].map((unit) => [unit, 1e-9] as const),
  ...['us', 'µs', 'micro'].map((unit) => [unit, 1e-6] as const),
  ...['ms', 'milli'].map((unit) => [unit, 1e-3] as const),
  ...['s', 'sec'].map((unit) => [unit, 1] as const),
  ...['m', 'min'].map((unit) => [unit, 60] as const),
  ...['h', 'hr', 'hour'].map((unit) => [unit, 3_600] as const),
  ...['d', 'day'].map((unit) => [unit, 86_400] as const),
  ...['w', 'wk', 'week'].map((unit) => [unit, 604_800] as const),
]);

/** `format: duration`: Go's notation, or `3 days`. */
function readDuration(text: string): Value {
  const plain = parseDuration(text);
  if (plain !== undefined) return plain;
  const [, count, unit = ''] = /^(\d+)\s*([A-Za-zµ]+)$/.exec(text.trim()) ?? [];
  const scale = LONG_UNITS.get(unit) ?? LONG_UNITS.get(unit.replace(/s$/, ''));
  const made =
    count === undefined || scale === undefined ? undefined : parseDuration(`${Number(count) * scale}s`);
  return made ?? new CelError(`Invalid duration ${text}`);
}
