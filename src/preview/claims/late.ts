import type { JsonObject } from '../render/composition.ts';
import { CLAIMED_STAND_INS, STAND_INS } from './composite.ts';
import { COMPOSITE, type Flow, holderOf, type Move } from './flow.ts';
import type { Reconciled } from './passes.ts';
import { isWithin, type Path, placesIn, pointerOf } from './places.ts';

/**
 * Which values of the managed resources derive from stand-ins: they are known only after creation.
 *
 * Follows every patch from the stand-ins on, so that nothing depends on how a stand-in looks after transforms.
 * Output: for each resource, by its name in the composition, JSON pointers in the order of the alphabet.
 */
export function latePlaces(
  flow: Flow,
  { resources, composite, nameless, observations }: Reconciled,
  isClaimed: boolean,
): ReadonlyMap<string, readonly string[]> {
  const objects = new Map<string, JsonObject>([[COMPOSITE, composite]]);
  const late: Late = new Map();
  for (const path of isClaimed ? CLAIMED_STAND_INS : STAND_INS) add(late, COMPOSITE, path);
  const moves: Move[] = [...flow.moves];
  for (const [name, { object, supplied }] of observations) {
    const holder = holderOf(name);
    objects.set(holder, object);
    if (nameless.has(name)) add(late, holder, ['metadata', 'name']);
    for (const { path, isStandIn, from } of supplied) {
      if (isStandIn) add(late, holder, path);
      else
        moves.push({
          to: { holder, path },
          from: from.map((one) => ({ holder, path: one })),
          isWhole: false,
        });
    }
  }
  for (let isGrowing = true; isGrowing; ) {
    isGrowing = false;
    for (const move of moves) if (spread(move, objects, late)) isGrowing = true;
  }
  const made = isClaimed ? [...CROSSPLANES, ...OF_CLAIM] : CROSSPLANES;
  return new Map(
    resources.map(({ name }) => {
      const own = [...(late.get(holderOf(name)) ?? [])];
      const pointers = own.filter(([, [first]]) => first !== 'status').map(([pointer]) => pointer);
      return [name, [...new Set([...pointers, ...made])].sort()];
    }),
  );
}

/** What Crossplane itself writes into every resource, of the composite's uid and name. */
const CROSSPLANES = ['/metadata/ownerReferences/0/uid'];
const OF_CLAIM = [
  '/metadata/generateName',
  '/metadata/labels/crossplane.io~1composite',
  '/metadata/ownerReferences/0/name',
];

/** Holder -> pointer -> place. */
type Late = Map<string, Map<string, Path>>;

/** Whether it is new. */
function add(late: Late, holder: string, path: Path): boolean {
  const own = late.get(holder) ?? new Map<string, Path>();
  const pointer = pointerOf(path);
  if (own.has(pointer)) return false;
  late.set(holder, own.set(pointer, path));
  return true;
}

/** Takes late values along with a patch; whether that told something new. */
function spread({ from, to, isWhole }: Move, objects: ReadonlyMap<string, JsonObject>, late: Late): boolean {
  const targets = from.flatMap(({ holder, path }) =>
    [...(late.get(holder)?.values() ?? [])].flatMap((one): readonly Path[] => {
      if (isWithin(one, path)) return [isWhole ? [...to.path, ...one.slice(path.length)] : to.path];
      return isWithin(path, one) ? [to.path] : [];
    }),
  );
  const object = objects.get(to.holder);
  const places = targets.flatMap((path) => (object === undefined ? [path] : placesIn(object, path)));
  return places.map((place) => add(late, to.holder, place)).includes(true);
}
