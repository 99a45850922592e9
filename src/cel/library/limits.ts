import { CelError } from '#cel/values/value.ts';

/**
 * Bounds that the API server leaves to the size of a request and to its memory. What exceeds them is not judged here,
 * and that is said; no policy that is meant comes near them.
 */

/** UTF-16 units of a text that is made. */
export const LONGEST_TEXT = 16 * 1024 * 1024;
/** Elements of a list that is made. */
export const LONGEST_LIST = 4 * 1024 * 1024;
/** Code units of a pattern: making a program of one takes time. */
export const LONGEST_PATTERN = 10_000;
/** Steps of one search: instructions that are looked at, for each character. */
export const LONGEST_SEARCH = 8_000_000;

export const tooMuch = (what: string): CelError =>
  new CelError(`${what} is more than is judged here`, 'unsupported');
