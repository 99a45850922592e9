import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyDefaults } from '#validate/schema/defaults.ts';

const STRING = { type: 'string' };
const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });

describe('defaults', () => {
  it('fill what is missing, at any depth, and in what they fill in', () => {
    const schema = object({
      flag: { ...STRING, default: 'NL' },
      crew: object({ size: { type: 'integer', default: 12 } }, { default: {} }),
      stops: { type: 'array', items: object({ berth: { type: 'integer', default: 1 } }) },
      holds: { type: 'object', additionalProperties: object({ full: { type: 'boolean', default: false } }) },
    });
    expect(applyDefaults(schema, { stops: [{}, { berth: 2 }], holds: { a: {} } })).toEqual({
      stops: [{ berth: 1 }, { berth: 2 }],
      holds: { a: { full: false } },
      flag: 'NL',
      crew: { size: 12 },
    });
  });

  it('take the place of null where it is no value, and else null is nothing', () => {
    const schema = object({
      flag: { ...STRING, default: 'NL' },
      name: STRING,
      agent: { ...STRING, nullable: true, default: 'x' },
      list: { type: 'array', items: { ...STRING, default: 'y' } },
      map: { type: 'object', additionalProperties: STRING },
    });
    const given = {
      flag: null,
      name: null,
      agent: null,
      list: [null],
      map: { a: null, b: 'c' },
      unknown: null,
    };
    expect(applyDefaults(schema, given)).toEqual({
      flag: 'NL',
      agent: null,
      list: ['y'],
      map: { b: 'c' },
      unknown: null,
    });
  });

  it('leave what they do not change as it is', () => {
    const schema = object({ a: object({ b: { ...STRING, default: 'x' } }), c: object({ d: STRING }) });
    const given = { a: {}, c: { d: 'e' } };
    const made = applyDefaults(schema, given) as typeof given;
    expect(given).toEqual({ a: {}, c: { d: 'e' } });
    expect(made.c).toBe(given.c);
    const whole = { a: { b: 'y' }, c: { d: 'e' } };
    expect(applyDefaults(schema, whole)).toBe(whole);
  });

  it('set no prototype', () => {
    const schema = JSON.parse(
      '{"type":"object","properties":{"__proto__":{"default":{"a":1}},"b":{"default":2}}}',
    );
    const made = applyDefaults(schema, {}) as object;
    expect(Object.keys(made).sort()).toEqual(['__proto__', 'b']);
    expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
  });

  it('change nothing where a schema has none, whatever the value', () => {
    const schema = object({ a: STRING }, { additionalProperties: { ...STRING, nullable: true } });
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(applyDefaults(object({}), value)).toBe(value);
        const isPlain = typeof value !== 'object' || value === null || !('a' in value);
        if (isPlain) expect(applyDefaults(schema, value)).toEqual(value);
      }),
    );
  });
});
