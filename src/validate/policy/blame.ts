/**
 * Finds where in a document a rule looked last: the field that broke it, or would have to be there.
 *
 * @param map The map that was looked into, by identity.
 * @returns JSON pointer (RFC 6901), or undefined where the map is not part of the document.
 */
export function pointerOf(document: unknown, map: unknown, key: string): string | undefined {
  const path = pathTo(document, map, 0);
  if (path === undefined) return undefined;
  return [...path, key].map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Deeper than any Kubernetes object, shallower than the stack. */
const MAX_DEPTH = 200;

function pathTo(value: unknown, wanted: unknown, depth: number): string[] | undefined {
  if (value === wanted) return [];
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const path = pathTo(inner, wanted, depth + 1);
    if (path !== undefined) return [key, ...path];
  }
  return undefined;
}
