import { Failure } from './failure.ts';
import { equals, fieldOf, type GoObject, type GoValue, isObject, newObject, typeName } from './go/value.ts';

/** What a policy for toFieldPath makes of a value that is there already. */
export interface MergeOptions {
  /** Whether values of the source win. */
  readonly force: boolean;
  readonly appendArrays: boolean;
}

/**
 * The value that stands after `source` was merged into `target`. Changes objects of `target` in place.
 * Fails where an array is to be appended to what is no array.
 */
export function merged(target: GoValue, source: GoValue, options: MergeOptions): GoValue {
  if (target === null || source === null) return source;
  const added =
    options.appendArrays && Array.isArray(target) && Array.isArray(source)
      ? source.filter((item) => !target.some((held) => equals(held, item)))
      : source;
  const held = newObject();
  held['value'] = target;
  mergeField(held, 'value', added, options);
  return held['value'] ?? null;
}

function mergeFields(target: GoObject, source: GoObject, options: MergeOptions): void {
  for (const key of Object.keys(source)) mergeField(target, key, source[key] ?? null, options);
}

/** One key of the source. Empty values of the target count as absent, whoever wins otherwise. */
function mergeField(target: GoObject, key: string, source: GoValue, options: MergeOptions): void {
  const held = fieldOf(target, key);
  if (source === null) {
    if (options.force) target[key] = null;
    return;
  }
  if (isObject(source) && isObject(held)) mergeFields(held, source, options);
  if (Array.isArray(source)) mergeArray(target, key, source, options);
  if (held !== undefined && !isEmpty(held)) {
    if (Array.isArray(source) || (isObject(source) && isObject(held))) return;
    if (!options.force) return;
  }
  target[key] = source;
}

function mergeArray(
  target: GoObject,
  key: string,
  source: GoValue[],
  { force, appendArrays }: MergeOptions,
): void {
  const held = fieldOf(target, key) ?? null;
  if (!appendArrays) {
    if (force) target[key] = source;
    return;
  }
  if (held !== null && !Array.isArray(held)) {
    throw new Failure(`cannot append two slices with different type ([]interface {}, ${typeName(held)})`);
  }
  target[key] = [...(held ?? []), ...source];
}

function isEmpty(value: GoValue): boolean {
  if (typeof value === 'string' || Array.isArray(value)) return value.length === 0;
  if (isObject(value)) return Object.keys(value).length === 0;
  return value === null || value === false || value === 0 || value === 0n;
}
