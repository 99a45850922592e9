import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sampleOf } from '#preview/claims/sample.ts';

it.each([
  ['^arn:[^:]+:eks:[^:]+:([0-9]{12}):', 'arn:a:eks:a:000000000000:'],
  ['^vpce-svc-([0-9a-f]{17})$', 'vpce-svc-00000000000000000'],
  ['(open|shut)', 'open'],
  ['^(?P<region>[a-z]{2}-[a-z]+-\\d)[a-f]$', 'aa-a-0a'],
  ['https?://(?:www\\.)?tideline\\.example/?', 'http://tideline.example'],
  ['[]a]+\\z', ']'],
  ['[[:digit:]]{3}', '000'],
  ['', ''],
])('%s is matched by %s', (expression, sample) => {
  expect(sampleOf(expression)).toBe(sample);
});

it.each(['(', 'a{2', '\\pL{3}x', '(?!a)b', `${'('.repeat(2000)}`])(
  'gives up on %s without a word',
  (expression) => {
    const sample = sampleOf(expression);
    expect(sample === undefined || sample.length <= 1000).toBe(true);
  },
);

it('never throws, and never takes long', () => {
  const letters = fc.constantFrom(...'ab01.*+?()[]{}|^$\\-,:=<>P!dwsnzAB'.split(''));
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 40 }), (parts) => {
      const sample = sampleOf(parts.join(''));
      expect((sample ?? '').length).toBeLessThanOrEqual(1000);
    }),
    { numRuns: 2000 },
  );
});
