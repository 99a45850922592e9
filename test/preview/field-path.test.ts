import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '#preview/failure.ts';
import { parsePath, pathText } from '#preview/field-path/parse.ts';
import { readPath } from '#preview/field-path/read.ts';
import { expandWildcards } from '#preview/field-path/wildcards.ts';
import { writePath } from '#preview/field-path/write.ts';
import { fromJson, type GoObject, isObject, newObject, toJson } from '#preview/go/value.ts';

const harbour = (): GoObject => {
  const object = fromJson({
    spec: { region: 'eu-west-1', zones: ['a', 'b'], none: null, rules: [{ id: '1' }, null, { ports: [80] }] },
    metadata: { labels: { 'tideline.example/pier': 'seven', '0': 'zero' } },
  });
  return isObject(object) ? object : newObject();
};

const kindOf = (work: () => unknown): string => {
  try {
    work();
    return 'fine';
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return `${error.kind}: ${error.message}`;
  }
};

describe('reading', () => {
  it.each([
    ['spec.zones[1]', 'b'],
    ['metadata.labels[tideline.example/pier]', 'seven'],
    ["metadata.labels['0']", 'zero'],
    ['[spec]region', 'eu-west-1'],
    ['spec.none', null],
    ['spec.rules[2].ports[0]', 80],
  ])('%s', (path, value) => {
    expect(readPath(harbour(), path)).toEqual(value);
  });

  it.each([
    ['spec.zones[2]', 'missing: spec.zones[2]: no such element'],
    ['spec.none.vpcId', 'missing: spec.none: expected map, got nil'],
    ['spec.none[0]', 'error: spec.none: not an array'],
    ['spec.region.x', 'error: spec.region: not an object'],
    ['spec.constructor', 'missing: spec.constructor: no such field'],
    ['spec.__proto__', 'missing: spec.__proto__: no such field'],
    ['spec.rules[*].id', 'error: spec.rules: not an object'],
  ])('%s is %s', (path, problem) => {
    expect(kindOf(() => readPath(harbour(), path))).toBe(problem);
  });

  it.each([
    ['.spec', "unexpected '.' at position 0"],
    ['spec.', "unexpected '.' at position 4"],
    ['spec..x', "unexpected '.' at position 5"],
    ['spec.[x]', "unexpected '[' at position 5"],
    ['spec[]', "unexpected ']' at position 5"],
    ['spec[a[b]]', "unexpected '[' at position 6"],
    ['spec[x', "unterminated '[' at position 4"],
    ['é]', "unexpected ']' at position 2"],
  ])('%s cannot be parsed', (path, problem) => {
    expect(kindOf(() => parsePath(path))).toBe(
      `error: cannot parse path ${JSON.stringify(path)}: ${problem}`,
    );
  });
});

describe('writing', () => {
  it('makes what is missing, and extends arrays', () => {
    const object = harbour();
    writePath(object, 'spec.zones[3]', 'd');
    writePath(object, 'spec.rules[1].id', '2');
    writePath(object, 'spec.network.subnets[1].id', 's');
    expect(toJson(object)).toMatchObject({
      spec: {
        zones: ['a', 'b', null, 'd'],
        rules: [{ id: '1' }, { id: '2' }, { ports: [80] }],
        network: { subnets: [null, { id: 's' }] },
      },
    });
  });

  it('never reaches a prototype', () => {
    const object = harbour();
    writePath(object, 'spec.__proto__.polluted', true);
    writePath(object, 'constructor.prototype.polluted', true);
    expect('polluted' in {}).toBe(false);
    expect(readPath(object, 'spec.__proto__.polluted')).toBe(true);
  });

  it.each([
    ['spec.zones[1025]', 'error: index 1025 is greater than max allowed index 1024'],
    ['spec.none.x', 'error: spec.none is not an object'],
    ['spec.zones.x', 'error: spec.zones is not an object'],
    ['spec[0]', 'error: spec is not an array'],
  ])('%s is refused', (path, problem) => {
    expect(kindOf(() => writePath(harbour(), path, 'x'))).toBe(problem);
  });
});

describe('wildcards', () => {
  it('stand for what is there', () => {
    expect(expandWildcards(harbour(), 'spec.rules[*].id')).toEqual(['spec.rules[0].id']);
    expect(expandWildcards(harbour(), 'metadata.labels[*]')).toEqual([
      'metadata.labels.0',
      'metadata.labels[tideline.example/pier]',
    ]);
    expect(kindOf(() => expandWildcards(harbour(), 'spec.none[*]'))).toMatch(
      /^missing: .*is not found in the path$/,
    );
    expect(kindOf(() => expandWildcards(harbour(), 'spec.region[*]'))).toMatch(/unexpected wildcard usage$/);
  });
});

describe('any path', () => {
  const path = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc
      .array(
        fc.oneof(
          fc.constantFrom('spec', '.', '[', ']', '[*]', '[0]', "['a.b']", '*', '__proto__'),
          fc.string({ maxLength: 3 }),
        ),
      )
      .map((parts) => parts.join('')),
  );

  it('is read, written and expanded, or refused', () => {
    fc.assert(
      fc.property(path, fc.jsonValue(), (text, json) => {
        for (const use of [
          () => readPath(harbour(), text),
          () => writePath(harbour(), text, fromJson(json)),
          () => expandWildcards(harbour(), text),
        ]) {
          expect(kindOf(use)).toMatch(/^(fine|missing|error|crash)/);
        }
      }),
    );
  });

  it('holds what was written', () => {
    fc.assert(
      fc.property(path, (text) => {
        const object = harbour();
        if (kindOf(() => writePath(object, text, 'written')) !== 'fine' || parsePath(text).length === 0)
          return;
        expect(readPath(object, text)).toBe('written');
      }),
    );
  });

  it('means the same when it is shown', () => {
    const name = fc.string({ minLength: 1, maxLength: 6 }).filter((text) => !/[.[\]'"]/.test(text));
    fc.assert(
      fc.property(fc.array(fc.oneof(name, fc.nat({ max: 99 })), { minLength: 1 }), (segments) => {
        expect(parsePath(pathText(segments))).toEqual(segments);
      }),
    );
  });
});
