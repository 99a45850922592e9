import { CelError, type Value } from '#cel/values/value.ts';
import { matching } from './cost.ts';
import { findAll, findFrom } from './find.ts';
import * as is from './guards.ts';
import { LONGEST_SEARCH, tooMuch } from './limits.ts';
import { type Library, overload } from './overload.ts';
import { isIn, patternOf } from './pattern.ts';

/** https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-regex-library */

const illegal = (problem: CelError): CelError =>
  problem.cause === undefined ? new CelError(`Illegal regex: ${problem.message}`) : problem;

function find(text: string, source: string): Value {
  const pattern = patternOf(source);
  if (pattern instanceof CelError) return illegal(pattern);
  // Whether it matches at all is found out sooner than where.
  if (!isIn(source, text)) return '';
  const work = { left: LONGEST_SEARCH };
  const found = findFrom(pattern, text, 0, work);
  if (work.left < 0) return tooMuch('a search so long');
  return found === undefined ? '' : text.slice(found.start, found.end);
}

function all(text: string, source: string, limit: number | bigint): Value {
  const pattern = patternOf(source);
  if (pattern instanceof CelError) return illegal(pattern);
  if (!isIn(source, text)) return [];
  const work = { left: LONGEST_SEARCH };
  const found = findAll(pattern, text, Number(limit), work);
  return work.left < 0 ? tooMuch('a search so long') : found;
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
