import fc from 'fast-check';
import { expect, test } from 'vitest';
import { merge } from '#environments/extends/merge.ts';
import { data, type Mapping } from '#environments/tree.ts';
import { parseYaml } from '#environments/yaml/parse.ts';
import type { Finding } from '#model/finding.ts';
import { suggester } from '#model/suggest.ts';

const suggest = suggester();
const key = fc.constantFrom('ship', 'port', 'crew', 'cargo');
const scalar = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.boolean(), fc.constantFrom('bow', 'stern'));
const { map } = fc.letrec<{ value: unknown; map: Record<string, unknown> }>((tie) => ({
  value: fc.oneof({ weight: 3, arbitrary: scalar }, fc.array(scalar, { maxLength: 3 }), tie('map')),
  map: fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
}));

/** JSON is YAML: what stands in `file` as a tree. */
function tree(file: string, value: object): Mapping {
  const parsed = parseYaml(file, JSON.stringify(value), suggest).value;
  if (parsed === undefined) throw new Error('no tree');
  return parsed;
}

const merged = (base: object | undefined, own: object, findings: Finding[] = []) =>
  merge(base && tree('base', base), tree('own', own), '/spec', suggest, findings);

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The law in one line each: a map and a map merge, anything else is replaced. */
function expected(base: unknown, own: Record<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = isMap(base) ? { ...base } : {};
  for (const [name, value] of Object.entries(own)) {
    result[name] = isMap(value) ? expected(result[name], value) : value;
  }
  return result;
}

test('maps merge, lists and single values are replaced', () => {
  fc.assert(
    fc.property(map, map, (base, own) => {
      expect(data(merged(base, own))).toEqual(expected(base, own));
    }),
  );
});

test('merging with nothing, or with itself, changes nothing', () => {
  fc.assert(
    fc.property(map, (own) => {
      expect(data(merged(undefined, own))).toEqual(own);
      expect(data(merged({}, own))).toEqual(own);
      expect(data(merged(own, {}))).toEqual(own);
      expect(data(merged(own, own))).toEqual(own);
    }),
  );
});

test('it does not matter which of three files are merged first, while each field keeps its type', () => {
  const typed = fc.record(
    {
      ship: fc.record({ crew: scalar, cargo: fc.array(scalar) }, { requiredKeys: [], noNullPrototype: true }),
      port: fc.record({ ship: scalar }, { requiredKeys: [], noNullPrototype: true }),
      crew: scalar,
    },
    { requiredKeys: [], noNullPrototype: true },
  );
  fc.assert(
    fc.property(typed, typed, typed, (one, two, three) => {
      const [a, b, c] = [tree('one', one), tree('two', two), tree('three', three)];
      const left = merge(merge(a, b, '', suggest, []), c, '', suggest, []);
      const right = merge(a, merge(b, c, '', suggest, []), '', suggest, []);
      expect(left).toEqual(right);
    }),
  );
});

test('null removes what is inherited; where nothing is, that is a finding', () => {
  fc.assert(
    fc.property(map, key, (base, removed) => {
      const findings: Finding[] = [];
      const result = data(merged(base, { [removed]: null }, findings));
      const { [removed]: _, ...others } = base;
      expect(result).toEqual(others);
      expect(findings.map(({ pointer }) => pointer)).toEqual(
        Object.hasOwn(base, removed) ? [] : [`/spec/${removed}`],
      );
    }),
  );
});

test('every value knows the file that set it', () => {
  fc.assert(
    fc.property(map, map, (base, own) => {
      for (const [name, { value }] of merged(base, own).entries) {
        expect(value.at.file).toBe(Object.hasOwn(own, name) ? 'own' : 'base');
      }
    }),
  );
});

test('Helm sees a null that removes no inherited value', () => {
  const values = (inner: object) => ({ charts: { ship: { values: inner } } });
  expect(data(merged(values({ port: 1 }), values({ port: null, crew: null })))).toEqual(
    values({ crew: null }),
  );
});
