/**
 * A document as admission sees it: the API server drops members that are `null` before. What has none is itself,
 * so that nearly nothing is ever copied.
 */
export function admitted(document: unknown): unknown {
  if (typeof document !== 'object' || document === null) return document;
  const before = known.get(document);
  if (before !== undefined) return before;
  const made = holdsNull(document, 0) ? withoutNulls(document, 0) : document;
  known.set(document, made);
  return made;
}

/** Several policies ask about one document. */
const known = new WeakMap<object, object>();

/** Deeper than any Kubernetes object, shallower than the stack. */
const MAX_DEPTH = 200;

/** Most documents hold none, and asking is cheaper than copying. */
function holdsNull(part: object, depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  for (const value of Array.isArray(part) ? part : Object.values(part)) {
    if (value === null || value === undefined) {
      if (!Array.isArray(part)) return true;
    } else if (typeof value === 'object' && holdsNull(value, depth + 1)) return true;
  }
  return false;
}

function withoutNulls(part: object, depth: number): object {
  if (depth > MAX_DEPTH) return part;
  let same = true;
  const within = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const made = withoutNulls(value, depth + 1);
    if (made !== value) same = false;
    return made;
  };
  if (Array.isArray(part)) {
    const items = part.map(within);
    return same ? part : items;
  }
  const members: [string, unknown][] = [];
  for (const [key, value] of Object.entries(part)) {
    if (value === null || value === undefined) same = false;
    else members.push([key, within(value)]);
  }
  if (same) return part;
  // `fromEntries` defines, so that no key, not even `__proto__`, sets a prototype.
  return Object.fromEntries(members);
}
