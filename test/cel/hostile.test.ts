import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CelError, compile, kubernetesEnvironment, PER_CALL_LIMIT, typeChecker } from '#cel/cel.ts';
import { typeOfSchema } from '#cel/types/schema.ts';
import { DYN } from '#cel/types/type.ts';

const environment = kubernetesEnvironment({ object: DYN });

const recorded: { readonly cases: readonly { readonly expression: string }[] } = JSON.parse(
  readFileSync(new URL('fixtures/recorded-1.34.json', import.meta.url), 'utf8'),
);

const TYPED =
  typeOfSchema(
    {
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'array', items: { type: 'integer' } } },
    },
    { name: 'Object', isResource: true },
  ) ?? DYN;

const run = (source: string, object: unknown = {}, remaining?: number): unknown => {
  const { program, issues } = compile(source, environment);
  expect(issues).toEqual([]);
  return program?.run({ object }, remaining === undefined ? undefined : { remaining });
};

/** Pieces that expressions are made of, put together without sense. */
const pieces = fc
  .array(
    fc.constantFrom(
      ...'object . ( ) [ ] { } ? : , + - * / % ! && || == < in a.b "x" \'y\' r"\\d" 1 2u 3.5 0x1F true null has all exists map x , b\'\\x00\' \\ ` @ # \n'.split(
        ' ',
      ),
      '.all(x, ',
      '.?a',
      '[?0]',
      '{?1: ',
      'matches(',
      "duration('1h')",
      '// x',
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

describe('any text', () => {
  test('is compiled or refused with a position in it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), pieces), (source) => {
        const { program, issues } = compile(source, environment);
        expect(program === undefined).toBe(issues.length > 0);
        for (const { offset, line, column } of issues) {
          expect(offset).toBeLessThanOrEqual(source.length);
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  test('evaluates to something on any data', () => {
    fc.assert(
      fc.property(pieces, fc.jsonValue(), (source, object) => {
        const { program } = compile(source, environment);
        expect(program?.run({ object })).not.toBe(program === undefined ? null : undefined);
      }),
      { numRuns: 5_000 },
    );
  });

  test.each([
    ['parentheses', '('.repeat(10_000)],
    ['balanced parentheses', `${'('.repeat(5_000)}1${')'.repeat(5_000)}`],
    ['lists', '['.repeat(10_000)],
    ['maps', '{1:'.repeat(10_000)],
    ['signs', `${'-'.repeat(50_000)}object`],
    ['sums', `1${'+1'.repeat(40_000)}`],
    ['fields', `object${'.a'.repeat(40_000)}`],
    ['ternaries', `${'true?1:'.repeat(10_000)}1`],
    ['macros', `${'[1].all(x, '.repeat(3_000)}true${')'.repeat(3_000)}`],
    ['an open string', `'${'a'.repeat(90_000)}`],
    ['too much', ' '.repeat(100_001)],
  ])('with %s without end is read in bounded time', (_, source) => {
    const started = performance.now();
    compile(source, environment);
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  test('may be long where it is not deep', () => {
    const source = Array.from({ length: 5_000 }, (_, index) => `object.a != ${index}`).join(' && ');
    expect(run(source, { a: -1 })).toBe(true);
  });
});

describe('evaluation', () => {
  const list = Array.from({ length: 1_000 }, (_, index) => index);

  test('ends at its cost', () => {
    const nested = 'object.all(a, object.all(b, object.all(c, a + b + c >= 0)))';
    const result = run(nested, list);
    expect(result).toBeInstanceOf(CelError);
    expect(result).toMatchObject({ costExceeded: true });
  });

  test('does not absorb the end', () => {
    const nested = 'object.all(a, object.all(b, object.all(c, true))) || true';
    expect(run(nested, list)).toMatchObject({ costExceeded: true });
  });

  test('ends at what is left of a budget, and takes from it', () => {
    expect(run('object.all(a, a >= 0)', list, 100)).toMatchObject({ costExceeded: true });
    const { program } = compile('object.all(a, a >= 0)', environment);
    const budget = { remaining: PER_CALL_LIMIT };
    expect(program?.run({ object: list }, budget)).toBe(true);
    expect(budget.remaining).toBe(PER_CALL_LIMIT - (1 + 1_000 * 5 + 1));
  });

  test('can be interrupted', () => {
    const { program } = compile('object.all(a, a >= 0)', environment);
    const result = program?.run({ object: list }, { remaining: PER_CALL_LIMIT, interrupted: () => true });
    expect(result).toMatchObject({ cause: 'interrupted' });
  });

  test('charges long strings', () => {
    expect(run("object.matches('(a|b|c|d|e|f|g|h)*z')", 'a'.repeat(3_000_000))).toMatchObject({
      costExceeded: true,
    });
  });
});

/** Real expressions, cut up and put together anew. */
const RECORDED: readonly string[] = recorded.cases.map(({ expression }) => expression);
const TOKEN = /\s+|[A-Za-z_][\w]*|\d+(?:\.\d+)?|'(?:[^'\\]|\\.)*'|[^\s\w]/g;
const mutated = fc
  .array(
    fc.record({
      from: fc.nat(RECORDED.length - 1),
      start: fc.nat(30),
      length: fc.integer({ min: 1, max: 12 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((cuts) =>
    cuts
      .map(({ from, start, length }) =>
        (RECORDED[from]?.match(TOKEN) ?? []).slice(start % 7, (start % 7) + length).join(''),
      )
      .join(''),
  );

describe('what an expression makes', () => {
  const object = { s: 'a'.repeat(3_000_000), t: 'a'.repeat(30_000) };

  test.each([
    ['a text in which each letter becomes the whole', "object.t.replace('a', object.t).size()"],
    ['a text of texts', "object.t.split('').map(x, object.t).join(object.t).size()"],
    ['a list as text', "'%s'.format([object.t.split('').map(x, object.s)]).size()"],
    ['a list that doubles', `[[1, 1]].map(x, x + x)${'.map(x, x + x)'.repeat(40)}.size()`],
    ['a text that doubles', `[object.s].map(x, x + x)${'.map(x, x + x)'.repeat(40)}.size()`],
    ['bytes that double', `[bytes(object.s)].map(x, x + x)${'.map(x, x + x)'.repeat(40)}.size()`],
    ['a range', 'lists.range(9007199254740993).size()'],
    ['what is distinct in a long list', 'lists.range(300000).distinct().size()'],
    ['a long list, sorted', "object.t.split('').sort().size()"],
    ['a pattern as long as a document', "'x'.matches(object.t.replace('a', '(a*)*'))"],
    ['a pattern that never closes', "'x'.find(object.t.replace('a', '(a|b'))"],
    ['a pattern that repeats repeats', "(object.t + 'b').find('((a{1,30}){1,30})b') == ''"],
    ['a search from every letter to the end', "object.t.findAll('(a|a*b)').size() == 0"],
    ['lists in lists', "object.t.split('').all(a, object.t.split('').all(b, a == b))"],
    ['a precision', "'%.999999999f'.format([1.5])"],
  ])('is bounded: %s', (_, source) => {
    const { program } = compile(source, kubernetesEnvironment({ object: DYN }, '1.34', 'stored'));
    const before = process.memoryUsage().rss;
    const started = performance.now();
    expect(program?.run({ object })).not.toBe(true);
    expect(performance.now() - started).toBeLessThan(15_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(1e9);
  });

  test('is bounded, of whatever pieces it is made', () => {
    const all = kubernetesEnvironment({ object: DYN }, '1.34', 'stored');
    fc.assert(
      fc.property(mutated, fc.jsonValue(), (source, value) => {
        const { program, issues } = compile(source, all);
        expect(program === undefined).toBe(issues.length > 0);
        const started = performance.now();
        program?.run({ object: value });
        expect(performance.now() - started).toBeLessThan(5_000);
        const typed = kubernetesEnvironment({ object: TYPED }, '1.34', 'stored');
        for (const { offset } of typeChecker(source)(typed).issues)
          expect(offset).toBeLessThanOrEqual(source.length);
      }),
      { numRuns: 4_000 },
    );
  }, 120_000);
});

describe('data', () => {
  test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'])(
    'has no %s that it was not given',
    (name) => {
      expect(run(`has(object.${name})`)).toBe(false);
      expect(run(`object.${name}`)).toMatchObject({ message: `no such key: ${name}` });
      expect(run(`object['${name}']`)).toMatchObject({ message: `no such key: ${name}` });
      expect(run(`'${name}' in object`)).toBe(false);
      expect(run(`object.?${name}.hasValue()`)).toBe(false);
    },
  );

  test('may have such a key of its own', () => {
    const object: unknown = JSON.parse('{"__proto__": "mine", "constructor": "ours"}');
    expect(run('object.__proto__ + object.constructor', object)).toBe('mineours');
  });

  test('reads lists by their elements only', () => {
    expect(run('object.length', [1])).toBeInstanceOf(CelError);
    expect(run('object[0]', [1])).toBe(1);
  });
});
