import { Failure, failureOf, wrapping } from '../failure.ts';
import { readPath } from '../field-path/read.ts';
import { expandWildcards } from '../field-path/wildcards.ts';
import { writePath } from '../field-path/write.ts';
import { sprintf } from '../go/format.ts';
import { copyOf, type GoObject, type GoValue, isObject, normalised } from '../go/value.ts';
import { type MergeOptions, merged } from '../merge.ts';
import { type Combine, type Patch, targetOf, typeOf } from './input.ts';
import { type Holder, redecoded } from './object.ts';
import { transformed } from './transform.ts';

/**
 * Applies a patch from one object to another. A source that is missing is forgiven unless the policy requires it;
 * then it fails with `missing`, and the caller decides. After a patch the target is as if it had been written and
 * read again.
 */
export function applyPatch(patch: Patch, from: GoObject, to: Holder, decode = redecoded): void {
  try {
    write(patch, valueFor(patch, from), to, decode);
  } catch (error) {
    if (failureOf(error).kind === 'missing' && isOptional(patch)) return;
    throw error;
  }
}

export const isOptional = ({ policy }: Patch): boolean =>
  (policy?.fromFieldPath ?? 'Optional') === 'Optional';

const isCombine = (patch: Patch) => typeOf(patch).startsWith('Combine');

function valueFor(patch: Patch, from: GoObject): GoValue {
  const value = isCombine(patch)
    ? combined(patch.combine ?? {}, from)
    : copyOf(readPath(from, patch.fromFieldPath ?? ''));
  return transformed(value, patch.transforms);
}

function combined({ variables = [], strategy = '', string }: Combine, from: GoObject): GoValue {
  if (variables.length === 0) throw new Failure('combine patch types require at least one variable');
  const values = variables.map(({ fromFieldPath }) => readPath(from, fromFieldPath ?? ''));
  if (strategy !== 'string') throw new Failure(`combine strategy ${strategy} is not supported`);
  if (string === undefined) throw new Failure(`given combine strategy ${strategy} requires configuration`);
  return sprintf(string.fmt ?? '', values);
}

function write(patch: Patch, value: GoValue, to: Holder, decode: (object: GoObject) => GoObject): void {
  const options = mergeOptions(patch.policy?.toFieldPath ?? 'Replace');
  const written = wrapping('cannot marshal value to JSON', () => normalised(value));
  const path = targetOf(patch);
  // Only the whole object counts: a failure leaves the target as it was.
  const changed = copyOf(to.object);
  if (!isObject(changed)) return;
  if (!isCombine(patch) && path.includes('[*]')) {
    const paths = expandWildcards(changed, path);
    if (paths.length === 0) throw new Failure(`cannot expand ToFieldPath ${path}`);
    for (const each of paths) setValue(changed, each, copyOf(written), options);
    to.object = decode(changed);
    return;
  }
  wrapping('cannot patch to object', () => {
    setValue(changed, path, written, options);
    to.object = decode(changed);
  });
}

function setValue(object: GoObject, path: string, value: GoValue, options: MergeOptions | undefined): void {
  writePath(object, path, options === undefined ? value : mergedInto(object, path, value, options));
}

function mergedInto(object: GoObject, path: string, value: GoValue, options: MergeOptions): GoValue {
  let held: GoValue;
  try {
    held = readPath(object, path);
  } catch (error) {
    if (failureOf(error).kind === 'missing') return value;
    throw error;
  }
  return wrapping('failed to merge values', () => merged(held, value, options));
}

function mergeOptions(policy: string): MergeOptions | undefined {
  switch (policy) {
    case 'Replace':
      return undefined;
    case 'MergeObject':
    case 'MergeObjects':
      return { force: false, appendArrays: false };
    case 'MergeObjectsAppendArrays':
      return { force: false, appendArrays: true };
    case 'ForceMergeObjects':
      return { force: true, appendArrays: false };
    case 'AppendArray':
    case 'ForceMergeObjectsAppendArrays':
      return { force: true, appendArrays: true };
    default:
      throw new Failure(`invalid patch policy ${policy}`);
  }
}
