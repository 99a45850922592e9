import fs from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '#preview/failure.ts';
import { sprintf } from '#preview/go/format.ts';
import { fromJson, type GoValue } from '#preview/go/value.ts';

/** What Go's own fmt.Sprintf printed; values are JSON, so numbers are float64. */
const cases: readonly { readonly format: string; readonly values: unknown[]; readonly text: string }[] =
  JSON.parse(fs.readFileSync(new URL('../../fixtures/preview/go-format.json', import.meta.url), 'utf8'));

describe('sprintf', () => {
  it('prints what Go prints', () => {
    const wrong = cases.flatMap(({ format, values, text }) => {
      const ours = sprintf(
        format,
        values.map((value) => fromJson(value)),
      );
      return ours === text ? [] : [{ format, values, text, ours }];
    });
    expect(cases.length).toBeGreaterThan(500);
    expect(wrong).toEqual([]);
  });

  it.each([
    ['%d', 42n, '42'],
    ['%05d|', -7n, '-0007|'],
    ['%+d % d', 42n, '+42 %!d(MISSING)'],
    ['%#x', 42n, '0x2a'],
    ['%O', 42n, '0o52'],
    ['%c', 9875n, '⚓'],
    ['%q', 9875n, "'⚓'"],
    ['%#U', 9875n, "U+2693 '⚓'"],
    ['%8.3d|', 42n, '     042|'],
    ['%s', 42n, '%!s(int64=42)'],
    ['%v', 1209600n, '1209600'],
  ])('%s prints an int64', (format, value, text) => {
    expect(sprintf(format, [value])).toBe(text);
  });

  it('takes widths and precisions from int64 arguments only', () => {
    expect(sprintf('%*d|', [5n, 42n])).toBe('   42|');
    expect(sprintf('%-*d|', [5n, 42n])).toBe('42   |');
    expect(sprintf('%.*f', [2n, 0.125])).toBe('0.12');
    expect(sprintf('%*d', [5, 42n])).toBe('%!(BADWIDTH)42');
  });

  it('refuses a text that no message could carry, at once', () => {
    expect(() => sprintf('%999999d'.repeat(50), new Array(50).fill(1n))).toThrow(Failure);
  });

  it('ends for any format and any values, and prints or refuses', () => {
    const value: fc.Arbitrary<GoValue> = fc.oneof(
      fc.jsonValue().map((json) => fromJson(json)),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.double(),
    );
    const part = fc.oneof(
      fc.constantFrom('%', '%[1]', '%*', '%.', '%0-+# ', '%5.2', '%[2]*.[1]*', '%9999999'),
      fc.constantFrom(...'vTtbcdoOqxXUeEfFgGspw!'),
      fc.string({ maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), fc.array(value, { maxLength: 4 }), (parts, values) => {
        try {
          expect(typeof sprintf(parts.join(''), values)).toBe('string');
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
        }
      }),
    );
  });
});
