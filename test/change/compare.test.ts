import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareObjects } from '#change/compare.ts';
import { store } from './sample.ts';

const schemaOf = (apiVersion: string, kind: string) => store.find(apiVersion, kind)?.schema;

const between = (before: unknown, after: unknown, apiVersion = 'apps/v1', kind = 'Deployment') =>
  compareObjects(before, after, store, schemaOf(apiVersion, kind)).map(
    ({ path, pointer, before: was, after: is }) => ({ path, pointer, was, is }),
  );

const deployment = (container: object) => ({
  spec: { template: { spec: { containers: [{ name: 'api', ...container }] } } },
});

describe('what means the same', () => {
  it.each([
    [
      'amounts',
      deployment({ resources: { requests: { cpu: '500m' } } }),
      deployment({ resources: { requests: { cpu: 0.5 } } }),
    ],
    [
      'a default that is written out',
      deployment({ ports: [{ containerPort: 80 }] }),
      deployment({ ports: [{ containerPort: 80, protocol: 'TCP' }] }),
    ],
    ['null and nothing', deployment({ image: 'a', command: null }), deployment({ image: 'a' })],
    [
      'the order of fields',
      { metadata: { name: 'a', namespace: 'b' } },
      { metadata: { namespace: 'b', name: 'a' } },
    ],
    [
      'the order of items with keys',
      deployment({
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
      }),
      deployment({
        env: [
          { name: 'B', value: '2' },
          { name: 'A', value: '1' },
        ],
      }),
    ],
    ['JSON in a text', { spec: { policy: '{"a": 1, "b": [2]}' } }, { spec: { policy: '{"b":[2],"a":1}' } }],
  ])('%s', (_, before, after) => {
    expect(between(before, after)).toEqual([]);
  });

  it('a set in another order, and a span of time in other units', () => {
    expect(
      between({ metadata: { finalizers: ['a/b', 'c/d'] } }, { metadata: { finalizers: ['c/d', 'a/b'] } }),
    ).toEqual([]);
    const schema = { properties: { every: { type: 'string', format: 'duration' } } };
    expect(compareObjects({ every: '60s' }, { every: '1m' }, store, schema)).toEqual([]);
    expect(compareObjects({ every: '60s' }, { every: '1h' }, store, schema)).toHaveLength(1);
  });

  it('whatever is compared with itself', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(between(value, structuredClone(value))).toEqual([]);
      }),
    );
  });
});

describe('what differs', () => {
  it('is told once, at the item that has the name', () => {
    const before = deployment({ image: 'api:1', env: [{ name: 'A', value: '1' }] });
    const after = deployment({
      env: [
        { name: 'B', value: '2' },
        { name: 'A', value: '3' },
      ],
      image: 'api:2',
    });
    expect(between(before, after)).toEqual([
      {
        path: 'spec.template.spec.containers[api].env[B]',
        pointer: '/spec/template/spec/containers/0/env/0',
        was: undefined,
        is: { name: 'B', value: '2' },
      },
      {
        path: 'spec.template.spec.containers[api].env[A].value',
        pointer: '/spec/template/spec/containers/0/env/1/value',
        was: '1',
        is: '3',
      },
      {
        path: 'spec.template.spec.containers[api].image',
        pointer: '/spec/template/spec/containers/0/image',
        was: 'api:1',
        is: 'api:2',
      },
    ]);
  });

  it('points into the former object where something went', () => {
    const before = deployment({ env: [{ name: 'A' }, { name: 'B' }] });
    const after = deployment({ env: [{ name: 'A' }] });
    expect(between(before, after)).toMatchObject([
      {
        path: 'spec.template.spec.containers[api].env[B]',
        pointer: '/spec/template/spec/containers/0/env/1',
      },
    ]);
  });

  it('names statements of a policy by their id, and the field by the text that it is in', () => {
    const policy = (action: string) => ({
      spec: { policy: JSON.stringify({ Statement: [{ Sid: 'Read', Action: [action] }] }) },
    });
    expect(between(policy('s3:GetObject'), policy('s3:*'))).toMatchObject([
      {
        path: 'spec.policy.Statement[Read].Action',
        pointer: '/spec/policy',
        was: ['s3:GetObject'],
        is: ['s3:*'],
      },
    ]);
  });

  it('is never missed: some entry tells of every two values that are not the same JSON', () => {
    const json = fc.jsonValue({ maxDepth: 4 });
    fc.assert(
      fc.property(json, json, (before, after) => {
        const same = JSON.stringify(sorted(before)) === JSON.stringify(sorted(after));
        expect(compareObjects(before, after, { definition: () => undefined }).length > 0).toBe(!same);
      }),
      { numRuns: 500 },
    );
  });

  it('ends, however deep the objects are, and sets no prototype', () => {
    const deep = (leaf: string) => JSON.parse(`${'{"a":'.repeat(3_000)}"${leaf}"${'}'.repeat(3_000)}`);
    expect(between(deep('x'), deep('y'))).toHaveLength(1);
    const hostile = JSON.parse('{"__proto__": {"polluted": true}}');
    expect(between({}, hostile)).toMatchObject([{ path: '__proto__' }]);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

/** By key, without nulls: what the API server keeps. Lists of named items in the order of the names. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return ['list', ...value.map(sorted)];
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .filter(([, inner]) => inner !== null)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}
