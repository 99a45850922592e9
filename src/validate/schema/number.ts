import type { SchemaCodes } from '#model/codes/schema.ts';
import { integerBounds } from './formats.ts';
import { isTrue, type JsonSchema, numberOf, textOf } from './jsonSchema.ts';
import type { Scope } from './scope.ts';
import { report, type Trail } from './trail.ts';

type NumberCheck = (value: number, trail: Trail) => void;

interface Bound {
  readonly bound: SchemaCodes['schema-range']['bound'];
  readonly limit: number;
  readonly holds: (value: number) => boolean;
  readonly severity: 'error' | 'warning';
}

/** Bounds of a number: the keywords', and those of its integer format. */
export function numberCheck(schema: JsonSchema, { family }: Scope): NumberCheck | undefined {
  const bounds = [...keywordBounds(schema), ...formatBounds(schema, family)];
  if (bounds.length === 0) return undefined;
  return (value, trail) => {
    const broken = bounds.find(({ holds }) => !holds(value));
    if (broken === undefined) return;
    const args = { found: value, bound: broken.bound, limit: broken.limit };
    report(trail, { code: 'schema-range', severity: broken.severity, args });
  };
}

/** As the API server counts: whole numbers by the step without its fraction, others within a rounding error. */
function isMultiple(value: number, step: number): boolean {
  if (Number.isInteger(value)) return Math.trunc(step) > 0 && value % Math.trunc(step) === 0;
  const times = step < 1 ? (1 / step) * value : value / step;
  const rest = Math.abs(times - Math.trunc(times));
  return rest === 0 || rest / (Math.abs(times) + Math.abs(Math.trunc(times))) < 1e-9;
}

function keywordBounds(schema: JsonSchema): readonly Bound[] {
  const bounds: Bound[] = [];
  const severity = 'error';
  const least = numberOf(schema, 'minimum');
  const most = numberOf(schema, 'maximum');
  const step = numberOf(schema, 'multipleOf');
  // OpenAPI v3.0: exclusive bounds are booleans beside the bound.
  if (least !== undefined && isTrue(schema, 'exclusiveMinimum')) {
    bounds.push({ bound: 'more than', limit: least, holds: (value) => value > least, severity });
  } else if (least !== undefined) {
    bounds.push({ bound: 'least', limit: least, holds: (value) => value >= least, severity });
  }
  if (most !== undefined && isTrue(schema, 'exclusiveMaximum')) {
    bounds.push({ bound: 'less than', limit: most, holds: (value) => value < most, severity });
  } else if (most !== undefined) {
    bounds.push({ bound: 'most', limit: most, holds: (value) => value <= most, severity });
  }
  if (step !== undefined && step > 0) {
    bounds.push({ bound: 'a multiple of', limit: step, holds: (value) => isMultiple(value, step), severity });
  }
  return bounds;
}

/**
 * The API server decodes its own types into integers of this size. In custom resources it passes over the format, but
 * whoever reads them will decode them too.
 */
function formatBounds(schema: JsonSchema, family: Scope['family']): readonly Bound[] {
  const bounds = integerBounds(textOf(schema, 'format') ?? '');
  if (bounds === undefined) return [];
  const [least, most] = bounds;
  const severity = family === 'custom' ? 'warning' : 'error';
  return [
    { bound: 'least', limit: least, holds: (value) => value >= least, severity },
    { bound: 'most', limit: most, holds: (value) => value <= most, severity },
  ];
}
