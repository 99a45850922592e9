import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isLike } from '#validate/graph/pattern.ts';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '.', '\n'), maxLength: 12 });

it('says what a regular expression says', () => {
  fc.assert(
    fc.property(letters, letters, (pattern, text) => {
      const source = pattern.replace(/[.\\]/g, '\\$&').replaceAll('*', '[^]*').replaceAll('?', '[^]');
      expect(isLike(pattern, text)).toBe(new RegExp(`^${source}$`).test(text));
    }),
  );
});

it('takes no longer for a pattern that is made to', () => {
  expect(isLike('a*'.repeat(2_000), `${'a'.repeat(5_000)}b`.repeat(2))).toBe(true);
  expect(isLike(`${'*a'.repeat(1_000)}c`, 'a'.repeat(5_000))).toBe(false);
});
