import { Failure } from '../failure.ts';
import { fieldOf, type GoObject, type GoValue, isObject } from '../go/value.ts';
import { parsePath, pathText, type Segment } from './parse.ts';

/** The value at a path. Fails with `missing` where it isn't there, and with an error where the path can't lead. */
export const readPath = (object: GoObject, path: string): GoValue => readSegments(object, parsePath(path));

export function readSegments(object: GoObject, segments: readonly Segment[]): GoValue {
  let value: GoValue = object;
  segments.forEach((segment, index) => {
    value = step(
      value,
      segment,
      () => pathText(segments.slice(0, index)),
      () => pathText(segments.slice(0, index + 1)),
    );
  });
  // No segments lead nowhere.
  return segments.length === 0 ? null : value;
}

function step(value: GoValue, segment: Segment, here: () => string, there: () => string): GoValue {
  if (typeof segment === 'number') {
    if (!Array.isArray(value)) throw new Failure(`${here()}: not an array`);
    const item = value[segment];
    if (item === undefined) throw new Failure(`${there()}: no such element`, 'missing');
    return item;
  }
  if (value === null) throw new Failure(`${here()}: expected map, got nil`, 'missing');
  if (!isObject(value)) throw new Failure(`${here()}: not an object`);
  const field = fieldOf(value, segment);
  if (field === undefined) throw new Failure(`${there()}: no such field`, 'missing');
  return field;
}
