import type { Manifest } from '#manifests/manifest.ts';
import type { Locate } from '#model/origin.ts';
import { segmentsOf } from '#model/pointer.ts';
import { COMPOSITE, type Entry, type Flow, holderOf, type Move } from './flow.ts';
import { isWithin, type Path, pointerOf } from './places.ts';

/**
 * The line to blame for a place in a managed resource.
 *
 * What a patch wrote comes from the field of the claim that it read: of all patches that wrote at or above the place,
 * the one with the longest target decides, and of its sources the first in the claim. What the composition's base says
 * is nobody's field: `base` tells whom to blame for it. Compositions that plimsoll rendered are no file that a team can
 * change, so the claim as a whole is blamed; for others it is the base's own line.
 */
export function managedLocate(flow: Flow, entry: Entry | undefined, blamed: Blamed): Locate {
  const { claim, composition, base } = blamed;
  return (pointer) => {
    const place = segmentsOf(pointer);
    const move = entry && writer(flow.moves, holderOf(entry.name), place);
    if (move !== undefined) return claim.locate(claimPointer(move, place));
    return base === 'claim' || entry === undefined
      ? claim.locate('')
      : composition.locate(`${entry.base}${pointer}`);
  };
}

export interface Blamed {
  readonly claim: Manifest;
  readonly composition: Manifest;
  /** Whom to blame for what the composition's bases say. */
  readonly base: 'claim' | 'composition';
}

function writer(moves: readonly Move[], holder: string, place: Path): Move | undefined {
  let longest: Move | undefined;
  for (const move of moves) {
    if (move.to.holder !== holder || !isWithin(place, move.to.path)) continue;
    // Of equals the last one wins, as it does when they run.
    if (longest === undefined || move.to.path.length >= longest.to.path.length) longest = move;
  }
  return longest;
}

/** The claim as a whole where the value came from elsewhere: of another resource, say. */
function claimPointer({ from, to, isWhole }: Move, place: Path): string {
  const source = from.find(({ holder, path }) => holder === COMPOSITE && path[0] === 'spec');
  if (source !== undefined)
    return pointerOf([...source.path, ...(isWhole ? place.slice(to.path.length) : [])]);
  const named = from.find(({ holder, path }) => holder === COMPOSITE && path[0] === 'metadata');
  return named === undefined ? '' : '/metadata/name';
}
