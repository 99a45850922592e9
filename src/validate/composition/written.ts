import { type Segment, WILDCARD } from '#preview/field-path/parse.ts';
import { isObject } from '../schema/jsonSchema.ts';
import type { Entry, PlacedPatch } from './function-input.ts';
import { isInward } from './route.ts';

/** A place in a composed resource: what the base sets there, and which patches write it or something below it. */
export interface Place {
  readonly value: unknown;
  readonly node: Node | undefined;
}

interface Node {
  readonly patches: PlacedPatch[];
  readonly below: Map<Segment, Node>;
}

const emptyNode = (): Node => ({ patches: [], below: new Map() });

/** The root of what an entry composes. */
export function placesOf({ base, patches }: Pick<Entry, 'base' | 'patches'>): Place {
  const root = emptyNode();
  for (const patch of patches) {
    if (!isInward(patch) || patch.target.segments === undefined) continue;
    let here = root;
    for (const segment of patch.target.segments) {
      const next = here.below.get(segment) ?? emptyNode();
      here.below.set(segment, next);
      here = next;
    }
    here.patches.push(patch);
  }
  return { value: base, node: root };
}

export function placeBelow({ value, node }: Place, segment: Segment): Place {
  return { value: valueAt(value, segment), node: node?.below.get(segment) ?? node?.below.get(WILDCARD) };
}

export const placeAt = (root: Place, ...segments: readonly Segment[]): Place =>
  segments.reduce(placeBelow, root);

function valueAt(value: unknown, segment: Segment): unknown {
  if (typeof segment === 'number') return Array.isArray(value) ? value[segment] : undefined;
  return isObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined;
}

export const isSetByBase = ({ value }: Place): boolean => value !== undefined && value !== null;

/** Whether anything is there at all: null counts as absent, as for the API server. */
export const isSet = (place: Place): boolean => isSetByBase(place) || place.node !== undefined;

/** Whether there is an object or a list, of the base or of patches that write into it. */
export const hasBelow = ({ value, node }: Place): boolean =>
  (typeof value === 'object' && value !== null) || (node !== undefined && node.below.size > 0);

/** Whether a patch writes the whole value, whatever the base says. */
export const isPatched = ({ node }: Place): boolean => node !== undefined && node.patches.length > 0;

/** All patches that write here or below. */
export function patchesAt({ node }: Place): readonly PlacedPatch[] {
  if (node === undefined) return [];
  return [
    ...node.patches,
    ...[...node.below.values()].flatMap((below) => patchesAt({ value: undefined, node: below })),
  ];
}

/** Names or indexes of what is below, of the base and of patches. */
export function namesBelow({ value, node }: Place): readonly Segment[] {
  const own: readonly Segment[] = Array.isArray(value)
    ? [...value.keys()]
    : isObject(value)
      ? Object.keys(value)
      : [];
  if (node === undefined || node.below.size === 0) return own;
  const names = new Set(own);
  for (const segment of node.below.keys()) if (segment !== WILDCARD) names.add(segment);
  return [...names];
}
