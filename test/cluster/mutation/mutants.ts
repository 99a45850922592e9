import { jsonText, type MutationClass } from './classes/class.ts';
import { duplicate, merged, swapped } from './classes/lists.ts';
import { added, mapKey, misplaced, typo } from './classes/names.ts';
import { changed, format, reference, text, word } from './classes/strings.ts';
import { intOrString, listOrScalar, nulled, number, removed, wrongType } from './classes/values.ts';
import { MARK, plainScalar, slipped, yamlText } from './classes/yaml.ts';
import { kindOf } from './corpus.ts';
import { grouped } from './grouped.ts';
import { isJsonObject, type JsonObject, placesOf, pointerOf } from './places.ts';
import { type Random, random } from './random.ts';

/** A manifest with one mistake, or one change, in it. */
export interface Mutant {
  readonly id: string;
  /** `apps/v1 Deployment`, of the manifest that it was made of. */
  readonly kind: string;
  /** In which way it was changed. */
  readonly class: string;
  /** Where, and what stands there now. */
  readonly description: string;
  /** What goes to the API server and to the validators. */
  readonly text: string;
  /** The mutant as an object; absent where only the text was changed. */
  readonly object?: JsonObject;
  /** What it was made of. */
  readonly base: JsonObject;
  /** Whether it is a change of `base`, which exists. */
  readonly isUpdate: boolean;
}

const CLASSES: readonly MutationClass[] = [
  ...[typo, mapKey, misplaced, added, wrongType, removed, nulled, listOrScalar, number, intOrString],
  ...[text, word, format, reference, changed, duplicate, swapped, merged],
];
const UPDATES: readonly MutationClass[] = [
  changed,
  changed,
  removed,
  swapped,
  duplicate,
  reference,
  word,
  added,
];
/** How many of a hundred mutants are changes of what exists, and slips in the text. */
const [UPDATED, WRITTEN] = [12, 6];

/**
 * So many mutants of the documents: the same for the same seed. Every kind has its turn
 * (those of Kubernetes three, for they are most of what people write), then every class, then every
 * place of a document: what is common in a document does not drown what is rare.
 */
export function mutants(documents: readonly JsonObject[], count: number, seed: number): readonly Mutant[] {
  const chance = random(seed);
  const kinds = [...grouped(documents, kindOf).values()].flatMap((some) => {
    const isBuiltIn = some.every(({ apiVersion }) => isOfKubernetes(String(apiVersion)));
    return isBuiltIn ? [some, some, some] : [some];
  });
  const found = new Map<string, Mutant>();
  for (let turn = 0; found.size < count && turn < count * 20; turn++) {
    const base = chance.pick(kinds[turn % kinds.length] ?? documents);
    const mutant = mutantOf(base, chance, String(found.size));
    const key = `${mutant?.kind} ${mutant?.isUpdate} ${mutant?.text}`;
    if (mutant !== undefined && !found.has(key)) found.set(key, mutant);
  }
  return [...found.values()];
}

/** Whether a group is Kubernetes' own. */
const isOfKubernetes = (apiVersion: string): boolean =>
  !apiVersion.includes('.') ||
  (/^[a-z.]+\.k8s\.io\/v[0-9]/.test(apiVersion) && !apiVersion.startsWith('snapshot.'));

function mutantOf(base: JsonObject, chance: Random, id: string): Mutant | undefined {
  const kind = kindOf(base);
  const share = chance.below(100);
  const isUpdate = share < UPDATED;
  if (share >= UPDATED && share < UPDATED + WRITTEN) {
    const before = yamlText(base).split('\n');
    const after = slipped(before, chance);
    const at = after.findIndex((line, index) => line !== before[index]);
    const description = `line ${at + 1}: ${JSON.stringify(after[at] ?? '')}`;
    return after.join('\n') === before.join('\n')
      ? undefined
      : { id, kind, class: 'YAML text', description, text: after.join('\n'), base, isUpdate };
  }
  const isYaml = !isUpdate && share < UPDATED + 2 * WRITTEN;
  const way = isYaml ? plainScalar : chance.pick(isUpdate ? UPDATES : CLASSES);
  const object = structuredClone(base);
  const places = placesOf(object);
  const fitting = places.filter((place) => way.fits(place) && !(isUpdate && isIdentity(place.path)));
  if (fitting.length === 0) return undefined;
  const place = chance.pick(fitting);
  way.mutate(place, chance, places);
  const text = isYaml ? yamlText(object) : jsonText(object);
  if (text === (isYaml ? yamlText(base) : jsonText(base))) return undefined;
  const description = `${pointerOf(place.path)}: ${shown(place.value)} -> ${shown(valueAt(object, place.path))}`;
  const name = isUpdate ? `update: ${way.name}` : way.name;
  return { id, kind, class: name, description, text, base, isUpdate, ...(isYaml ? {} : { object }) };
}

/** Another name is another object, not a change of this one. */
const isIdentity = (path: readonly (string | number)[]) =>
  ['/apiVersion', '/kind', '/metadata', '/metadata/name', '/metadata/namespace'].includes(pointerOf(path));

function valueAt(document: JsonObject, path: readonly (string | number)[]): unknown {
  let value: unknown = document;
  for (const key of path)
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return value;
}

/** What is written in other than JSON's own way. */
const SET_APART = new RegExp(`"(?:@@|${MARK})(.*?)(?:@@|${MARK})"`, 'g');

const shown = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value).replaceAll(SET_APART, '$1');
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
};

/** Whether something is said about the object's place in the cluster. */
export const namespaceOf = ({ metadata }: JsonObject): string | undefined => {
  const namespace = isJsonObject(metadata) ? metadata['namespace'] : undefined;
  return typeof namespace === 'string' && namespace !== '' ? namespace : undefined;
};
