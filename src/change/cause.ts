import type { Locate, Origin } from '#model/origin.ts';
import { pointerTo, segmentsOf, within } from '#model/pointer.ts';
import { compareObjects, type FieldChange } from './compare.ts';
import { leavesOf, likeness } from './likeness.ts';
import type { Described } from './state.ts';

/**
 * Why something changed: the line in the environment file that somebody edited, as a change of the environment itself.
 *
 * Input: the environment at base and at head, defaults filled in, and where each value is written. Output: the changed
 * fields, and which of them a place in a manifest comes from. Guarantees: pure; what no changed line explains is said to
 * be so, never blamed on the nearest line.
 */
export interface Cause extends FieldChange {
  /** Where it is written: at head; at base where it went. Absent where no file says it. */
  readonly origin?: Origin;
  readonly revision: 'base' | 'head';
  /** The pointer at base of a thing that got another name: nothing came, nothing went. */
  readonly renamedFrom?: string;
}

/** Finds the cause of what stands at a place of base or head; `value` tells causes on one line apart. */
export type CauseOf = (question: Question) => Cause | undefined;

export interface Question {
  readonly origin: Origin | undefined;
  readonly revision: 'base' | 'head';
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface Causes {
  readonly causes: readonly Cause[];
  readonly causeOf: CauseOf;
}

export function causesBetween(base: Described | undefined, head: Described | undefined): Causes {
  const changes = compareObjects(base?.document, head?.document, { definition: () => undefined });
  const causes = withRenames(changes).map((change): Cause => {
    const revision = change.after === undefined ? 'base' : 'head';
    const origin = (revision === 'base' ? base : head)?.locate(change.pointer);
    return { ...change, revision, ...(origin && { origin }) };
  });
  const places = { base: new Places(), head: new Places() };
  for (const cause of causes) {
    const { before, after, pointer, renamedFrom = pointer } = cause;
    if (base !== undefined && before !== undefined) places.base.add(cause, renamedFrom, base.locate, before);
    if (head !== undefined && after !== undefined) places.head.add(cause, pointer, head.locate, after);
  }
  return {
    causes,
    causeOf: (question) => likeliest(places[question.revision].at(question.origin), question),
  };
}

/** How much of a block must be the same for it to be the former one under another name. */
const ALIKE = 0.7;

/** A name that went and one that came beside it, with nearly the same content, are one that was renamed. */
function withRenames(changes: readonly FieldChange[]): readonly (FieldChange & Pick<Cause, 'renamedFrom'>)[] {
  const gone = changes.filter((change) => change.after === undefined);
  const taken = new Set<FieldChange>();
  const made = changes.map((change) => {
    if (change.before !== undefined) return change;
    const former = gone.find(
      (one) =>
        !taken.has(one) &&
        parentOf(one.pointer) === parentOf(change.pointer) &&
        parentOf(one.pointer).split('/').length > 2 &&
        likeness(leavesOf(one.before), leavesOf(change.after)) >= ALIKE,
    );
    if (former === undefined) return change;
    taken.add(former);
    return { ...change, before: former.before, renamedFrom: former.pointer };
  });
  return made.filter((change) => !taken.has(change));
}

const parentOf = (pointer: string): string => pointer.slice(0, pointer.lastIndexOf('/'));

/** More values than this in one block are found by the block alone. */
const MOST_VALUES = 20_000;

/** Which causes stand where: by the very place, by the line, and by the blocks that they are in. */
class Places {
  readonly #exact = new Map<string, Cause[]>();
  readonly #line = new Map<string, Cause[]>();
  readonly #around = new Map<string, Cause[]>();

  add(cause: Cause, from: string, locate: Locate, value: unknown): void {
    let left = MOST_VALUES;
    const visit = (pointer: string, inner: unknown): void => {
      if (left-- <= 0) return;
      const origin = locate(pointer);
      note(this.#exact, placeOf(origin), cause);
      note(this.#line, lineOf(origin), cause);
      if (typeof inner !== 'object' || inner === null) return;
      for (const [key, part] of Object.entries(inner)) visit(within(pointer, key), part);
    };
    visit(from, value);
    const segments = segmentsOf(from);
    for (let length = segments.length - 1; length > 1; length--) {
      note(this.#around, placeOf(locate(pointerTo(...segments.slice(0, length)))), cause);
    }
  }

  at(origin: Origin | undefined): readonly Cause[] {
    if (origin === undefined) return [];
    return (
      this.#exact.get(placeOf(origin)) ??
      this.#line.get(lineOf(origin)) ??
      this.#around.get(placeOf(origin)) ??
      []
    );
  }
}

function note(map: Map<string, Cause[]>, key: string, cause: Cause): void {
  if (key === '') return;
  const known = map.get(key);
  if (known === undefined) map.set(key, [cause]);
  else if (!known.includes(cause)) known.push(cause);
}

const placeOf = (origin: Origin | undefined): string =>
  origin === undefined ? '' : `${origin.file}:${origin.line}:${origin.column}`;
const lineOf = (origin: Origin | undefined): string =>
  origin === undefined ? '' : `${origin.file}:${origin.line}`;

/** Of several on one line, the one whose values are the very values that changed. */
function likeliest(causes: readonly Cause[], { before, after }: Question): Cause | undefined {
  if (causes.length <= 1) return causes[0];
  return causes.find((cause) => cause.before === before && cause.after === after) ?? causes[0];
}
