import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { removeAt, type Spliced, setAt, withRemarks } from '#environments/edit/splice.ts';

const FLEET = `# The fleet.
spec:
  ships: # at sea
    aurora: # 1.42.3
      image: "registry.tideline.example/aurora:1" # pinned

      crew: { captain: ada, mate: 'bo' }
    # Nobody knows why.
    borealis: { image: b:1, berths: [1, 2] } # in dock
    empty: {}
    gone: ~
    bare:
  note: |
    two
    lines
  last: 1`;

const textOf = (made: Spliced) => ('text' in made ? made.text : `refused: ${made.refused}`);
const set = (path: string, value: unknown, text = FLEET) => textOf(setAt(text, path.split('.'), value));
const remove = (path: string, text = FLEET) => textOf(removeAt(text, path.split('.')));
/** Lines that differ, old and new. */
const changed = (after: string, before = FLEET): readonly string[] => {
  const [old, fresh] = [before.split('\n'), after.split('\n')];
  return [
    ...old.filter((line) => !fresh.includes(line)).map((line) => `- ${line}`),
    ...fresh.filter((line) => !old.includes(line)).map((line) => `+ ${line}`),
  ];
};

describe('setting a value', () => {
  it.each<readonly [string, unknown, readonly string[]]>([
    [
      'spec.ships.aurora.image',
      'registry.tideline.example/aurora:2',
      [
        '-       image: "registry.tideline.example/aurora:1" # pinned',
        '+       image: "registry.tideline.example/aurora:2" # pinned',
      ],
    ],
    [
      'spec.ships.aurora.crew.mate',
      'cy',
      ["-       crew: { captain: ada, mate: 'bo' }", "+       crew: { captain: ada, mate: 'cy' }"],
    ],
    [
      'spec.ships.aurora.crew.cook',
      'yes, sir',
      [
        "-       crew: { captain: ada, mate: 'bo' }",
        `+       crew: { captain: ada, mate: 'bo', cook: "yes, sir" }`,
      ],
    ],
    ['spec.ships.aurora.berths', 12, ['+       berths: 12']],
    ['spec.ships.empty.image', 'e:1', ['-     empty: {}', '+     empty: { image: e:1 }']],
    ['spec.ships.clio.image', 'c:1', ['+     clio: { image: c:1 }']],
    ['spec.ships.bare', 'b', ['-     bare:', '+     bare: b']],
    ['spec.last', '2', ['-   last: 1', '+   last: "2"']],
    ['spec.note', 'one', ['-   note: |', '-     two', '-     lines', '+   note: one']],
    ['spec.next', { a: 1 }, ['+   next: { a: 1 }']],
    [
      'spec.ships.borealis.berths',
      [3],
      [
        '-     borealis: { image: b:1, berths: [1, 2] } # in dock',
        '+     borealis: { image: b:1, berths: [ 3 ] } # in dock',
      ],
    ],
  ])('%s', (path, value, lines) => {
    expect(changed(set(path, value))).toEqual(lines);
  });

  it('keeps the line ends that a file has', () => {
    const windows = FLEET.replaceAll('\n', '\r\n');
    expect(set('spec.ships.clio.image', 'c:1', windows)).toBe(
      set('spec.ships.clio.image', 'c:1').replaceAll('\n', '\r\n'),
    );
  });

  it.each([
    ['a: &x { b: 1 }\nc: *x\n', 'c.b', 'refused: alias'],
    ['a: &x { b: 1 }\nc: *x\n', 'a.b', 'refused: anchor'],
    ['a: { b: &x 1 }\nc: *x\n', 'a.b', 'refused: anchor'],
    ['a: { b: &x 1 }\n', 'a.b', 'a: { b: &x 2 }\n'],
    ['a: ~\n', 'a.b', 'refused: removed'],
  ])('%j at %s', (text, path, wanted) => {
    expect(set(path, 2, text)).toBe(wanted);
  });
});

