import { type AnyMap, isMap } from '#cel/values/map.ts';
import { Duration, Timestamp } from '#cel/values/time.ts';
import { Double, isInt, isList, Optional, UInt, type Value } from '#cel/values/value.ts';

/** Type guards for the parameters of functions. */

export const any = (_: Value): _ is Value => true;
export const text = (value: Value): value is string => typeof value === 'string';
export const bool = (value: Value): value is boolean => typeof value === 'boolean';
export const int = (value: Value): value is number | bigint => isInt(value);
export const uint = (value: Value): value is UInt => value instanceof UInt;
export const double = (value: Value): value is Double => value instanceof Double;
export const bytes = (value: Value): value is Uint8Array => value instanceof Uint8Array;
export const list = (value: Value): value is readonly Value[] => isList(value);
export const map = (value: Value): value is AnyMap => isMap(value);
export const timestamp = (value: Value): value is Timestamp => value instanceof Timestamp;
export const duration = (value: Value): value is Duration => value instanceof Duration;
export const optional = (value: Value): value is Optional => value instanceof Optional;
