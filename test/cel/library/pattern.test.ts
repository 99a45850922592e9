import { RE2JS } from '@bufbuild/re2';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matcherOf } from '#cel/library/dfa.ts';
import { findAll, findFrom } from '#cel/library/find.ts';
import { matchesPattern } from '#cel/library/pattern.ts';
import { CelError } from '#cel/values/value.ts';

const atom = fc.constantFrom(
  'a',
  'b',
  '.',
  '[ab]',
  '[^a]',
  '\\w',
  '\\d',
  '\\b',
  '^',
  '$',
  '(?:a|b)',
  '(?:ab)',
  'é',
);
const pattern = fc
  .array(fc.tuple(atom, fc.constantFrom('', '*', '+', '?', '{1,2}')), { minLength: 1, maxLength: 6 })
  .map((parts) =>
    parts.map(([part, times]) => (/^(?:\\b|\^|\$)$/.test(part) ? part : part + times)).join(''),
  );
const subject = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', ' ', '\n', 'é', '😀'), maxLength: 12 });

describe('the table', () => {
  test('gives the verdict of the package', () => {
    fc.assert(
      fc.property(pattern, fc.array(subject, { minLength: 1, maxLength: 8 }), (source, texts) => {
        const expression = RE2JS.compile(source);
        const { matches } = matcherOf(expression);
        for (const text of texts)
          expect(matches(text), `${source} on ${JSON.stringify(text)}`).toBe(expression.test(text));
      }),
      { numRuns: 2_000 },
    );
  });

  test('is not held up by a pattern made to backtrack', () => {
    const started = performance.now();
    expect(matchesPattern('a'.repeat(50_000), '^(a+)+$b')).toBe(false);
    expect(matchesPattern(`${'a'.repeat(50_000)}!`, '^(a|aa)+$')).toBe(false);
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  test.each(['(?=a)', '(?<!a)', '\\1', '(', '[b-a]', 'a**'])('refuses %s', (source) => {
    expect(matchesPattern('a', source)).toBeInstanceOf(CelError);
  });
});

describe('finding', () => {
  test('agrees with JavaScript where both mean the same', () => {
    const simple = fc
      .array(
        fc.tuple(
          fc.constantFrom('a', 'b', '[ab]', '[^a]', '(?:a|ab)', '(?:b|)'),
          fc.constantFrom('', '*', '+', '?', '*?', '+?'),
        ),
        {
          minLength: 1,
          maxLength: 4,
        },
      )
      // Go gives up on an empty turn of a loop where JavaScript goes on, so loops are only put on what is not empty.
      .map((parts) => parts.map(([part, times]) => (part === '(?:b|)' ? part : part + times)).join(''));
    const plain = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 10 });
    fc.assert(
      fc.property(simple, plain, (source, text) => {
        const found = findFrom(RE2JS.compile(source), text, 0, { left: 1_000_000 });
        const expected = new RegExp(source).exec(text);
        expect(found && text.slice(found.start, found.end)).toBe(expected?.[0]);
        expect(found?.start).toBe(expected?.index);
      }),
      { numRuns: 2_000 },
    );
  });

  test('stops at its limit', () => {
    expect(findAll(RE2JS.compile('a'), 'aaaa', 2, { left: 1_000_000 })).toEqual(['a', 'a']);
  });
});
