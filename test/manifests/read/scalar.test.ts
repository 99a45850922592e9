import fs from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolvePlain } from '#manifests/read/scalar.ts';

/**
 * `scalars.json` is what sigs.k8s.io/yaml v1.6.0 (YAMLToJSONStrict), the reader of Kubernetes, makes of `v: SCALAR`;
 * `error` where it refuses.
 */
const golden: Readonly<Record<string, { readonly value?: unknown; readonly error?: true }>> = JSON.parse(
  fs.readFileSync(new URL('../../fixtures/manifests/scalars.json', import.meta.url), 'utf8'),
);

/** Go holds 64 unsigned bits; no field of Kubernetes does, so what is beyond 63 is told of. */
const REFUSED = new Set(['18446744073709551615']);

describe('plain scalars', () => {
  it.each(Object.entries(golden).filter(([text]) => !REFUSED.has(text)))(
    'reads %j as the API machinery does',
    (text, expected) => {
      const resolved = resolvePlain(text);
      if (expected.error) expect(resolved).toHaveProperty('problem', 'not-json');
      else expect(resolved).toEqual({ value: expected.value });
    },
  );

  it('tells of integers beyond 64 bits, whose doubles are no integer’s', () => {
    for (const text of ['9223372036854775808', '-9223372036854775809', '0xffffffffffffffffff']) {
      expect(resolvePlain(text)).toHaveProperty('problem', 'too-large');
      expect(Math.abs(Number(resolvePlain(text).value))).toBeGreaterThan(2 ** 63);
    }
    expect(resolvePlain('9223372036854775807')).not.toHaveProperty('problem');
  });

  it('gives text, number, boolean or null for anything, and text unchanged', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { value } = resolvePlain(text);
        if (typeof value === 'string') expect(value).toBe(text);
        else expect(value === null || typeof value === 'boolean' || Number.isFinite(value)).toBe(true);
      }),
    );
  });
});
