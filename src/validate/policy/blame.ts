import { admitted } from './admitted.ts';
import type { Read } from './cel.ts';

/**
 * Finds where in a document a rule looked last: the field that broke it, or would have to be there.
 *
 * @param object The document, or what it was before: a field has the same place in both.
 * @param reads What the rule looked at, by identity, in that order.
 * @returns JSON pointer (RFC 6901), or undefined where it looked at nothing of the document.
 */
export function pointerOf(object: unknown, oldObject: unknown, reads: readonly Read[]): string | undefined {
  if (reads.length === 0) return undefined;
  const places = new Map<unknown, string>();
  placesIn(admitted(oldObject), '', 0, places);
  placesIn(admitted(object), '', 0, places);
  for (let index = reads.length - 1; index >= 0; index -= 1) {
    const read = reads[index];
    const place = read && places.get(read.map);
    if (read !== undefined && place !== undefined) return `${place}/${escaped(read.key)}`;
  }
  return undefined;
}

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** Deeper than any Kubernetes object, shallower than the stack. */
const MAX_DEPTH = 200;

function placesIn(value: unknown, place: string, depth: number, places: Map<unknown, string>): void {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return;
  // An alias stands where it is met first.
  if (!places.has(value)) places.set(value, place);
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'object') placesIn(inner, `${place}/${escaped(key)}`, depth + 1, places);
  }
}
