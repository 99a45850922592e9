import { within } from '#model/pointer.ts';
import type { Program } from '../cel.ts';
import { isRecord } from '../policy-file.ts';
import { removeAt, setAt } from './edit.ts';

/**
 * Changes of a document by its shape: each field removed, each scalar changed, lists and maps emptied, and what a rule
 * speaks of added where it is not. One at a time: enough to see whether a rule can fail at all.
 */
export interface Mutation {
  /** In words: `without /spec/limits`. */
  readonly change: string;
  readonly document: unknown;
}

/** Words of a rule: names of fields, and texts that it compares with. */
export interface Words {
  readonly fields: readonly string[];
  readonly texts: readonly string[];
}

/** Of a rule with its variables; so many, that a long rule costs no more. */
const MOST_WORDS = 60;

export function wordsOf(programs: readonly Program[]): Words {
  const source = programs.map((program) => program.source).join('\n');
  const texts = [...source.matchAll(/'([^'\\\n]{1,100})'|"([^"\\\n]{1,100})"/g)].map(
    ([, single, double]) => single ?? double ?? '',
  );
  const fields = [...source.matchAll(/\.\??([A-Za-z_][A-Za-z0-9_]{0,63})\b(?!\s*\()/g)].map(
    ([, field = '']) => field,
  );
  const unique = (words: readonly string[]) => [...new Set(words)].slice(0, MOST_WORDS);
  return { fields: unique(fields), texts: unique(texts) };
}

/** Removals first: they are the plainest. Never ends early by itself; the caller has a budget. */
export function* mutations(document: unknown, words: Words): Generator<Mutation> {
  const places = [...placesIn(document, '')];
  for (const { pointer } of places) {
    const made = removeAt(document, pointer);
    if ('value' in made) yield { change: `without ${pointer}`, document: made.value };
  }
  for (const { pointer, value } of places) {
    for (const other of others(value, words)) yield* set(document, pointer, other);
  }
  for (const { pointer, value } of [{ pointer: '', value: document }, ...places]) {
    if (Array.isArray(value) && value.length > 0) yield* set(document, within(pointer, '-'), value[0]);
    if (!isRecord(value)) continue;
    for (const field of words.fields) {
      if (Object.hasOwn(value, field)) continue;
      for (const one of ADDED) yield* set(document, within(pointer, field), one);
      for (const text of words.texts) yield* set(document, within(pointer, field), text);
    }
  }
}

const ADDED: readonly unknown[] = [true, false, 0, 1, 65_536, '', 'plimsoll', [], {}, ['plimsoll'], [{}]];

function* set(document: unknown, pointer: string, value: unknown): Generator<Mutation> {
  const made = setAt(document, pointer, value);
  if ('value' in made) yield { change: `${pointer} = ${JSON.stringify(value)}`, document: made.value };
}

function others(value: unknown, { texts }: Words): readonly unknown[] {
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return [0, -1, 1, value - 1, value + 1, 1_000_000];
  if (typeof value === 'string')
    return ['', 'plimsoll', `${value}x`, '*', '0', ...texts.filter((text) => text !== value)];
  if (Array.isArray(value)) return value.length === 0 ? [['plimsoll']] : [[]];
  return isRecord(value) && Object.keys(value).length > 0 ? [{}] : [];
}

/** Deeper than any Kubernetes object, shallower than the stack. */
const MAX_DEPTH = 100;

interface Place {
  readonly pointer: string;
  readonly value: unknown;
}

/** Everything below the root but what makes it an object. */
function* placesIn(value: unknown, pointer: string, depth = 0): Generator<Place> {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return;
  for (const [key, inner] of Object.entries(value)) {
    const at = within(pointer, key);
    if (!IDENTITY.has(at)) yield { pointer: at, value: inner };
    yield* placesIn(inner, at, depth + 1);
  }
}

const IDENTITY: ReadonlySet<string> = new Set(['/apiVersion', '/kind', '/metadata', '/metadata/name']);

/** How many parts a document has. */
export function sizeOf(document: unknown): number {
  let size = 0;
  for (const _ of placesIn(document, '')) size += 1;
  return size;
}
