import { CelError, Opaque } from './value.ts';

/** Timestamps and durations, to the nanosecond. */

/** A moment: seconds since 1970 in UTC, rounded down, and nanoseconds after it. */
export class Timestamp extends Opaque {
  readonly typeName = 'google.protobuf.Timestamp';
  readonly seconds: number;
  readonly nanos: number;
  /** Seconds ahead of UTC, as it was written; matters only when it is written again. */
  readonly offset: number;
  constructor(seconds: number, nanos: number, offset = 0) {
    super();
    this.seconds = seconds;
    this.nanos = nanos;
    this.offset = offset;
  }
}

export class Duration extends Opaque {
  readonly typeName = 'google.protobuf.Duration';
  /** int64 */
  readonly nanos: bigint;
  constructor(nanos: bigint) {
    super();
    this.nanos = nanos;
  }
}

/** 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z */
const MIN_SECONDS = -62135596800;
const MAX_SECONDS = 253402300799;
const SECOND = 1_000_000_000n;
const MAX_DURATION = 2n ** 63n - 1n;

const TIMESTAMP_OVERFLOW = new CelError('timestamp overflow');
const DURATION_OVERFLOW = new CelError('duration overflow');

export function durationOf(nanos: bigint): Duration | CelError {
  return nanos > MAX_DURATION || nanos < -MAX_DURATION - 1n ? DURATION_OVERFLOW : new Duration(nanos);
}

export function timestampOf(seconds: number, nanos: number, offset = 0): Timestamp | CelError {
  return seconds < MIN_SECONDS || seconds > MAX_SECONDS
    ? TIMESTAMP_OVERFLOW
    : new Timestamp(seconds, nanos, offset);
}

const totalNanos = (at: Timestamp): bigint => BigInt(at.seconds) * SECOND + BigInt(at.nanos);

/** Moves a moment; an error outside the years 1 to 9999. */
export function shift(at: Timestamp, nanos: bigint): Timestamp | CelError {
  const total = totalNanos(at) + nanos;
  const rest = ((total % SECOND) + SECOND) % SECOND;
  return timestampOf(Number((total - rest) / SECOND), Number(rest), at.offset);
}

export const between = (from: Timestamp, to: Timestamp): Duration | CelError =>
  durationOf(totalNanos(to) - totalNanos(from));

export const compareTimestamps = (left: Timestamp, right: Timestamp): number =>
  Math.sign(left.seconds - right.seconds || left.nanos - right.nanos);

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,18}))?([Zz]|[+-]\d\d:\d\d)$/;

/** Reads RFC 3339; `undefined` where it is none. */
export function parseTimestamp(text: string): Timestamp | CelError | undefined {
  const match = RFC3339.exec(text);
  if (match === null) return undefined;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '', fraction = '', zone = ''] =
    match;
  const time = moment(Number(year), Number(month), Number(day));
  if (time === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  let offset = 0;
  if (zone.length === 6) {
    const hours = Number(zone.slice(1, 3));
    const minutes = Number(zone.slice(4, 6));
    if (hours > 24 || minutes > 60) return undefined;
    offset = (hours * 60 + minutes) * 60 * (zone.startsWith('-') ? -1 : 1);
  }
  const seconds = time + Number(hour) * 3600 + Number(minute) * 60 + Number(second) - offset;
  return timestampOf(seconds, Number(fraction.slice(0, 9).padEnd(9, '0')), offset);
}

/** Seconds of a day's start; `undefined` where there is no such day. */
export function moment(year: number, month: number, day: number): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() / 1000 : undefined;
}

/** RFC 3339 in the zone that it was written in, with as many digits of the fraction as it has. */
export function showTimestamp(at: Timestamp): string {
  const date = new Date((at.seconds + at.offset) * 1000);
  const year = String(date.getUTCFullYear()).padStart(4, '0');
  const rest = date
    .toISOString()
    .replace(/^[+-]?\d+/, '')
    .slice(0, 15);
  const fraction = at.nanos === 0 ? '' : `.${String(at.nanos).padStart(9, '0').replace(/0+$/, '')}`;
  return `${year}${rest}${fraction}${showOffset(at.offset)}`;
}

function showOffset(offset: number): string {
  if (offset === 0) return 'Z';
  const minutes = Math.abs(offset) / 60;
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60].map((part) =>
    String(part).padStart(2, '0'),
  );
  return `${offset < 0 ? '-' : '+'}${hour}:${minute}`;
}

const UNITS: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['µs', 1_000n],
  ['μs', 1_000n],
  ['ms', 1_000_000n],
  ['s', SECOND],
  ['m', 60n * SECOND],
  ['h', 3600n * SECOND],
]);

/** Reads Go's notation, `1h30m`, `-1.5s`; `undefined` where it is none. */
export function parseDuration(text: string): Duration | undefined {
  if (text.length > 200) return undefined;
  const negative = text.startsWith('-');
  let rest = negative || text.startsWith('+') ? text.slice(1) : text;
  if (rest === '0') return new Duration(0n);
  if (rest === '') return undefined;
  let total = 0n;
  while (rest !== '') {
    const match = /^(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/.exec(rest);
    const [whole = '', number = '', fraction = '', unit = ''] = match ?? [];
    if (match === null || number + fraction === '') return undefined;
    const scale = UNITS.get(unit) ?? 1n;
    total += BigInt(number === '' ? '0' : number) * scale;
    if (fraction !== '') total += (BigInt(fraction) * scale) / 10n ** BigInt(fraction.length);
    rest = rest.slice(whole.length);
  }
  const made = durationOf(negative ? -total : total);
  return made instanceof CelError ? undefined : made;
}

/** Seconds with their fraction and the unit: `3600s`, `0.5s`. */
export function showDuration(duration: Duration): string {
  const negative = duration.nanos < 0n;
  const nanos = negative ? -duration.nanos : duration.nanos;
  const fraction = String(nanos % SECOND)
    .padStart(9, '0')
    .replace(/0+$/, '');
  return `${negative ? '-' : ''}${nanos / SECOND}${fraction === '' ? '' : `.${fraction}`}s`;
}
