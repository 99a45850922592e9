import { Failure, failureOf, wrapping } from '../failure.ts';
import { quoted } from '../go/quote.ts';
import { sortedKeys } from '../go/text.ts';
import { type GoObject, isObject } from '../go/value.ts';
import { parsePath, pathText, type Segment, WILDCARD } from './parse.ts';
import { readSegments } from './read.ts';

/** Paths of one pattern; more would take the function longer than its caller waits. */
const MOST = 100_000;

/**
 * The paths of `object` that a path with wildcards stands for: those that are there already. Fails with `missing`
 * where a wildcard meets null.
 */
export function expandWildcards(object: GoObject, path: string): readonly string[] {
  const segments = parsePath(path);
  const found: (readonly Segment[])[] = [];
  wrapping(`cannot expand wildcards for segments: ${quoted(pathText(segments))}`, () =>
    expand(object, segments, 0, found),
  );
  return found.map(pathText);
}

function expand(
  object: GoObject,
  segments: readonly Segment[],
  from: number,
  found: (readonly Segment[])[],
): void {
  if (found.length >= MOST) throw new Failure(`more than ${MOST} paths`);
  for (let index = from; index < segments.length; index++) {
    if (segments[index] === WILDCARD) {
      expandAt(object, segments, index, found);
      return;
    }
    if (!isThere(object, segments.slice(0, index + 1))) return;
  }
  found.push(segments);
}

function isThere(object: GoObject, segments: readonly Segment[]): boolean {
  try {
    readSegments(object, segments);
    return true;
  } catch (error) {
    if (failureOf(error).kind === 'missing') return false;
    throw error;
  }
}

function expandAt(
  object: GoObject,
  segments: readonly Segment[],
  index: number,
  found: (readonly Segment[])[],
): void {
  const before = segments.slice(0, index);
  const value = index === 0 ? object : readSegments(object, before);
  if (value === null) {
    throw new Failure(`wildcard field ${quoted(pathText(before))} is not found in the path`, 'missing');
  }
  if (!Array.isArray(value) && !isObject(value)) {
    throw new Failure(`${quoted(pathText(before))}: unexpected wildcard usage`);
  }
  for (const key of Array.isArray(value) ? value.keys() : sortedKeys(value)) {
    const expanded = [...before, key, ...segments.slice(index + 1)];
    // A key `*` is a wildcard again to the function, without end.
    if (key === WILDCARD) throw new Failure('stack overflow', 'crash');
    wrapping(`${quoted(pathText(expanded))}: cannot expand wildcards`, () =>
      expand(object, expanded, index + 1, found),
    );
  }
}
