import { RE2JS } from '@bufbuild/re2';

/**
 * Patterns as the API server matches them: Go's RE2 syntax, searched for anywhere in the text, in linear time,
 * so that no pattern of a foreign CRD can hang a run.
 */
export interface Pattern {
  readonly matches: (text: string) => boolean;
}

/** Verdicts remembered for each pattern: the same few names and labels come again and again. */
const REMEMBERED = 2_000;

const known = new Map<string, Pattern | undefined>();

/** The compiled pattern; undefined where it is no RE2 pattern. */
export function patternOf(source: string): Pattern | undefined {
  if (known.has(source)) return known.get(source);
  const pattern = compile(source);
  known.set(source, pattern);
  return pattern;
}

function compile(source: string): Pattern | undefined {
  let expression: RE2JS;
  try {
    expression = RE2JS.compile(source);
  } catch {
    // The package throws several classes of its own, all of which mean the same.
    return undefined;
  }
  const verdicts = new Map<string, boolean>();
  return {
    matches: (text) => {
      const verdict = verdicts.get(text);
      if (verdict !== undefined) return verdict;
      const matched = expression.test(text);
      if (text.length <= 256 && verdicts.size < REMEMBERED) verdicts.set(text, matched);
      return matched;
    },
  };
}
