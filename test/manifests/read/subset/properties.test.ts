import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { emit } from '#manifests/emit.ts';
import { readManifestText } from '#manifests/read/read.ts';
import { agreementOn } from './agreement.ts';

/** Whatever the text, the fast reader gives up or reads exactly what the complete reader reads. */

const words = fc.constantFrom(
  ...['Rotterdam', 'berth 7', 'yes', 'No', 'on', 'y', '~', 'null', '', ' ', '0755', '1_000', '12:30:45'],
  ...['=', '<<', '0x1F', '.5', '-.inf', '.NaN', '1e3', '-0', '+12', '2025-01-02', '- pier', 'a: b', 'a #b'],
  ...[
    '"quoted"',
    "it's",
    '\\',
    'tab\there',
    'two\nlines',
    'end\n',
    '\nstart',
    'a\n\nb\n\n',
    '  indented\n x',
  ],
  ...['{}', '[a', '? x', '| x', '> x', '!tag', '&anchor', '*alias', '%x', '@x', '`x', '---', '...', '\u00e9'],
  ...['\u2028', '\u0085', '\ufeff', '\u{1f6a2}', '\r\n', '9007199254740993', '18446744073709551616'],
  ...[
    'a long line of words, that a writer of YAML would rather fold than leave as it is, as it has more than 80',
  ],
  ...['constructor', '__proto__', 'toString', '500m', '10.0.0.0/8', ':8080', 'a:b', '-x', '--flag=1', '#x'],
);
const scalar = fc.oneof(
  words,
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);
const { document } = fc.letrec<{ document: unknown }>((tie) => ({
  document: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.array(tie('document'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(words, fc.string({ maxLength: 8 })), tie('document'), { maxKeys: 4 }),
  ),
}));

const styles = fc.record({
  version: fc.constantFrom('1.1' as const, '1.2' as const),
  indent: fc.constantFrom(1, 2, 4),
  indentSeq: fc.boolean(),
  lineWidth: fc.constantFrom(0, 20, 80),
  minContentWidth: fc.constant(0),
  defaultStringType: fc.constantFrom(
    'PLAIN',
    'QUOTE_DOUBLE',
    'QUOTE_SINGLE',
    'BLOCK_LITERAL',
    'BLOCK_FOLDED',
  ),
  defaultKeyType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', null),
  collectionStyle: fc.constantFrom('any', 'block', 'flow'),
  flowCollectionPadding: fc.boolean(),
  singleQuote: fc.constantFrom(true, false, null),
  blockQuote: fc.constantFrom(true, false, 'folded' as const, 'literal' as const),
  nullStr: fc.constantFrom('null', '~', ''),
});

describe('documents in many styles', () => {
  it('are read the same or given up', () => {
    let read = 0;
    fc.assert(
      fc.property(fc.dictionary(words, document, { maxKeys: 5 }), styles, (value, style) => {
        const agreement = agreementOn(stringify(value, style));
        expect(agreement.different).toEqual([]);
        read += agreement.read;
      }),
      { numRuns: 3000 },
    );
    // Most of them hold something unusual; were all given up, nothing would be proven.
    expect(read).toBeGreaterThan(300);
  }, 120_000);

  it('are read, where our own writer wrote them', () => {
    const name = fc.constantFrom('berth', 'pilot', 'tide', 'a-b', 'x.y/z', '8080', 'yes');
    const text = fc.oneof(words, fc.string({ unit: 'grapheme-ascii', maxLength: 60 }), fc.lorem());
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(name, tie('value'), { maxKeys: 5 }),
      ),
    }));
    let read = 0;
    let givenUp = 0;
    fc.assert(
      fc.property(fc.dictionary(name, value, { maxKeys: 5 }), (spec) => {
        const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'ports' }, spec };
        const agreement = agreementOn(emit(object));
        expect(agreement.different).toEqual([]);
        read += agreement.read;
        givenUp += agreement.givenUp;
      }),
      { numRuns: 1000 },
    );
    expect(givenUp).toBeLessThan(read / 2);
  }, 120_000);
});

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const real = [
  'policies',
  'environments',
  'examples/online-boutique/environments',
  'test/fixtures/manifests/good',
  'test/fixtures/manifests/unreadable',
]
  .map((folder) => `${root}/${folder}`)
  .filter((folder) => fs.existsSync(folder))
  .flatMap((folder) => fs.readdirSync(folder).map((name) => `${folder}/${name}`))
  .filter((file) => /\.ya?ml$/.test(file))
  .map((file) => fs.readFileSync(file, 'utf8'));

