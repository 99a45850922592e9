import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { structural } from '#platform/structural.ts';

describe('structural schema', () => {
  it('gives enums and constants a type', () => {
    expect(structural(Type.Enum(['Orphan', 'Delete']))).toEqual({
      type: 'string',
      enum: ['Orphan', 'Delete'],
    });
    expect(structural(Type.Enum([3, 5, 7]))).toEqual({ type: 'integer', enum: [3, 5, 7] });
    expect(structural(Type.Literal('Allow'))).toEqual({ type: 'string', enum: ['Allow'] });
  });

  it('turns maps into additionalProperties', () => {
    const map = Type.Record(Type.String({ pattern: '^[a-f]$' }), Type.Integer(), { maxProperties: 3 });
    expect(structural(map)).toEqual({
      type: 'object',
      maxProperties: 3,
      additionalProperties: { type: 'integer' },
    });
  });

  it('leaves strictness and uniqueness out, and keeps the rest', () => {
    const schema = Type.Object(
      { ports: Type.Array(Type.Integer({ minimum: 1 }), { uniqueItems: true, maxItems: 4 }) },
      { additionalProperties: false, description: 'A berth.' },
    );
    expect(structural(schema)).toEqual({
      type: 'object',
      description: 'A berth.',
      required: ['ports'],
      properties: { ports: { type: 'array', maxItems: 4, items: { type: 'integer', minimum: 1 } } },
    });
  });

  it('refuses what it cannot say', () => {
    expect(() => structural(Type.Union([Type.String(), Type.Integer()]))).toThrow(/anyOf/);
    expect(() => structural(true)).toThrow(TypeError);
    expect(() => structural({ enum: ['a', 1] })).toThrow(/one type/);
  });
});
