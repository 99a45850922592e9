import { CelError, type Value } from '#cel/values/value.ts';
import { matching } from './cost.ts';
import { findAll, findFrom } from './find.ts';
import * as is from './guards.ts';
import { type Library, overload } from './overload.ts';
import { patternOf } from './pattern.ts';

/** https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-regex-library */

function find(text: string, source: string): Value {
  const pattern = patternOf(source);
  if (pattern instanceof CelError) return new CelError(`Illegal regex: ${pattern.message}`);
  const found = findFrom(pattern, text, 0);
  return found === undefined ? '' : text.slice(found.start, found.end);
}

function all(text: string, source: string, limit: number | bigint): Value {
  const pattern = patternOf(source);
  if (pattern instanceof CelError) return new CelError(`Illegal regex: ${pattern.message}`);
  return findAll(pattern, text, Number(limit));
}

export const REGEX: Library = {
  name: 'regex',
  overloads: [
    overload('string.find(string): string', [is.text, is.text], find, matching),
    overload(
      'string.findAll(string): list(string)',
      [is.text, is.text],
      (text, source) => all(text, source, -1),
      matching,
    ),
    overload('string.findAll(string, int): list(string)', [is.text, is.text, is.int], all, matching),
  ],
};
