import { within } from '#model/pointer.ts';
import { Failure } from '#preview/failure.ts';
import { parsePath, type Segment } from '#preview/field-path/parse.ts';
import { type ConnectionDetail, type Patch, targetOf, typeOf } from '#preview/patch-and-transform/input.ts';
import type { JsonSchema } from '../schema/jsonSchema.ts';
import { type DecodedResource, decodedInput, type Refusal } from './decoded.ts';

/** The input of function-patch-and-transform, every part with its place in the Composition. */
export interface PatchInput {
  readonly patchSets: readonly PlacedSet[];
  readonly entries: readonly Entry[];
  readonly environment: readonly PlacedPatch[];
  /** How many patches these are, and how many more there are that nobody checks. */
  readonly read: number;
  readonly unread: number;
  readonly refused: readonly Refusal[];
}

interface PlacedSet {
  readonly name: string;
  readonly pointer: string;
  readonly patches: readonly PlacedPatch[];
}

/** A resource of the input. */
export interface Entry {
  readonly name: string;
  readonly pointer: string;
  readonly base: JsonSchema | undefined;
  /** With those of the patch sets that it names. */
  readonly patches: readonly PlacedPatch[];
  readonly uses: readonly { readonly name: string; readonly pointer: string }[];
  readonly details: readonly { readonly detail: ConnectionDetail; readonly pointer: string }[];
}

/** A path as it is written, and its segments where it is one. */
export interface PlacedPath {
  readonly path: string;
  readonly pointer: string;
  readonly segments: readonly Segment[] | undefined;
  readonly problem?: string;
}

export interface PlacedPatch {
  readonly patch: Patch;
  readonly type: string;
  readonly pointer: string;
  readonly sources: readonly PlacedPath[];
  readonly target: PlacedPath;
  /** The patch set that it stands in, and where the entry asks for it. */
  readonly set?: { readonly name: string; readonly use: string };
}

export function readInput(written: unknown, pointer: string): PatchInput {
  const { patchSets, environment, resources, refused } = decodedInput(written);
  const sets = placedEach(patchSets, within(pointer, 'patchSets'), ({ name, patches }, at) => ({
    name,
    pointer: at,
    patches: placedEach(patches, within(at, 'patches'), placedPatch),
  }));
  const byName = new Map(sets.map((set) => [set.name, set]));
  const room: Room = { left: MOST_PATCHES, over: 0 };
  return {
    patchSets: sets,
    entries: placedEach(resources, within(pointer, 'resources'), (resource, at) =>
      placedEntry(resource, at, byName, room),
    ),
    environment: placedEach(environment, within(pointer, 'environment', 'patches'), placedPatch),
    read: MOST_PATCHES - room.left,
    unread: room.over,
    refused: refused.map((refusal) => ({ ...refusal, pointer: `${pointer}${refusal.pointer}` })),
  };
}

const placedEach = <T, R>(
  items: readonly (T | undefined)[],
  pointer: string,
  place: (item: T, pointer: string) => R,
): readonly R[] =>
  items.flatMap((item, index) => (item === undefined ? [] : [place(item, within(pointer, index))]));

/** A patch set is written once and counts for each use: what is small to write may be large to check. */
const MOST_PATCHES = 20_000;

interface Room {
  left: number;
  over: number;
}

function placedEntry(
  { name, base, patches, details }: DecodedResource,
  pointer: string,
  sets: ReadonlyMap<string, PlacedSet>,
  room: Room,
): Entry {
  const own = placedEach(patches, within(pointer, 'patches'), placedPatch);
  return {
    name,
    pointer,
    base,
    patches: own.flatMap((patch) => inlined(patch, sets, room)),
    uses: own.flatMap(({ patch, type, pointer: at }) =>
      type === 'PatchSet' ? [{ name: patch.patchSetName ?? '', pointer: within(at, 'patchSetName') }] : [],
    ),
    details: placedEach(details, within(pointer, 'connectionDetails'), (detail, at) => ({
      detail,
      pointer: at,
    })),
  };
}

function kept(patches: readonly PlacedPatch[], room: Room): readonly PlacedPatch[] {
  const some = patches.length <= room.left ? patches : patches.slice(0, room.left);
  room.left -= some.length;
  room.over += patches.length - some.length;
  return some;
}

function inlined(one: PlacedPatch, sets: ReadonlyMap<string, PlacedSet>, room: Room): readonly PlacedPatch[] {
  if (one.type !== 'PatchSet') return kept([one], room);
  const name = one.patch.patchSetName ?? '';
  const set = { name, use: within(one.pointer, 'patchSetName') };
  return kept(sets.get(name)?.patches ?? [], room).map((patch) => ({ ...patch, set }));
}

function placedPatch(patch: Patch, pointer: string): PlacedPatch {
  const type = typeOf(patch);
  const at = within(pointer, patch.toFieldPath === undefined ? 'fromFieldPath' : 'toFieldPath');
  return {
    patch,
    type,
    pointer,
    sources: sourcesOf(patch, type, pointer),
    target: placedPath(targetOf(patch), at),
  };
}

function sourcesOf(patch: Patch, type: string, pointer: string): readonly PlacedPath[] {
  if (type === 'PatchSet') return [];
  if (!type.startsWith('Combine'))
    return [placedPath(patch.fromFieldPath ?? '', within(pointer, 'fromFieldPath'))];
  return (patch.combine?.variables ?? []).map(({ fromFieldPath = '' }, index) =>
    placedPath(fromFieldPath, within(pointer, 'combine', 'variables', index, 'fromFieldPath')),
  );
}

export function placedPath(path: string, pointer: string): PlacedPath {
  try {
    return { path, pointer, segments: parsePath(path) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const problem = error.message.replace(/^cannot parse path .*?": /s, '');
    return { path, pointer, segments: undefined, problem };
  }
}
