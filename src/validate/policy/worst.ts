import { dataShape, type Most, type Shape, type ShapeOf } from '#cel/cel.ts';

/**
 * What programs can cost together at most when they are asked about a request, told without running them: by how large
 * the largest list, map and text in it are. The API server evaluates all messages of a policy, and gives up on it where
 * they cost too much; most never can.
 *
 * Guarantees: pure; never less than what a run costs, which a test holds it to; Infinity where that can't be told.
 */

/** Requests in whose parts nothing is larger. */
export interface SizeClass {
  readonly name: string;
  readonly data: Shape;
}

/** A program, as far as it matters here. */
interface Bounded {
  readonly most: (shapeOf: ShapeOf) => Most;
}

/** What of a request is data. */
interface Parts {
  readonly object: unknown;
  readonly oldObject: unknown;
  readonly params: unknown;
}

interface Extent {
  readonly items: number;
  readonly text: number;
}

const LEAST: Extent = { items: 8, text: 64 };
/** Deeper than any Kubernetes object; what is deeper is as large as can be. */
const MAX_DEPTH = 200;

const classes = new Map<string, SizeClass>();

/** Classes are few, so that what is known of one is known of many requests. */
export function sizeClassOf({ object, oldObject, params }: Parts): SizeClass {
  const extent = [object, oldObject, params].map(extentOf).reduce(larger, LEAST);
  const [items, text] = [extent.items, extent.text].map((size) => 2 ** Math.ceil(Math.log2(size)));
  const name = `${items} ${text}`;
  let known = classes.get(name);
  if (known === undefined) {
    known = { name, data: dataShape(items ?? Number.POSITIVE_INFINITY, text ?? Number.POSITIVE_INFINITY) };
    classes.set(name, known);
  }
  return known;
}

const extents = new WeakMap<object, Extent>();

/** Documents don't change while they are judged. */
function extentOf(value: unknown): Extent {
  if (typeof value !== 'object' || value === null) return LEAST;
  let extent = extents.get(value);
  if (extent === undefined) {
    const found = { items: 0, text: 0 };
    measure(value, 0, found);
    extent = found;
    extents.set(value, extent);
  }
  return extent;
}

function measure(part: object, depth: number, found: { items: number; text: number }): void {
  if (depth > MAX_DEPTH) found.items = Number.POSITIVE_INFINITY;
  if (depth > MAX_DEPTH) return;
  let count = 0;
  const take = (value: unknown): void => {
    count++;
    if (typeof value === 'string') found.text = Math.max(found.text, value.length);
    else if (typeof value === 'object' && value !== null) measure(value, depth + 1, found);
  };
  if (Array.isArray(part)) for (const value of part) take(value);
  else
    for (const [key, value] of Object.entries(part)) {
      found.text = Math.max(found.text, key.length);
      take(value);
    }
  found.items = Math.max(found.items, count);
}

const larger = (one: Extent, other: Extent): Extent => ({
  items: Math.max(one.items, other.items),
  text: Math.max(one.text, other.text),
});

export function worstOf(
  programs: readonly Bounded[],
  variables: readonly { readonly name: string; readonly program: Bounded }[],
  { data }: SizeClass,
): number {
  const byName = new Map(variables.map((variable) => [`variables.${variable.name}`, variable]));
  // Of two with one name, who sees which hangs on the place.
  if (byName.size < variables.length) return Number.POSITIVE_INFINITY;
  const shapes = new Map<string, Shape | undefined>();
  let cost = 0;
  // The namespace is not looked at only to measure it, and the request holds what its kind is called besides.
  for (const root of ['object', 'oldObject', 'params']) shapes.set(root, data);
  const shapeOf = (name: string): Shape | undefined => {
    const variable = byName.get(name);
    if (variable === undefined || shapes.has(name)) return shapes.get(name);
    // Should it ask for itself, it gets nothing.
    shapes.set(name, undefined);
    const most = variable.program.most(shapeOf);
    cost += most.cost;
    shapes.set(name, most.shape);
    return most.shape;
  };
  for (const program of programs) cost += program.most(shapeOf).cost;
  return cost;
}
