import { Failure } from '../failure.ts';
import { fieldOf, type GoObject, type GoValue, isObject, newObject } from '../go/value.ts';
import { parsePath, pathText, type Segment } from './parse.ts';

/** Beyond, an array would be made that no API server takes. */
const LARGEST_INDEX = 1024;

/** Sets the value at a path in `object`, making objects and arrays on the way; an empty path sets nothing. */
export function writePath(object: GoObject, path: string, value: GoValue): void {
  const segments = parsePath(path);
  for (const segment of segments) {
    if (typeof segment === 'number' && segment > LARGEST_INDEX) {
      throw new Failure(`index ${segment} is greater than max allowed index ${LARGEST_INDEX}`);
    }
  }
  let holder: GoValue = object;
  segments.forEach((segment, index) => {
    const next = segments[index + 1];
    const here = () => pathText(segments.slice(0, index));
    if (typeof segment === 'number') {
      if (!Array.isArray(holder)) throw new Failure(`${here()} is not an array`);
      if (next !== undefined) prepareItem(holder, segment, next);
      else holder[segment] = value;
      holder = holder[segment] ?? null;
    } else {
      if (!isObject(holder)) throw new Failure(`${here()} is not an object`);
      if (next !== undefined) prepareField(holder, segment, next);
      else holder[segment] = value;
      holder = fieldOf(holder, segment) ?? null;
    }
  });
}

/** A null item counts as absent. */
function prepareItem(items: GoValue[], index: number, next: Segment): void {
  const item = items[index] ?? null;
  if (item === null) items[index] = made(next);
  else extend(item, next);
}

/** A null field does not: it is no object, and no array either. */
function prepareField(object: GoObject, name: string, next: Segment): void {
  const field = fieldOf(object, name);
  if (field === undefined) object[name] = made(next);
  else extend(field, next);
}

const made = (next: Segment): GoValue =>
  typeof next === 'number' ? new Array<GoValue>(next + 1).fill(null) : newObject();

function extend(value: GoValue, next: Segment): void {
  if (typeof next !== 'number' || !Array.isArray(value)) return;
  while (value.length <= next) value.push(null);
}
