import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customFormatOf } from '#validate/schema/custom-formats.ts';

/** The API server is asked about many more in test/cluster/structure.test.ts. */
const CASES: readonly (readonly [format: string, good: readonly string[], bad: readonly string[]])[] = [
  ['bsonobjectid', ['507f1f77bcf86cd799439011'], ['507f1f77bcf86cd79943901']],
  ['byte', ['YWJj', 'YQ=='], ['', 'YQ', 'YW\nJj']],
  ['cidr', ['10.0.0.0/8', '10.0.0.0/08', '::/0'], ['10.0.0.0', '10.0.0.0/33', '::/129']],
  ['creditcard', ['4111-1111-1111-1111'], ['4111111111111112']],
  ['date', ['2025-01-02'], ['2025-02-30']],
  ['date-time', ['2025-01-02T03:04:05Z', '2025-01-02t03:04:05,6z'], ['2025-01-02', '2025-01-02T24:00:00Z']],
  ['duration', ['1h30m', '3 days', '1 micro', '0'], ['', '5', 'h', '1 fortnight']],
  ['email', ['a@b', 'Ann <a@b.c>', '"a b"@c.d'], ['a', '@b', 'a b@c.d', 'a@b.']],
  ['hexcolor', ['#fff'], ['#ffff']],
  ['hostname', ['example.com', 'a.b-c.de'], ['-a.com', 'a_b.com', 'a..b', 'a.1']],
  ['ipv4', ['10.0.0.1', '010.0.0.1'], ['256.0.0.1', '::1']],
  ['ipv6', ['2001:db8::1'], ['10.0.0.1', '1::2::3']],
  ['isbn', ['0321751043', '978-0321751041'], ['0321751044']],
  ['isbn10', ['080442957X'], ['978-0321751041']],
  ['isbn13', ['9780321751041'], ['0321751043']],
  ['mac', ['01:23:45:67:89:ab', '0123.4567.89ab'], ['01:23:45:67:89:ab:cd', '01:23-45:67:89:ab']],
  ['rgbcolor', ['rgb(255, 0, 1)'], ['rgb(256,0,0)']],
  ['ssn', ['111-11-1111'], ['111111111']],
  ['uri', ['https://example.com/a?b', '/a', 'urn:a:b'], ['a/b', 'https://example.com:port/', '/%zz']],
  ['uuid', ['5B0A1E6C-0000-4000-8000-000000000000'], ['5b0a1e6c']],
  ['uuid3', ['5b0a1e6c-0000-3000-8000-000000000000'], ['5b0a1e6c-0000-4000-8000-000000000000']],
  ['uuid4', ['5b0a1e6c-0000-4000-8000-000000000000'], ['5b0a1e6c-0000-4000-7000-000000000000']],
  ['uuid5', ['5b0a1e6c-0000-5000-8000-000000000000'], ['5b0a1e6c-0000-5000-7000-000000000000']],
];

describe('formats of custom resources', () => {
  it.each(CASES)('%s', (name, good, bad) => {
    const format = customFormatOf(name, '1.34') ?? expect.fail();
    expect(good.filter((text) => !format(text))).toEqual([]);
    expect(bad.filter((text) => format(text))).toEqual([]);
  });

  it('are not checked where the API server knows none, or not yet', () => {
    expect(customFormatOf('semver', '1.35')).toBeUndefined();
    expect(customFormatOf('k8s-short-name', '1.34')).toBeUndefined();
    expect(customFormatOf('k8s-short-name', '1.35')?.('Web')).toBe(false);
  });

  it('take time in proportion, whatever the text', () => {
    const parts = ['a', '-', '.', '1', ':', '@', '"', '<', ' ', '0h', '%', '/', '[', '\\'];
    const texts = fc.array(fc.constantFrom(...parts), { maxLength: 2_000 }).map((list) => list.join(''));
    fc.assert(
      fc.property(fc.constantFrom(...CASES.map(([name]) => name)), texts, (name, text) => {
        const started = process.cpuUsage().user;
        customFormatOf(name, '1.34')?.(text);
        expect(process.cpuUsage().user - started).toBeLessThan(2_000_000);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['email', `${'a.'.repeat(20_000)}@`],
    ['email', `${'"a" '.repeat(240)}<`],
    ['hostname', 'a-'.repeat(127)],
    ['duration', '1h '.repeat(85)],
    ['uri', `https://${'%41'.repeat(5_000)}`],
  ])('%s does not backtrack', (name, text) => {
    const started = process.cpuUsage().user;
    customFormatOf(name, '1.34')?.(text);
    expect(process.cpuUsage().user - started).toBeLessThan(2_000_000);
  });
});
