import { failureOf } from '../failure.ts';
import { parsePath } from '../field-path/parse.ts';
import { type Patch, type Transform, targetOf, typeOf } from '../patch-and-transform/input.ts';
import { understood } from '../patch-and-transform/understood.ts';
import { fieldOf, isJsonObject, type JsonObject, textOf } from '../render/composition.ts';

/**
 * How values move through a Composition: which field of which object each patch reads and writes. Blame, late values
 * and what a resource waits for all follow from this.
 *
 * Input: a Composition that nobody checked. Output: the moves of its patch-and-transform steps; of a step that can't be
 * read, none: the function itself says what is wrong with it. Guarantees: pure, never throws.
 */
export interface Flow {
  /** In the order of the composition, each name once. */
  readonly entries: readonly Entry[];
  readonly byName: ReadonlyMap<string, Entry>;
  readonly moves: readonly Move[];
  /** Whether each resource can be made apart: no environment between them, no field that two of them set. */
  readonly isSeparable: boolean;
}

/** One resource of the composition. */
export interface Entry {
  readonly name: string;
  /** JSON pointer in the composition of its base. */
  readonly base: string;
  /** Fields of the resource that go elsewhere, with what becomes of each. */
  readonly reads: readonly Reading[];
  /** Fields of the composite without which the resource isn't created. */
  readonly gates: readonly string[];
  /** Places in the composite's status that it takes values from. */
  readonly takes: readonly (readonly string[])[];
  /** Its places that go where some resource takes a value from. */
  readonly gives: readonly (readonly string[])[];
}

interface Reading {
  readonly path: string;
  readonly tokens: readonly string[];
  readonly uses: readonly (readonly Transform[])[];
}

/** What one patch does, as far as can be told before it runs. */
export interface Move {
  readonly to: Place;
  readonly from: readonly Place[];
  /** Whether the value arrives as it was, so that what lies below the source lies below the target. */
  readonly isWhole: boolean;
}

/** A field: `*` stands for every item. */
export interface Place {
  readonly holder: string;
  readonly path: readonly string[];
}

/** Holders of fields: the composite, the environment, and the resources by name. */
export const COMPOSITE = 'composite';
const ENVIRONMENT = 'environment';
export const holderOf = (entry: string): string => `resource ${entry}`;

const known = new WeakMap<JsonObject, Flow>();

export function flowOf(composition: JsonObject): Flow {
  const before = known.get(composition);
  if (before !== undefined) return before;
  const parts = stepsOf(composition).map(partOfStep);
  const flow = assembled(
    parts.flatMap(({ entries }) => entries),
    parts.flatMap(({ moves }) => moves),
  );
  known.set(composition, flow);
  return flow;
}

function assembled(found: readonly OwnPart[], moves: readonly Move[]): Flow {
  const byName = new Map<string, Entry>();
  const ofStatus = ({ holder, path }: Place) => holder === COMPOSITE && path[0] === 'status';
  const wanted = moves.flatMap(({ from }) => from.filter(ofStatus).map(({ path }) => path));
  for (const own of found) {
    const holder = holderOf(own.name);
    const before = byName.get(own.name);
    const takes = moves
      .filter(({ to }) => to.holder === holder)
      .flatMap(({ from }) => from.filter(ofStatus).map(({ path }) => path));
    const gives = moves
      .filter(({ to }) => !ofStatus(to) || wanted.some((path) => overlap(path, to.path)))
      .flatMap(({ from }) => from.filter((place) => place.holder === holder).map(({ path }) => path));
    const reads = [...(before?.reads ?? []), ...own.reads];
    const gates = [...(before?.gates ?? []), ...own.gates];
    byName.set(own.name, { ...own, base: before?.base ?? own.base, reads, gates, takes, gives });
  }
  return { entries: [...byName.values()], byName, moves, isSeparable: isSeparable(moves) };
}

const overlap = (one: readonly string[], other: readonly string[]) =>
  one.slice(0, other.length).every((part, index) => part === other[index]);

function isSeparable(moves: readonly Move[]): boolean {
  if (moves.some(({ to, from }) => [to, ...from].some(({ holder }) => holder === ENVIRONMENT))) return false;
  const targets = moves.filter(({ to }) => to.holder === COMPOSITE).map(({ to }) => to.path);
  return targets.every((one, index) => !targets.some((other, at) => at !== index && overlap(one, other)));
}

/** The composition with some of its resources only. */
export function narrowed(composition: JsonObject, entries: readonly Entry[]): JsonObject {
  if (entries.length === flowOf(composition).entries.length) return composition;
  const names = new Set(entries.map(({ name }) => name));
  const key = JSON.stringify([...names]);
  const cached = parts.get(composition) ?? new Map<string, JsonObject>();
  const before = cached.get(key);
  if (before !== undefined) return before;
  const pipeline = stepsOf(composition).map((step) => narrowedStep(step, names));
  const spec = fieldOf(composition, 'spec');
  const part = { ...composition, spec: { ...(isJsonObject(spec) ? spec : {}), pipeline } };
  parts.set(composition, cached.set(key, part));
  return part;
}

