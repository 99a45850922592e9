import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '#preview/failure.ts';
import { decodeBase64, encodeBase64 } from '#preview/go/base64.ts';
import { toLower, toUpper } from '#preview/go/case.ts';
import { decodeJson } from '#preview/go/json-decode.ts';
import { encodeJson } from '#preview/go/json-encode.ts';
import { parseFloat64, parseInt64 } from '#preview/go/parse.ts';
import { parseQuantity } from '#preview/go/quantity.ts';
import { bytesOf, textOf } from '#preview/go/text.ts';
import { fromJson } from '#preview/go/value.ts';

const messageOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
  return 'no failure';
};

describe('numbers in text', () => {
  it.each([
    ['0x1p-2', 0.25],
    ['1_000', 1000],
    ['.5', 0.5],
    ['-1E3', -1000],
    ['infinity', Number.POSITIVE_INFINITY],
    ['0x1.fffffffffffff8p1023', Number.NaN],
  ])('%s is a float64, or too large for one', (text, value) => {
    if (Number.isNaN(value)) expect(messageOf(() => parseFloat64(text))).toContain('value out of range');
    else expect(parseFloat64(text)).toBe(value);
  });

  it.each(['', '1__0', '_1', '1_', '0x', '0x1', '1e', '+-1', ' 1', '1Gi'])('%s is no float64', (text) => {
    expect(messageOf(() => parseFloat64(text))).toBe(
      `strconv.ParseFloat: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  });

  it('is exact to the last int64', () => {
    expect(parseInt64('-9223372036854775808')).toBe(-(2n ** 63n));
    expect(messageOf(() => parseInt64('9223372036854775808'))).toContain('value out of range');
    expect(messageOf(() => parseInt64(`${'9'.repeat(100_000)}x`))).toContain('value out of range');
    expect(messageOf(() => parseInt64('1e3'))).toContain('invalid syntax');
  });

  it.each([
    ['1.5Ti', 1649267441664],
    ['5u', 5 * 1e-6],
    ['100m', 0.1],
    ['12E2', 1200],
    ['9Ei', 2 ** 63],
    ['1e400', Number.POSITIVE_INFINITY],
    ['0.0000000001', 1e-9],
    ['-.5Gi', -536870912],
  ])('%s is a quantity', (text, value) => {
    expect(parseQuantity(text)).toBe(value);
  });

  it('tells a wrong suffix from a wrong form', () => {
    expect(messageOf(() => parseQuantity('1ii'))).toBe("unable to parse quantity's suffix");
    expect(messageOf(() => parseQuantity('1 Gi'))).toContain('must match the regular expression');
  });
});

describe('JSON', () => {
  it.each([
    ['{"berth":1,}', "invalid character '}' looking for beginning of object key string"],
    ['{"berth" 1}', "invalid character '1' after object key"],
    ['{"berth":1 "x"}', `invalid character '"' after object key:value pair`],
    ['[1 2]', "invalid character '2' after array element"],
    ['[tru]', "invalid character ']' in literal true (expecting 'e')"],
    ['tru', "invalid character ' ' in literal true (expecting 'e')"],
    ['01', "invalid character '1' after top-level value"],
    ['"\\x"', "invalid character 'x' in string escape code"],
    ['"\\u00g0"', "invalid character 'g' in \\u hexadecimal character escape"],
    ['é', "invalid character 'Ã' looking for beginning of value"],
    ['', 'unexpected end of JSON input'],
    ['[1e400, oops]', "invalid character 'o' looking for beginning of value"],
  ])('%s is refused as Go refuses it', (text, message) => {
    expect(messageOf(() => decodeJson(text))).toBe(message);
  });

  it('reads what JSON.parse reads, and writes it sorted and safe inside HTML', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const decoded = decodeJson(JSON.stringify(value));
        expect(JSON.parse(encodeJson(decoded))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(encodeJson(fromJson({ b: '<&>', a: '\u2028' }))).toBe(
      '{"a":"\\u2028","b":"\\u003c\\u0026\\u003e"}',
    );
  });

  it('refuses deep nesting instead of running out of stack', () => {
    expect(messageOf(() => decodeJson('['.repeat(1_000_000)))).toBe('exceeded max depth');
  });
});

describe('bytes', () => {
  it('survive as text, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect([...bytesOf(textOf(bytes))]).toEqual([...bytes]);
      }),
    );
  });

  it('go through base64 and back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const whole = text.replace(/[\ud800-\udfff]/gu, '');
        expect(decodeBase64(encodeBase64(whole))).toBe(whole);
      }),
    );
    expect(messageOf(() => decodeBase64('YQ=x'))).toBe('illegal base64 data at input byte 2');
    expect(messageOf(() => decodeBase64('YQ=='.repeat(2)))).toBe('illegal base64 data at input byte 4');
  });

  it('change case one character for one', () => {
    expect(toUpper('Straße ŉ ᾳ')).toBe('STRAßE ŉ ᾼ');
    expect(toLower('İΣ')).toBe('iσ');
  });
});
