import type { SchemaCodes } from '#model/codes/schema.ts';
import { integerBounds } from './formats.ts';
import { isTrue, type JsonSchema, numberOf, textOf } from './jsonSchema.ts';
import { report, type Trail } from './trail.ts';

type NumberCheck = (value: number, trail: Trail) => void;

interface Bound {
  readonly bound: SchemaCodes['schema-range']['bound'];
  readonly limit: number;
  readonly holds: (value: number) => boolean;
}

/** Bounds of a number: the keywords', and those of its integer format. */
export function numberCheck(schema: JsonSchema): NumberCheck | undefined {
  const bounds = [...keywordBounds(schema), ...formatBounds(schema)];
  if (bounds.length === 0) return undefined;
  return (value, trail) => {
    const broken = bounds.find(({ holds }) => !holds(value));
    if (broken === undefined) return;
    const args = { found: value, bound: broken.bound, limit: broken.limit };
    report(trail, { code: 'schema-range', severity: 'error', args });
  };
}

function keywordBounds(schema: JsonSchema): readonly Bound[] {
  const bounds: Bound[] = [];
  const least = numberOf(schema, 'minimum');
  const most = numberOf(schema, 'maximum');
  const step = numberOf(schema, 'multipleOf');
  // OpenAPI v3.0: exclusive bounds are booleans beside the bound.
  if (least !== undefined && isTrue(schema, 'exclusiveMinimum')) {
    bounds.push({ bound: 'more than', limit: least, holds: (value) => value > least });
  } else if (least !== undefined) {
    bounds.push({ bound: 'least', limit: least, holds: (value) => value >= least });
  }
  if (most !== undefined && isTrue(schema, 'exclusiveMaximum')) {
    bounds.push({ bound: 'less than', limit: most, holds: (value) => value < most });
  } else if (most !== undefined) {
    bounds.push({ bound: 'most', limit: most, holds: (value) => value <= most });
  }
  if (step !== undefined && step > 0) {
    bounds.push({ bound: 'a multiple of', limit: step, holds: (value) => Number.isInteger(value / step) });
  }
  return bounds;
}

function formatBounds(schema: JsonSchema): readonly Bound[] {
  const bounds = integerBounds(textOf(schema, 'format') ?? '');
  if (bounds === undefined) return [];
  const [least, most] = bounds;
  return [
    { bound: 'least', limit: least, holds: (value) => value >= least },
    { bound: 'most', limit: most, holds: (value) => value <= most },
  ];
}
