import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { removeAt, setAt } from '#validate/policy/cases/edit.ts';
import { readCases } from '#validate/policy/cases/read.ts';

const HEAD = `policy: no-crane
object: { apiVersion: v1, kind: Pod, metadata: { name: crane, namespace: harbour }, spec: { containers: [{ name: a }] } }
cases:
`;
const read = (cases: string) => readCases({ file: 'no-crane.cases.yaml', text: `${HEAD}${cases}` });

/** The case with a name, as it stands in the end. */
const requestOf = (cases: string, name: string) =>
  read(cases).cases?.cases.find((one) => one.name === name)?.request;

describe('cases', () => {
  it('start from the defaults of the file', () => {
    const request = requestOf('  - { name: a, allowed: true }\n', 'a');
    expect(request?.object?.metadata.name).toBe('crane');
    expect(request?.oldObject).toBeUndefined();
  });

  it('start from each other, and change only their own', () => {
    const cases = `  - { name: c, like: b, remove: [/spec/containers/1], allowed: true }
  - { name: b, like: a, set: { /spec/containers/-: { name: b }, /metadata/labels/quay: north }, allowed: true }
  - { name: a, allowed: true }
`;
    expect(requestOf(cases, 'a')?.object).toMatchObject({ spec: { containers: [{ name: 'a' }] } });
    expect(requestOf(cases, 'b')?.object).toMatchObject({
      metadata: { labels: { quay: 'north' } },
      spec: { containers: [{ name: 'a' }, { name: 'b' }] },
    });
    expect(requestOf(cases, 'c')?.object).toMatchObject({ spec: { containers: [{ name: 'a' }] } });
  });

  it('are updates and deletions', () => {
    const cases = `  - { name: update, setOld: { /spec/old: true }, set: { /spec/new: true }, allowed: true }
  - { name: delete, like: update, object: null, allowed: true }
`;
    expect(requestOf(cases, 'update')?.oldObject?.['spec']).toEqual({
      containers: [{ name: 'a' }],
      old: true,
    });
    expect(requestOf(cases, 'update')?.object?.['spec']).toEqual({ containers: [{ name: 'a' }], new: true });
    expect(requestOf(cases, 'delete')?.object).toBeUndefined();
    expect(requestOf(cases, 'delete')?.oldObject?.['spec']).toMatchObject({ old: true });
  });

  it.each([
    ['an unknown field', '  - { name: a, alowed: true }\n', ['record-field 4:24']],
    ['no verdict', '  - { name: a }\n', ['policy-case-invalid 4:5']],
    ['two verdicts', '  - { name: a, allowed: true, denied: [x] }\n', ['policy-case-invalid 4:5']],
    [
      'a name that is taken',
      '  - { name: a, allowed: true }\n  - { name: a, allowed: true }\n',
      ['policy-case-invalid 5:13'],
    ],
    ['nobody it is like', '  - { name: a, like: b, allowed: true }\n', ['policy-case-invalid 4:22']],
    ['itself it is like', '  - { name: a, like: a, allowed: true }\n', ['policy-case-invalid 4:22']],
    [
      'a circle',
      '  - { name: a, like: b, allowed: true }\n  - { name: b, like: a, allowed: true }\n',
      ['policy-case-invalid 4:22', 'policy-case-invalid 5:22'],
    ],
    [
      'a pointer to nothing',
      '  - { name: a, remove: [/spec/x], allowed: true }\n',
      ['policy-case-invalid 4:25'],
    ],
    ['a pointer that is none', '  - { name: a, remove: [spec], allowed: true }\n', ['record-field 4:25']],
    [
      'a pointer that is none, to set',
      '  - { name: a, set: { spec: 1 }, allowed: true }\n',
      ['policy-case-invalid 4:29'],
    ],
    [
      'a pointer into a text',
      '  - { name: a, set: { /kind/x: 1 }, allowed: true }\n',
      ['policy-case-invalid 4:32'],
    ],
    [
      'a pointer beyond a list',
      '  - { name: a, set: { /spec/containers/7: 1 }, allowed: true }\n',
      ['policy-case-invalid 4:43'],
    ],
    ['no object', '  - { name: a, object: null, allowed: true }\n', ['policy-case-invalid 4:5']],
    [
      'an object without a name',
      '  - { name: a, remove: [/metadata/name], allowed: true }\n',
      ['policy-case-invalid 4:5'],
    ],
  ])('with %s are findings', (_, cases, expected) => {
    const { findings, cases: file } = read(cases);
    expect(findings.map(({ code, origin }) => `${code} ${origin?.line}:${origin?.column}`)).toEqual(expected);
    if (expected.length === 1 && !cases.includes('\n  - ')) expect(file?.cases ?? []).toEqual([]);
  });

  it('never end in an exception', () => {
    fc.assert(fc.property(fc.string(), (text) => void readCases({ file: 'x', text: `${HEAD}${text}` })));
  });

  it('that are each like the next end somewhere', () => {
    const many = Array.from(
      { length: 5_000 },
      (_, index) => `  - { name: c${index}, like: c${index + 1}, allowed: true }\n`,
    );
    expect(read(many.join('')).findings.length).toBeGreaterThan(4_000);
  });
});

describe('edits', () => {
  const json = fc.jsonValue({ maxDepth: 3 });

  it('set what is then there, and leave the rest', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ minLength: 1 }), json),
        fc.string({ minLength: 1 }),
        json,
        (map, key, value) => {
          const pointer = `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
          const before = structuredClone(map);
          const made = setAt(map, pointer, value);
          expect(map).toEqual(before);
          if (!('value' in made)) throw new Error(made.problem);
          expect(new Map(Object.entries(made.value as object)).get(key)).toEqual(value);
          const back = removeAt(made.value, pointer);
          if (!('value' in back)) throw new Error(back.problem);
          const { [key]: _, ...others } = before;
          expect(back.value).toEqual(others);
        },
      ),
    );
  });

  it('never reach a prototype', () => {
    const made = setAt({}, '/__proto__/polluted', true);
    expect('value' in made && Object.keys(made.value as object)).toEqual(['__proto__']);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});
