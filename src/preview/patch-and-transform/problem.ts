import { quoted } from '../go/quote.ts';

/** The first thing that is wrong with an input, at its path. */
export interface Problem {
  readonly path: string;
  readonly text: string;
}

export const required = (path: string, detail: string): Problem => ({
  path,
  text: `Required value: ${detail}`,
});

export const invalid = (path: string, value: string, detail: string): Problem => ({
  path,
  text: `Invalid value: ${quoted(value)}: ${detail}`,
});

/** The problem, seen from outside. */
export function at(prefix: string, problem: Problem | undefined): Problem | undefined {
  if (problem === undefined || prefix === '') return problem;
  const joint = problem.path.startsWith('[') ? '' : '.';
  return { ...problem, path: `${prefix}${joint}${problem.path}` };
}

/** The first problem of a list's items. */
export function firstOf<T>(
  prefix: string,
  items: readonly T[] | undefined,
  check: (item: T) => Problem | undefined,
): Problem | undefined {
  for (const [index, item] of (items ?? []).entries()) {
    const problem = check(item);
    if (problem !== undefined) return at(`${prefix}[${index}]`, problem);
  }
  return undefined;
}