/** Claims of one kind wait for the same things. */
const parts = new WeakMap<JsonObject, Map<string, JsonObject>>();

function narrowedStep(step: unknown, names: ReadonlySet<string>): unknown {
  const input = fieldOf(step, 'input');
  const resources = fieldOf(input, 'resources');
  if (!isJsonObject(step) || !isJsonObject(input) || !isPatching(input) || !Array.isArray(resources))
    return step;
  const kept = resources.filter((resource) => names.has(textOf(resource, 'name')));
  // A step without resources is refused: one of them is made again for nothing.
  const some = kept.length === 0 ? resources.slice(0, 1) : kept;
  return { ...step, input: { ...input, resources: some } };
}

const stepsOf = (composition: JsonObject): readonly unknown[] => {
  const pipeline = fieldOf(fieldOf(composition, 'spec'), 'pipeline');
  return Array.isArray(pipeline) ? pipeline : [];
};

const isPatching = (input: unknown) => textOf(input, 'apiVersion').startsWith('pt.fn.crossplane.io/');

/** What can be told of a resource from its own step. */
type OwnPart = Pick<Entry, 'name' | 'base' | 'reads' | 'gates'>;
interface Part {
  readonly entries: readonly OwnPart[];
  readonly moves: readonly Move[];
}

function partOfStep(step: unknown, stepIndex: number): Part {
  const given = fieldOf(step, 'input');
  if (!isPatching(given)) return { entries: [], moves: [] };
  try {
    return partOfInput(understood(given), `/spec/pipeline/${stepIndex}/input/resources`);
  } catch (error) {
    failureOf(error);
    return { entries: [], moves: [] };
  }
}

function partOfInput({ input, templates }: ReturnType<typeof understood>, pointer: string): Part {
  const moves = (input.environment?.patches ?? []).flatMap((patch) => moveOf(patch, ENVIRONMENT));
  const entries = templates.map(({ name = '', patches = [] }, index) => {
    moves.push(...patches.flatMap((patch) => moveOf(patch, holderOf(name))));
    return { name, base: `${pointer}/${index}/base`, reads: readsOf(patches), gates: gatesOf(patches) };
  });
  return { entries, moves };
}

const OUTGOING = /^(To|CombineTo)(Composite|Environment)/;

function moveOf(patch: Patch, own: string): readonly Move[] {
  const type = typeOf(patch);
  const other = type.includes('Environment') && own !== ENVIRONMENT ? ENVIRONMENT : COMPOSITE;
  // Of the environment's own patches, those from the composite write to it.
  const isOutgoing = own === ENVIRONMENT ? /^(FromEnv|ToComp|CombineToComp)/.test(type) : OUTGOING.test(type);
  const [from, to] = isOutgoing ? [own, other] : [other, own];
  const target = pathOf(targetOf(patch));
  if (target === undefined) return [];
  return [
    {
      to: { holder: to, path: target },
      from: sourcesOf(patch).flatMap((source) => {
        const path = pathOf(source);
        return path === undefined ? [] : [{ holder: from, path }];
      }),
      isWhole: patch.combine === undefined && (patch.transforms ?? []).length === 0,
    },
  ];
}

function sourcesOf({ combine, fromFieldPath = '' }: Patch): readonly string[] {
  return combine === undefined
    ? [fromFieldPath]
    : (combine.variables ?? []).map((variable) => variable.fromFieldPath ?? '');
}

/** Undefined for what is no path: the function says so. */
function pathOf(text: string): readonly string[] | undefined {
  try {
    return parsePath(text).map(String);
  } catch (error) {
    failureOf(error);
    return undefined;
  }
}

function readsOf(patches: readonly Patch[]): readonly Reading[] {
  const uses = new Map<string, (readonly Transform[])[]>();
  for (const patch of patches) {
    if (!OUTGOING.test(typeOf(patch))) continue;
    // What a combination makes of a source is no matter of the source's own form.
    const chain = patch.combine === undefined ? (patch.transforms ?? []) : [];
    for (const source of sourcesOf(patch)) uses.set(source, [...(uses.get(source) ?? []), chain]);
  }
  return [...uses].flatMap(([path, chains]) => {
    const tokens = pathOf(path);
    return tokens === undefined ? [] : [{ path, tokens, uses: chains }];
  });
}

const INCOMING: ReadonlySet<string> = new Set(['FromCompositeFieldPath', 'CombineFromComposite']);

const gatesOf = (patches: readonly Patch[]): readonly string[] =>
  patches
    .filter((patch) => patch.policy?.fromFieldPath === 'Required' && INCOMING.has(typeOf(patch)))
    .flatMap(sourcesOf);
