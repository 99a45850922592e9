import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editDistance, suggest, suggester } from '#model/suggest.ts';

describe('editDistance', () => {
  test.each([
    ['', '', 0],
    ['ship', 'ship', 0],
    ['ship', 'shi', 1],
    ['ship', 'shipp', 1],
    ['ship', 'shop', 1],
    ['ship', 'sihp', 1],
    ['ship', '', 4],
    ['harbour', 'harbor', 1],
    ['bookings', 'sessions', 6],
  ])('%s, %s: %i', (from, to, edits) => {
    expect(editDistance(from, to)).toBe(edits);
  });

  test('is symmetric, zero for equals only, and at most the longer length', () => {
    const word = fc.string({ maxLength: 12, unit: 'grapheme-ascii' });
    fc.assert(
      fc.property(word, word, (from, to) => {
        const edits = editDistance(from, to);
        expect(edits).toBe(editDistance(to, from));
        expect(edits === 0).toBe(from === to);
        expect(edits).toBeLessThanOrEqual(Math.max(from.length, to.length));
        expect(edits).toBeGreaterThanOrEqual(Math.abs(from.length - to.length));
      }),
    );
  });
});

describe('suggest', () => {
  const names = ['bookings', 'sessions', 'voyage-events', 'documents', 'api'];
  test.each([
    ['boookings', 'bookings'],
    ['Documents', 'documents'],
    ['voyage_events', 'voyage-events'],
    ['apy', 'api'],
    ['invoices', undefined],
    ['b', undefined],
    ['x'.repeat(10_000), undefined],
    // A word is no suggestion for itself: it was refused for another reason.
    ['api', undefined],
  ])('%s: %s', (word, expected) => {
    expect(suggest(word, names)).toBe(expected);
  });

  test('gives up when its budget is spent', () => {
    const limited = suggester(7);
    expect(limited('apy', names)).toBe('api');
    expect(limited('apy', names)).toBe(undefined);
  });
});
