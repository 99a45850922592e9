import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileAccess } from '#manifests/read/files.ts';
import { readManifests, readManifestText } from '#manifests/read/read.ts';

/** Foreign input costs bounded time and memory, and never an exception. */

const codes = (text: string) => readManifestText(text, 'bomb.yaml').findings.map(({ code }) => code);

const memory = (data: Uint8Array): FileAccess => ({
  stat: () => ({ kind: 'file', bytes: data.byteLength }),
  list: () => [],
  realPath: (path) => path,
  read: () => data,
  readStandardInput: () => data,
});

describe('bombs', () => {
  it('refuses aliases that multiply', () => {
    const levels = Array.from({ length: 40 }, (_, level) =>
      level === 0 ? 'l0: &l0 [sos, sos]' : `l${level}: &l${level} [*l${level - 1}, *l${level - 1}]`,
    );
    expect(codes(levels.join('\n'))).toContain('manifest-expands');
  });

  it('refuses merges that multiply', () => {
    const levels = Array.from({ length: 40 }, (_, level) =>
      level === 0
        ? 'l0: &l0 { a: 1 }'
        : `l${level}: &l${level} { <<: [*l${level - 1}, *l${level - 1}], k${level}: *l${level - 1} }`,
    );
    expect(codes(levels.join('\n'))).toContain('manifest-expands');
  });

  it.each([
    ['[', 100_000],
    ['{a: ', 100_000],
    ['- ', 100_000],
    ['? ', 100_000],
    ['[a, ', 100_000],
  ])('refuses depth made of %j', (part, count) => {
    const [code] = codes(part.repeat(count));
    expect(['manifest-too-deep', 'manifest-syntax']).toContain(code);
  });

  it('refuses closed depth, too', () => {
    expect(codes(`${'['.repeat(50_000)}${']'.repeat(50_000)}`)).toEqual(['manifest-too-deep']);
  });

  it('refuses a document of more than 4 MiB, and says how large it is', () => {
    expect(codes(`a: ${'x'.repeat(5 * 1024 * 1024)}`)).toEqual(['manifest-too-large']);
  });

  it('refuses a file of more than 32 MiB, and says how large it is', () => {
    const access: FileAccess = {
      ...memory(new Uint8Array(32 * 1024 * 1024 + 1)),
      stat: () => ({ kind: 'file', bytes: 33 * 1024 * 1024 }),
    };
    expect(readManifests(['big.yaml'], access).findings).toMatchObject([
      { code: 'manifest-too-large', args: { bytes: 33 * 1024 * 1024 } },
    ]);
  });

  it('reads 20,000 keys in linear time', () => {
    const keys = Array.from({ length: 20_000 }, (_, index) => `  port${index}: a`).join('\n');
    const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ports }\ndata:\n${keys}\n`;
    expect(codes(text)).toEqual([]);
  });
});

describe('anything at all', () => {
  const alphabet = fc.constantFrom(
    ...[
      'a',
      ': ',
      '\n',
      '  ',
      '- ',
      '"',
      "'",
      '{',
      '}',
      '[',
      ']',
      ',',
      '&a ',
      '*a',
      '<<: ',
      '!!str ',
      '!x ',
      '|',
      '>',
    ],
    ...[
      '---\n',
      '...\n',
      '%YAML 1.1\n',
      '#',
      '\t',
      '\r\n',
      '?',
      '~',
      '0x',
      '\u0000',
      '\ufeff',
      '\u2028',
      '\ud800',
    ],
    ...['apiVersion: v1\n', 'kind: List\n', 'items:\n', 'metadata: {name: a}\n', '__proto__: 1\n'],
  );

  it('is read without an exception, and every place is in the text', () => {
    fc.assert(
      fc.property(fc.array(alphabet, { maxLength: 60 }), (parts) => {
        const text = parts.join('');
        const { manifests, findings } = readManifestText(text, 'any.yaml');
        const lines = text.split('\n').length;
        const origins = [
          ...findings.map(({ origin }) => origin),
          ...manifests.map(({ locate }) => locate('/metadata/name/x/0')),
        ];
        for (const origin of origins) {
          expect(origin?.line).toBeGreaterThanOrEqual(1);
          expect(origin?.line).toBeLessThanOrEqual(lines);
          expect(origin?.column).toBeGreaterThanOrEqual(1);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is read without an exception where it is no text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (data) => {
        const { value, findings } = readManifests(['any.yaml'], memory(data));
        expect(value !== undefined || findings.length > 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('says so where it is not UTF-8', () => {
    for (const bytes of [
      [0xff, 0xfe, 0x61, 0x00],
      [0x61, 0xc3, 0x28],
    ]) {
      const { findings, value } = readManifests(['x.yaml'], memory(Uint8Array.from(bytes)));
      expect(findings.map(({ code }) => code)).toEqual(['manifest-encoding']);
      expect(value).toBeUndefined();
    }
  });
});
