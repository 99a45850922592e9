import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compile, kubernetesEnvironment } from '#cel/cel.ts';
import { typeOfSchema } from '#cel/types/schema.ts';
import { DYN } from '#cel/types/type.ts';
import { largestIn, leastSize, mostInRequest, multiplicity } from '#validate/cel/cost.ts';

/** What rules may cost at worst, as the API server's own library reckons: `test/cel/oracle/estimate` wrote the fixture. */
const {
  schema,
  cases,
}: {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly cases: readonly { readonly rule: string; readonly cost: number }[];
} = JSON.parse(fs.readFileSync(new URL('../../cel/fixtures/estimate-1.34.json', import.meta.url), 'utf8'));

const type = typeOfSchema(schema, { name: 'self', isResource: false }) ?? DYN;
const environment = kubernetesEnvironment({ self: type, oldSelf: type }, '1.34', 'stored');
const largest = largestIn(schema, false);

describe('at worst', () => {
  it.each(cases)('$rule costs $cost', ({ rule, cost }) => {
    const { program, issues } = compile(rule, environment);
    expect(issues).toEqual([]);
    const estimate = program?.estimate(largest) ?? 0;
    // The API server counts in 64 bits, whole.
    if (cost < Number.MAX_SAFE_INTEGER) expect(estimate).toBe(cost);
    else expect(estimate / cost).toBeCloseTo(1, 9);
  });
});

describe('sizes', () => {
  const text = { type: 'string' };

  it('of values are their shortest form in JSON', () => {
    expect(leastSize(text)).toBe(2);
    expect(leastSize({ type: 'boolean' })).toBe(4);
    expect(leastSize({ type: 'string', format: 'date-time' })).toBe(21);
    const properties = { a: text, b: text, c: { type: 'integer', default: 1 } };
    expect(leastSize({ type: 'object', properties, required: ['a', 'c', 'gone'] })).toBe(2 + 1 + 2 + 4);
    expect(mostInRequest(text)).toBe(1_048_576);
  });

  it('of lists and maps are bounded by the schema', () => {
    expect(multiplicity({ type: 'array', maxItems: 7 })).toBe(7);
    expect(multiplicity({ type: 'array' })).toBeUndefined();
    expect(multiplicity({ type: 'object', additionalProperties: text, maxProperties: 3 })).toBe(3);
    expect(multiplicity({ type: 'object', properties: {} })).toBe(1);
  });

  it('of what no schema names are not known', () => {
    expect(largest(['self', 'none'])).toBeUndefined();
    expect(largest(['self', 'constructor'])).toBeUndefined();
    expect(largest(['self', 's'])).toBe(80);
    expect(largest(['self', 'lo', '@items', 'a__dash__b'])).toBe(3 * 1024 * 1024 - 2);
  });
});
