import { showAddress } from '#cel/library/address.ts';
import { Cidr } from '#cel/library/cidr.ts';
import { Ip } from '#cel/library/ip.ts';
import { Quantity } from '#cel/library/quantity.ts';
import { Semver } from '#cel/library/semver.ts';
import { Url } from '#cel/library/url.ts';
import { Comparable } from '#cel/values/equal.ts';
import { isMap, keysOf, lookUp } from '#cel/values/map.ts';
import { Duration, showDuration, showTimestamp, Timestamp } from '#cel/values/time.ts';
import { adapt, Double, isList, Optional, TypeValue, UInt, type Value } from '#cel/values/value.ts';

/** A value as the oracle program writes it. */
export function show(given: Value): string {
  const value = adapt(given);
  if (typeof value === 'string') return JSON.stringify(value);
  if (value === null || ['number', 'bigint', 'boolean'].includes(typeof value)) return String(value);
  if (value instanceof Double)
    return `double:${Number.isFinite(value.value) ? value.value : infinite(value.value)}`;
  if (value instanceof UInt) return `${value.value}u`;
  if (value instanceof Uint8Array) return `bytes:${Buffer.from(value).toString('hex')}`;
  if (value instanceof Timestamp) return `timestamp:${showTimestamp(value)}`;
  if (value instanceof Duration) return `duration:${showDuration(value)}`;
  if (value instanceof TypeValue) return `type:${value.name}`;
  if (value instanceof Optional)
    return value.value === undefined ? 'optional.none' : `optional(${show(value.value)})`;
  if (isList(value)) return `[${value.map(show).join(', ')}]`;
  if (isMap(value))
    return `{${keysOf(value)
      .map((key) => `${show(key)}: ${show(lookUp(value, key))}`)
      .sort()
      .join(', ')}}`;
  return value instanceof Comparable ? `${value.typeName}:${inner(value)}` : String(value);
}

const infinite = (value: number): string => (Number.isNaN(value) ? 'NaN' : `${value > 0 ? '+' : '-'}Inf`);

function inner(value: Comparable): string {
  if (value instanceof Quantity) return String(value.amount * 10n ** BigInt(value.scale));
  if (value instanceof Ip) return showAddress(value.address);
  if (value instanceof Cidr) return `${showAddress(value.address)}/${value.prefix}`;
  if (value instanceof Url) return value.text;
  return value instanceof Semver ? value.numbers.join('.') : '';
}
