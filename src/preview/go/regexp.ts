import { RE2JS } from '@bufbuild/re2';
import { Failure } from '../failure.ts';
import { submatches } from './submatch.ts';

/** Go's regular expressions (RE2 syntax, linear time): https://pkg.go.dev/regexp */

const known = new Map<string, RE2JS | string>();

/** A corpus has a few dozen expressions; a hostile one shall not fill the memory. */
const REMEMBERED = 1_000;

export const isRegexp = (source: string): boolean => typeof compiled(source) !== 'string';

/** Whether an expression matches anywhere in the text. */
export const matchesAnywhere = (source: string, text: string): boolean => usable(source).test(text);

/** The first match and its groups; a group that took no part is empty. Undefined where nothing matches. */
export function firstMatch(source: string, text: string): readonly string[] | undefined {
  return submatches(usable(source), text);
}

function usable(source: string): RE2JS {
  const expression = compiled(source);
  if (typeof expression === 'string') throw new Failure(expression);
  return expression;
}

/** The expression, or what is wrong with it. */
function compiled(source: string): RE2JS | string {
  const remembered = known.get(source);
  if (remembered !== undefined) return remembered;
  if (known.size >= REMEMBERED) known.clear();
  const result = compile(source);
  known.set(source, result);
  return result;
}

function compile(source: string): RE2JS | string {
  try {
    return RE2JS.compile(withDistinctNames(source));
  } catch (error) {
    // The package throws several classes of its own, all of which mean the same.
    const message = error instanceof Error ? error.message : String(error);
    // Go shows the part that is wrong even where it is empty.
    return message.endsWith('trailing backslash at end of expression') ? `${message}: \`\`` : message;
  }
}

/** Go lets two groups have one name, the package does not; here names mean nothing. */
function withDistinctNames(source: string): string {
  const names = [...source.matchAll(/\(\?P?<([A-Za-z0-9_]+)>/g)].map(([, name]) => name);
  if (new Set(names).size === names.length) return source;
  let count = 0;
  return source.replaceAll(/(\(\?P?<)[A-Za-z0-9_]+>/g, (_, start: string) => `${start}group${count++}>`);
}
