import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { days, parseDuration, seconds } from '#model/units.ts';

describe('durations', () => {
  it.each([
    ['90s', 90],
    ['15m', 900],
    ['12h', 43_200],
    ['7d', 604_800],
  ])('%s is %d seconds', (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
    expect(seconds(text)).toBe(expected);
  });

  it.each(['', '0s', '7', 'd', '7w', '1.5h', '-7d', '7d ', '1h30m', '07d', '12345678s'])(
    '%j is none',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
      expect(() => seconds(text)).toThrow(RangeError);
    },
  );

  it('never last less in days than was asked for', () => {
    const duration = fc
      .tuple(fc.integer({ min: 1, max: 9_999_999 }), fc.constantFrom('s', 'm', 'h', 'd'))
      .map(([count, unit]) => `${count}${unit}`);
    fc.assert(
      fc.property(duration, (text) => {
        const missing = days(text) * 86_400 - seconds(text);
        expect(missing).toBeGreaterThanOrEqual(0);
        expect(missing).toBeLessThan(86_400);
      }),
    );
  });
});
