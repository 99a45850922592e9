import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BaselineFile } from '#model/baseline.ts';
import { PolicyCasesFile } from '#model/policy-cases.ts';
import { WaiversFile } from '#model/waivers.ts';
import { misfits } from '#validate/records/form.ts';

/** ajv judges the same values by the same definitions. */
const ajv = new Ajv({ allErrors: true, strict: false, validateSchema: false });
const DEFINITIONS = { WaiversFile, BaselineFile, PolicyCasesFile };

const GOOD: Readonly<Record<keyof typeof DEFINITIONS, object>> = {
  WaiversFile: {
    apiVersion: 'plimsoll.dev/v1alpha1',
    kind: 'Waivers',
    waivers: [
      {
        code: 'schema-missing',
        selector: { kind: 'Crane', namespace: 'harbour', name: 'crane-*', environment: 'staging' },
        owner: 'harbour@tideline.example',
        reason: 'its CRD is on its way',
        until: '2027-03-31',
      },
    ],
  },
  BaselineFile: {
    apiVersion: 'plimsoll.dev/v1alpha1',
    kind: 'Baseline',
    findings: [
      { code: 'policy-violated', policy: 'no-crane', object: 'v1 Pod a/b', pointer: '/spec', count: 2 },
    ],
  },
  PolicyCasesFile: {
    policy: 'no-crane',
    params: [{ data: { stage: 'production' } }],
    namespace: { labels: { tier: 'quay' } },
    object: { kind: 'Crane' },
    cases: [
      { name: 'a', allowed: true },
      { name: 'b', like: 'a', oldObject: null, set: { '/spec/x': 1 }, remove: ['/spec/y'], denied: ['no'] },
      { name: 'c', setOld: {}, removeOld: [], matched: false },
    ],
  },
};

describe('the form of a record', () => {
  const names = Object.keys(DEFINITIONS) as (keyof typeof DEFINITIONS)[];

  it.each(names)('%s: takes what is right', (name) => {
    expect(misfits(GOOD[name], DEFINITIONS[name])).toEqual([]);
  });

  it.each(names)('%s: agrees with ajv on anything', (name) => {
    const judge = ajv.compile(DEFINITIONS[name]);
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(
        'plimsoll.dev/v1alpha1',
        'Waivers',
        '2027-13-01',
        '2027-12-31',
        '/spec/~2',
        '',
        null,
        1,
        2,
        true,
      ),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), value), { maxLength: 3 }), fc.string(), (changes, extra) => {
        let changed: unknown = structuredClone(GOOD[name]);
        for (const [place, wanted] of changes)
          changed = replaced(changed, { left: place % 60 }, wanted, extra);
        expect(misfits(changed, DEFINITIONS[name]).length === 0).toBe(judge(changed));
      }),
      { numRuns: 2_000 },
    );
  });
});

/** A value with its `left`th part replaced, or with a field more. */
function replaced(value: unknown, count: { left: number }, wanted: unknown, extra: string): unknown {
  if (count.left-- === 0) return wanted;
  if (Array.isArray(value)) return value.map((item) => replaced(item, count, wanted, extra));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(
    ([key, inner]) => [key, replaced(inner, count, wanted, extra)] as const,
  );
  const more = count.left-- === 0 ? [[extra, wanted] as const] : [];
  return Object.fromEntries([...entries, ...more]);
}
