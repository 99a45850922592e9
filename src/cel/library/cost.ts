import { isMap, sizeOfMap } from '#cel/values/map.ts';
import { encode, lengthOf } from '#cel/values/text.ts';
import { Optional, type Value } from '#cel/values/value.ts';
import type { Cost } from './overload.ts';

/** What evaluation costs, in cel-go's and Kubernetes' units. */

/** Reading a string once, for each code point. */
const TRAVERSAL = 0.1;
/** Each code point of a pattern. */
const PATTERN = 0.25;

export const LIST_COST = 10;
export const MAP_COST = 30;

/** The size that costs go by: code points, bytes, elements; 1 for what has none. */
export function sizeOf(value: Value): number {
  if (typeof value === 'string') return lengthOf(value);
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length;
  if (value instanceof Optional) return value.value === undefined ? 1 : sizeOf(value.value);
  return isMap(value) ? sizeOfMap(value) : 1;
}

/** Reads the first argument so many times. */
export const reads =
  (times: number): Cost =>
  (first) =>
    Math.ceil(sizeOf(first) * times * TRAVERSAL);

export const readsResult =
  (times: number): Cost =>
  (_first, _second, result) =>
    Math.ceil(sizeOf(result) * times * TRAVERSAL);

export const readsBoth: Cost = (first, second) => Math.ceil((sizeOf(first) + sizeOf(second)) * TRAVERSAL);

/** As much as the shorter one has. */
export const readsShorter: Cost = (first, second) =>
  Math.ceil(Math.min(sizeOf(first), sizeOf(second)) * TRAVERSAL);

export const subjectCost = (subject: Value): number => Math.ceil((1 + sizeOf(subject)) * TRAVERSAL);
export const patternCost = (pattern: Value): number => Math.ceil(sizeOf(pattern) * PATTERN);
export const matching: Cost = (subject, pattern) => subjectCost(subject) * patternCost(pattern);

/** Matching against a pattern of a known length. */
export const matchingPattern = (subject: Value, patternLength: number): number =>
  subjectCost(subject) * Math.ceil(patternLength * PATTERN);

export const searching: Cost = (subject, part) =>
  Math.ceil(sizeOf(subject) * TRAVERSAL) * Math.ceil(sizeOf(part) * TRAVERSAL);

/** Visits every value within a list once. */
export const visits: Cost = (first) => visiting(first);

function visiting(value: Value): number {
  // Here, and only here, a string's size is its bytes.
  if (typeof value === 'string') return Math.floor(encode(value).length * TRAVERSAL);
  if (value instanceof Uint8Array) return Math.floor(value.length * TRAVERSAL);
  if (!Array.isArray(value)) return 1;
  let cost = 0;
  for (const item of value) cost += visiting(item);
  return cost;
}

/** Makes a list of as many elements as the result has. */
export const makesList: Cost = (_first, _second, result) => sizeOf(result) + 1 + LIST_COST;

/** Compares each element of a list with each. */
export function comparesAll(list: Value): number {
  if (!Array.isArray(list) || list.length === 0) return 1 + LIST_COST;
  const [first] = list;
  const factor = typeof first === 'string' || first instanceof Uint8Array ? 2 + TRAVERSAL : 2;
  return Math.floor(list.length * list.length * factor) + 1 + LIST_COST;
}

export const comparesPairs =
  (times: number): Cost =>
  (first, second) =>
    1 + sizeOf(first) * sizeOf(second) * times;
