import { RE2JS } from '@bufbuild/re2';
import { CelError, type Value } from '#cel/values/value.ts';
import { patternCost, subjectCost } from './cost.ts';
import { type Matcher, matcherOf } from './dfa.ts';
import { LONGEST_PATTERN, tooMuch } from './limits.ts';
import type { Specialised } from './overload.ts';

/** Regular expressions in Go's RE2 syntax, matched in linear time, so that no pattern can hang a run. */

/** Patterns remembered: expressions ask the same of many documents. */
const REMEMBERED = 1_000;

interface Pattern {
  readonly expression: RE2JS;
  readonly matcher: Matcher;
}

const known = new Map<string, Pattern | CelError>();

function compiled(source: string): Pattern | CelError {
  const before = known.get(source);
  if (before !== undefined) return before;
  if (source.length > LONGEST_PATTERN) return tooMuch('a pattern so long');
  let made: Pattern | CelError;
  try {
    const expression = RE2JS.compile(source);
    made = { expression, matcher: matcherOf(expression) };
  } catch (error) {
    // The package throws several classes of its own, all of which mean the same.
    made = new CelError(error instanceof Error ? error.message : 'invalid regular expression');
  }
  if (known.size >= REMEMBERED) known.clear();
  known.set(source, made);
  return made;
}

/** The compiled expression, or what is wrong with it. */
export function patternOf(source: string): RE2JS | CelError {
  const pattern = compiled(source);
  return pattern instanceof CelError ? pattern : pattern.expression;
}

/** Whether a compiled expression, which is one of {@link patternOf}, matches anywhere in a text. */
export const isIn = (source: string, text: string): boolean => {
  const pattern = compiled(source);
  return !(pattern instanceof CelError) && pattern.matcher.matches(text);
};

/** Matching against a pattern that is known beforehand. */
export function matchesKnown(source: Value): Specialised | undefined {
  const pattern = typeof source === 'string' ? compiled(source) : undefined;
  if (pattern === undefined || pattern instanceof CelError) return undefined;
  const { matcher } = pattern;
  const perUnit = patternCost(source);
  return {
    call: (text) => typeof text === 'string' && matcher.matches(text),
    cost: (text) => subjectCost(text) * perUnit,
  };
}

/** Whether a pattern occurs anywhere in a text. */
export function matchesPattern(text: string, source: string): Value {
  const pattern = compiled(source);
  if (pattern instanceof CelError) return pattern;
  return pattern.matcher.matches(text);
}
