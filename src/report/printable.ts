/**
 * Control characters (which drive terminals), and characters that change the direction of text or cannot be seen:
 * what a stranger wrote must look like what it is.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/gu;
const SPACE = /[ \t\r\n\u2028\u2029]+/g;

/**
 * What CI systems take for commands where a line of a log begins with it: `::set-env name=x::y`, `##[...]`. Lines are
 * wrapped at words, so any word may begin one. https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
const COMMAND = /(^| )(?=::[a-z][a-z0-9-]*(?: [^:]*)?::|##(?:[a-z]+)?\[)/gi;

/**
 * Text of a stranger on one line: white space becomes a space, what cannot be seen becomes `�`, and what would be a
 * command in a log gets a backslash before it.
 */
export const printable = (text: string): string =>
  text.replace(SPACE, ' ').replace(UNPRINTABLE, '\uFFFD').replace(COMMAND, '$1\\');

/** At most so many characters, `…` included. */
export const shortened = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
