import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstMatch, isRegexp, matchesAnywhere } from '#preview/go/regexp.ts';

describe('firstMatch', () => {
  it.each<[string, string, readonly string[] | undefined]>([
    [
      '^arn:[^:]+:eks:([^:]*):([0-9]+):',
      'arn:aws:eks:eu-west-1:111122223333:cluster/x',
      ['arn:aws:eks:eu-west-1:111122223333:', 'eu-west-1', '111122223333'],
    ],
    ['(a+)(b+)?', 'xaa', ['aa', 'aa', '']],
    ['b1|b1-b22', 'aa-b1-b22', ['b1']],
    ['b.*?-', 'b1-b2-', ['b1-']],
    ['(?U)b.*-', 'b1-b2-', ['b1-']],
    ['(a|ab)(c|bcd)(d*)', 'abcd', ['abcd', 'a', 'bcd', '']],
    ['(?:(a)|b)*', 'ab', ['ab', 'a']],
    ['\\b\\d+\\b', 'pier 42.', ['42']],
    ['(?m)^s(.*)$', 'Tideline\nships', ['ships', 'hips']],
    ['(?P<n>\\p{Han})(?P<n>.)?', 'Åse船🚢', ['船🚢', '船', '🚢']],
    ['x*', 'aaa', ['']],
    ['$', '', ['']],
    ['pier', 'quay', undefined],
  ])('%s in %s', (source, text, groups) => {
    expect(firstMatch(source, text)).toEqual(groups);
  });

  it('takes linear time where backtracking never ends', () => {
    expect(firstMatch('^(a+)+$', `${'a'.repeat(20_000)}!`)).toBeUndefined();
    expect(firstMatch(`(a?){50}a{50}`, 'a'.repeat(50))?.[0]).toHaveLength(50);
  });

  it('finds a match exactly where the package says that there is one', () => {
    const atom = fc.constantFrom(
      'a',
      'b',
      '.',
      '\\d',
      '[^a]',
      '(a|b)',
      '(?:ab)',
      '^',
      '$',
      '\\b',
      '(b*)',
      '|',
    );
    const repeat = fc.constantFrom('', '', '*', '+?', '?', '{0,2}');
    const source = fc
      .array(fc.tuple(atom, repeat), { maxLength: 6 })
      .map((parts) => parts.map(([a, r]) => (/^[$^|]|\\b/.test(a) ? a : a + r)).join(''));
    fc.assert(
      fc.property(
        source,
        fc.string({ unit: fc.constantFrom('a', 'b', '1', '-', '\n'), maxLength: 8 }),
        (pattern, text) => {
          fc.pre(isRegexp(pattern));
          const groups = firstMatch(pattern, text);
          expect(groups !== undefined).toBe(matchesAnywhere(pattern, text));
          if (groups !== undefined) expect(text).toContain(groups[0]);
        },
      ),
    );
  });
});
