import { intOf } from '#cel/values/integer.ts';
import type { Timestamp } from '#cel/values/time.ts';
import { CelError, type Value } from '#cel/values/value.ts';
import * as is from './guards.ts';
import { type Overload, overload } from './overload.ts';

/** Parts of timestamps, in UTC or a time zone, and of durations. */

const PARTS: Readonly<Record<string, (date: Date, at: Timestamp) => number>> = {
  getFullYear: (date) => date.getUTCFullYear(),
  getMonth: (date) => date.getUTCMonth(),
  getDate: (date) => date.getUTCDate(),
  getDayOfMonth: (date) => date.getUTCDate() - 1,
  getDayOfWeek: (date) => date.getUTCDay(),
  getDayOfYear: (date) => Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000),
  getHours: (date) => date.getUTCHours(),
  getMinutes: (date) => date.getUTCMinutes(),
  getSeconds: (date) => date.getUTCSeconds(),
  getMilliseconds: (_, { nanos }) => Math.floor(nanos / 1_000_000),
};

/** Seconds ahead of UTC: `+02:00`, `-08`, or a zone's name. */
function offsetOf(zone: string, at: Timestamp): number | undefined {
  if (zone === '' || zone === 'UTC') return 0;
  const [, sign, hours, minutes] = /^([+-]?)(\d\d?):(\d\d)$/.exec(zone) ?? [];
  if (hours !== undefined && minutes !== undefined)
    return (Number(hours) * 3600 + Number(minutes) * 60) * (sign === '-' ? -1 : 1);
  const format = zoneFormat(zone);
  if (format === undefined) return undefined;
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(new Date(at.seconds * 1000))) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  const local = new Date(0);
  local.setUTCFullYear(year, month - 1, day);
  local.setUTCHours(hour % 24, minute, second);
  return local.getTime() / 1000 - at.seconds;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function zoneFormat(zone: string): Intl.DateTimeFormat | undefined {
  const before = formats.get(zone);
  if (before !== undefined) return before;
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(zone) || formats.size > 500) return undefined;
  try {
    const made = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, made);
    return made;
  } catch {
    // Intl knows one failure here: no such zone.
    return undefined;
  }
}

function partIn(zone: string, at: Timestamp, read: (date: Date, at: Timestamp) => number): Value {
  const offset = offsetOf(zone, at);
  if (offset === undefined) return new CelError(`unknown time zone ${zone}`);
  return read(new Date((at.seconds + offset) * 1000), at);
}

/** A duration's length in whole units, towards zero. */
const lengthIn = (name: string, unit: bigint): Overload =>
  overload(`duration.${name}(): int`, [is.duration], ({ nanos }) => intOf(nanos / unit));

export const TIMES: readonly Overload[] = [
  ...Object.entries(PARTS).flatMap(([name, read]) => [
    overload(`timestamp.${name}(): int`, [is.timestamp], (at) => read(new Date(at.seconds * 1000), at)),
    overload(`timestamp.${name}(string): int`, [is.timestamp, is.text], (at, zone) => partIn(zone, at, read)),
  ]),
  lengthIn('getHours', 3_600_000_000_000n),
  lengthIn('getMinutes', 60_000_000_000n),
  lengthIn('getSeconds', 1_000_000_000n),
  lengthIn('getMilliseconds', 1_000_000n),
];
