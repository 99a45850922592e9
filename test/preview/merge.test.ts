import { describe, expect, it } from 'vitest';
import { Failure } from '#preview/failure.ts';
import { fromJson, normalised, toJson } from '#preview/go/value.ts';
import { type MergeOptions, merged } from '#preview/merge.ts';

const keep: MergeOptions = { force: false, appendArrays: false };
const force: MergeOptions = { force: true, appendArrays: false };
const append: MergeOptions = { force: false, appendArrays: true };

const result = (target: unknown, source: unknown, options: MergeOptions) =>
  toJson(merged(normalised(fromJson(target)), normalised(fromJson(source)), options));

describe('merged', () => {
  it.each<[string, unknown, unknown, MergeOptions, unknown]>([
    [
      'keeps values of the target',
      { env: 'base' },
      { env: 'prod', team: 'bookings' },
      keep,
      { env: 'base', team: 'bookings' },
    ],
    ['lets values of the source win', { env: 'base' }, { env: 'prod' }, force, { env: 'prod' }],
    [
      'counts empty values as absent',
      { a: '', b: 0, c: false, d: [], e: null },
      { a: 'x', b: 1, c: true, d: [1], e: {} },
      keep,
      { a: 'x', b: 1, c: true, d: [1], e: {} },
    ],
    ['adds no null', { a: 1 }, { b: null }, keep, { a: 1 }],
    ['writes null by force', { a: 1 }, { a: null, b: null }, force, { a: null, b: null }],
    ['appends what the target lacks', ['a', 1], [1, 'b', 'b'], append, ['a', 1, 'b', 'b']],
    ['appends everything further down', { l: ['a'] }, { l: ['a'] }, append, { l: ['a', 'a'] }],
    ['replaces an array by force', { l: ['a'] }, { l: [] }, force, { l: [] }],
    [
      'merges objects at every depth',
      { a: { b: { c: 1 } } },
      { a: { b: { d: 2 } } },
      keep,
      { a: { b: { c: 1, d: 2 } } },
    ],
    ['takes a null source whole', { a: 1 }, null, keep, null],
    ['keeps a scalar', 'old', 'new', keep, 'old'],
  ])('%s', (_, target, source, options, expected) => {
    expect(result(target, source, options)).toEqual(expected);
  });

  it('tells an int64 from a float64 when it appends', () => {
    expect(toJson(merged([2n], [2], append))).toEqual([2, 2]);
  });

  it('refuses to append an array to what is none', () => {
    expect(() => result({ rules: 'none' }, { rules: ['a'] }, append)).toThrow(Failure);
  });
});