/** Pieces that change what lies around them. */
const pieces = fc.constantFrom(
  ...[
    '\n',
    ' ',
    '  ',
    '\t',
    '\r',
    '\r\n',
    ':',
    ': ',
    ' :',
    '#',
    ' #',
    ' # c',
    '\n# c\n',
    '\n  # c\n',
    '-',
    '- ',
  ],
  ...[
    '\n- ',
    '\n  - ',
    '- - ',
    '? ',
    '"',
    "'",
    "''",
    '\\',
    '\\n',
    '\\u12',
    '{',
    '}',
    '[',
    ']',
    ',',
    ', ',
    '|',
  ],
  ...[
    '|\n',
    '|-\n',
    '|+\n',
    '>\n',
    '>-\n',
    '|2\n',
    '&a ',
    '*a',
    '!t ',
    '!!str ',
    '<<: ',
    '%',
    '@',
    '---',
    '\n---\n',
  ],
  ...[
    '--- ',
    '...',
    '\n...\n',
    '\n... ',
    'a: b',
    '\na: b\n',
    '  a: b\n',
    '\u00a0',
    '\u2028',
    '\u0085',
    '\ufeff',
    '\u{1f6a2}',
  ],
  ...[
    '\n\n',
    '\n \n',
    '~',
    'yes',
    '0',
    '0o7',
    '1e3',
    '=',
    'x',
    '{}',
    '[]',
    '[a]',
    '{ a: b }',
    '{a: b',
    "'a'",
    '"a"',
  ],
);

interface Edit {
  readonly at: number;
  readonly cut: number;
  readonly piece: string;
}

const edits = fc.array(
  fc.record({
    at: fc.nat({ max: 2_000_000_000 }),
    cut: fc.oneof(fc.constant(0), fc.nat({ max: 3 }), fc.nat({ max: 40 })),
    piece: fc.oneof(pieces, fc.constant('')),
  }),
  { minLength: 1, maxLength: 4 },
);

function edited(text: string, changes: readonly Edit[]): string {
  return changes.reduce((result, { at, cut, piece }) => {
    const place = at % (result.length + 1);
    return `${result.slice(0, place)}${piece}${result.slice(place + cut)}`;
  }, text);
}

/** A window of whole lines: short texts show more in less time. */
function window(text: string, from: number, lines: number): string {
  const all = text.split('\n');
  const start = from % all.length;
  return all.slice(start, start + lines).join('\n');
}

describe('real files, spoilt', () => {
  it('are read the same or given up', () => {
    let read = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...real),
        fc.nat({ max: 100_000 }),
        fc.integer({ min: 1, max: 30 }),
        edits,
        (text, from, lines, changes) => {
          const agreement = agreementOn(edited(window(text, from, lines), changes));
          expect(agreement.different).toEqual([]);
          read += agreement.read;
        },
      ),
      { numRuns: 8000 },
    );
    expect(read).toBeGreaterThan(1000);
  }, 120_000);
});

describe('anything at all', () => {
  it('is read the same or given up', () => {
    const line = fc.array(fc.oneof(pieces, words), { maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        expect(agreementOn(lines.join('\n')).different).toEqual([]);
      }),
      { numRuns: 8000 },
    );
  }, 120_000);

  it.each([
    ['a:\n', '  '],
    ['- ', ''],
    ['a: "', 'x'],
    ["a: '", "''"],
    ['a: |\n', '  x\n'],
    ['a: x\n', '  x\n'],
    ['a: x\n', '\n'],
    ['a: ', '['],
    ['a: [', 'b, '],
    ['# ', '#'],
    ['a: x', ' '],
    ['a:', ' '],
    ['a: "x\n', '  \n'],
    ['a: "', '\\\\'],
  ])('takes linear time: %j and much of %j', (start, piece) => {
    const time = (count: number) => {
      const text = `${start}${piece.repeat(count)}`;
      const begin = performance.now();
      readManifestText(text, 'long.yaml');
      return performance.now() - begin;
    };
    time(1000);
    // Quadratic would be hours; the room is for a busy machine.
    expect(time(300_000)).toBeLessThan(20_000);
  });
});
