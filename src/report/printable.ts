/**
 * Control characters (which drive terminals), and characters that change the direction of text or cannot be seen:
 * what a stranger wrote must look like what it is.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/gu;
const SPACE = /[ \t\r\n\u2028\u2029]+/g;

/** Text of a stranger on one line: white space becomes a space, and what cannot be seen becomes `�`. */
export const printable = (text: string): string => text.replace(SPACE, ' ').replace(UNPRINTABLE, '\uFFFD');

/** At most so many characters, `…` included. */
export const shortened = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
