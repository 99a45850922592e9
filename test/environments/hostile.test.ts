import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readEnvironments } from '#environments/read.ts';
import type { Finding } from '#model/finding.ts';
import { segmentsOf, within } from '#model/pointer.ts';
import { environmentMessages } from '#report/messages/environment.ts';
import { FILE, TIDELINE } from './tideline.ts';

const read = (text: string) => readEnvironments([{ path: FILE, text }]);

/** What must hold of every finding: it stands inside of the file, and has a sentence. */
function sound(text: string, findings: readonly Finding[]) {
  const lines = text.split('\n');
  for (const { code, origin, args } of findings) {
    if (origin !== undefined) {
      expect(origin.line).toBeGreaterThanOrEqual(1);
      expect(origin.line).toBeLessThanOrEqual(lines.length);
      expect(origin.column).toBeGreaterThanOrEqual(1);
      expect(origin.column).toBeLessThanOrEqual((lines[origin.line - 1]?.length ?? 0) + 1);
    }
    const message: unknown = Reflect.get(environmentMessages, code);
    expect(message, code).toBeDefined();
    const { sentence, mend } = message as { sentence: (of: object) => string; mend: (of: object) => string };
    expect(`${sentence(args)} ${mend(args)}`).not.toMatch(/undefined|\[object/);
  }
}

const MARKS = [
  ...[
    ': ',
    '- ',
    '[',
    ']',
    '{',
    '}',
    ', ',
    '&a ',
    '*a ',
    '!!str ',
    '"',
    "'",
    '# ',
    '\n',
    '\n  ',
    '\t',
    '? ',
    '<<: ',
  ],
  ...[
    'null',
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '|\n',
    '>-\n',
    '0755',
    'yes',
    '~',
    '__proto__: ',
    'constructor: ',
  ],
];
const piece = fc.constantFrom(...MARKS, ...TIDELINE.split(/(?<=\n)/));

test('any text is read or refused, never thrown at', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.array(piece, { maxLength: 40 })),
      (input) => {
        const text = typeof input === 'string' ? input : input.join('');
        sound(text, read(text).findings);
      },
    ),
    { numRuns: 400 },
  );
});

test('an environment with one thing changed is read or refused', () => {
  const lines = TIDELINE.split('\n');
  const change = fc.record({
    line: fc.nat(lines.length - 1),
    at: fc.nat(40),
    remove: fc.nat(6),
    insert: fc.oneof(piece, fc.string({ maxLength: 4 })),
  });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      const mutated = [...lines];
      for (const { line, at, remove, insert } of changes) {
        const old = mutated[line] ?? '';
        mutated[line] = old.slice(0, at) + insert + old.slice(at + remove);
      }
      const text = mutated.join('\n');
      const { value, findings } = read(text);
      sound(text, findings);
      if (value?.length === 0) expect(findings.some(({ severity }) => severity === 'error')).toBe(true);
    }),
    { numRuns: 400 },
  );
});

test('every pointer of an environment, and any other, has a place in the file', () => {
  const loaded = read(TIDELINE).value?.[0];
  const lines = TIDELINE.split('\n');
  const pointers: string[] = [];
  const walk = (value: unknown, pointer: string) => {
    pointers.push(pointer);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, child] of Object.entries(value)) walk(child, within(pointer, key));
  };
  walk(loaded?.environment, '');
  expect(pointers.length).toBeGreaterThan(100);
  const anywhere = fc.oneof(
    fc.constantFrom(...pointers),
    fc.tuple(fc.constantFrom(...pointers), fc.string()).map(([pointer, key]) => within(pointer, key)),
    fc.string(),
  );
  fc.assert(
    fc.property(anywhere, (pointer) => {
      const place = loaded?.locate(pointer);
      expect(place?.file).toBe(FILE);
      expect(lines[(place?.line ?? 0) - 1]?.length).toBeGreaterThanOrEqual(place?.column ?? Number.NaN);
    }),
  );
});

test('pointers take any key apart and together', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 4 }), (keys) => {
      expect(segmentsOf(within('', ...keys))).toEqual(keys);
    }),
  );
});

/** Enough for anything quadratic to take minutes. */
const SIZE = 160_000;

test.each([
  ['brackets', '['.repeat(SIZE)],
  ['braces', '{'.repeat(SIZE)],
  ['dashes', '- '.repeat(SIZE / 2)],
  ['questions', '? '.repeat(SIZE / 2)],
  ['commas', `[${','.repeat(SIZE)}`],
  ['anchors', '&a '.repeat(SIZE / 4)],
  ['unknown aliases', '- *a\n'.repeat(SIZE / 5)],
  ['anchors and unknown aliases', Array.from({ length: SIZE / 20 }, (_, i) => `- &a${i} *b${i}`).join('\n')],
  ['underscores', `a: 1${'_'.repeat(SIZE)}x`],
  ['digits', `a: ${'1'.repeat(SIZE)}`],
  ['escapes', `a: "${'\\x'.repeat(SIZE / 2)}"`],
  ['keys', Array.from({ length: SIZE / 10 }, (_, i) => `k${i}: 1`).join('\n')],
  ['documents', '---\n'.repeat(SIZE / 4)],
  [
    'uses of nothing',
    `${TIDELINE}${Array.from({ length: SIZE / 20 }, (_, i) => `        u${i}: read`).join('\n')}`,
  ],
  [
    'unknown fields',
    `${TIDELINE}${Array.from({ length: SIZE / 20 }, (_, i) => `      f${i}: read`).join('\n')}`,
  ],
  ['a long name', TIDELINE.replace('product: tideline', `product: ${'t-'.repeat(SIZE / 2)}`)],
  ['a long host', TIDELINE.replace('ship.tideline.example', `${'a.'.repeat(SIZE / 2)}`)],
  ['a long path', `extends: ${'a/'.repeat(SIZE / 2)}\n${TIDELINE}`],
])(
  'much of %s ends soon',
  (_, text) => {
    const started = performance.now();
    expect(read(text).findings.length).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(20_000);
  },
  30_000,
);

test('keys that touch prototypes touch none', () => {
  const hostile = ['__proto__', 'constructor', 'prototype'].map((key) => `    ${key}: { polluted: true }\n`);
  const { findings } = read(
    TIDELINE.replace('    documents: {}\n', `    documents: {}\n${hostile.join('')}`),
  );
  expect(findings.map(({ code }) => code)).toEqual(
    Array.from({ length: 3 }, () => 'environment-reserved-key'),
  );
  expect(Reflect.get({}, 'polluted')).toBe(undefined);
});