describe('taking a value out', () => {
  it.each<readonly [string, readonly string[]]>([
    ['spec.ships.aurora.image', ['-       image: "registry.tideline.example/aurora:1" # pinned']],
    ['spec.last', ['-   last: 1']],
    ['spec.nothing', []],
    [
      'spec.ships.borealis.image',
      [
        '-     borealis: { image: b:1, berths: [1, 2] } # in dock',
        '+     borealis: { berths: [1, 2] } # in dock',
      ],
    ],
    [
      'spec.ships.borealis.berths',
      [
        '-     borealis: { image: b:1, berths: [1, 2] } # in dock',
        '+     borealis: { image: b:1 } # in dock',
      ],
    ],
  ])('%s', (path, lines) => {
    expect(changed(remove(path))).toEqual(lines);
  });

  it('leaves an empty map where the last entry goes', () => {
    expect(parse(remove('a.b', 'a:\n  b: 1 # one\nc: 2\n'))).toEqual({ a: {}, c: 2 });
    expect(parse(remove('a.b', 'a: { b: 1 }\n'))).toEqual({ a: {} });
  });
});

it.each([
  ['a: # 1.2.3\n  image: b # v7\n', { key: '# 2.0', value: '# v8' }, 'a: # 2.0\n  image: b # v8\n'],
  ['a: # 1.2.3\n  image: b\n', {}, 'a:\n  image: b\n'],
  ['a:\n  image: b\n', { key: '# 2.0' }, 'a: # 2.0\n  image: b\n'],
  ['a: # never more than 3\n  image: b # old\n', { key: '# 2.0', value: '# 1' }, undefined],
  ['a:\n  image: b\n', { key: '# the flagship', value: '# sails well' }, undefined],
  ['a: { image: b } # 1.2.3\n', { key: '# 2.0', value: '# 1' }, undefined],
])('remarks on versions: %j', (text, remarks, wanted) => {
  expect(withRemarks(text, ['a', 'image'], remarks)).toBe(wanted ?? text);
});

/** Whatever stands in a file, an edit changes that one value, and a second one takes it back. */
it('changes what it is asked to, and nothing else', () => {
  const key = fc.constantFrom('aurora', 'borealis', 'image', 'berths', 'crew');
  const word = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom('yes', '0777', '~', '# no', 'a: b', '- x', '{', "it's", '"', 'null', '1e3', ' padded '),
    fc.integer(),
    fc.boolean(),
  );
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      word,
      fc.array(word, { maxLength: 3 }),
      fc.dictionary(key, tie('tree'), { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
    ),
  }));
  const root = fc.dictionary(key, tree, { minKeys: 1, maxKeys: 4, noNullPrototype: true });
  fc.assert(
    fc.property(root, fc.array(key, { minLength: 1, maxLength: 3 }), word, (fields, path, value) => {
      const text = written(fields);
      const made = setAt(text, path, value);
      if ('refused' in made) {
        expect(made.refused).toBe('removed');
        return;
      }
      const wanted = structuredClone(fields);
      place(wanted, path, value);
      expect(parse(made.text)).toEqual(wanted);
      const lines = new Set(made.text.split('\n'));
      const own = text.split('\n').filter((line) => line.startsWith('#'));
      expect(own.filter((line) => !lines.has(line))).toEqual([]);
      const removed = removeAt(made.text, path);
      expect('text' in removed && lookup(parse(removed.text), path)).toBe(undefined);
    }),
    { numRuns: 400 },
  );
});

const written = (fields: Readonly<Record<string, unknown>>): string =>
  Object.entries(fields)
    .map(([name, value]) => `# About ${name}.\n${name}: ${JSON.stringify(value)} # ${name}\n`)
    .join('');

function place(
  fields: Record<string, unknown>,
  [name = '', ...rest]: readonly string[],
  value: unknown,
): void {
  if (rest.length === 0) fields[name] = value;
  else {
    const inner = isFields(fields[name]) ? fields[name] : {};
    fields[name] = inner;
    place(inner, rest, value);
  }
}

const lookup = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, name) => (isFields(inner) ? inner[name] : undefined), value);

const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
