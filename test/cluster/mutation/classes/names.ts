import { isJsonObject, put, remove, rename } from '../places.ts';
import type { Random } from '../random.ts';
import type { MutationClass } from './class.ts';

const isField: MutationClass['fits'] = ({ key }) => typeof key === 'string' && key !== '';

/** The name of a field, mistyped. */
export const typo: MutationClass = {
  name: 'typo',
  fits: isField,
  mutate: (place, random) => rename(place, mistyped(String(place.key), random)),
};

/** A key that holds more than letters, as keys of maps do, in a form that may not be allowed. */
export const mapKey: MutationClass = {
  name: 'map key',
  fits: ({ key }) => typeof key === 'string' && (/[^A-Za-z]/.test(key) || /^[a-z]+$/.test(key)),
  mutate: (place, random) => {
    const key = String(place.key);
    const forms = [
      ...['', ' ', `${key} `, `/${key}`, `${key}/`, `${key}/${key}`, `a/b/${key}`, `-${key}`, `${key}-`],
      ...[
        `.${key}`,
        `${key}..`,
        key.toUpperCase(),
        key.replace(/.$/, '_'),
        `${key}ü`,
        key.replaceAll('.', '_'),
      ],
      ...[
        'k'.repeat(64),
        'k'.repeat(254),
        `${'k'.repeat(64)}/${key}`,
        `Harbour_/${key}`,
        key.replace('/', ' '),
      ],
    ];
    rename(place, random.pick(forms));
  },
};

/** A field on another level: one further out, or within a neighbour. */
export const misplaced: MutationClass = {
  name: 'misplaced',
  fits: isField,
  mutate: (place, random, places) => {
    const key = String(place.key);
    const outer = places.find(({ value }) => value === place.holder);
    const targets = Object.values(place.holder)
      .filter((value) => value !== place.value)
      .flatMap((value) => (Array.isArray(value) ? value.slice(0, 1) : [value]))
      .filter(isJsonObject);
    const around =
      outer === undefined ? undefined : places.find(({ value }) => value === outer.holder)?.value;
    const further = isJsonObject(outer?.value) && !Array.isArray(outer.holder) ? outer.holder : around;
    const target =
      isJsonObject(further) && (targets.length === 0 || random.below(2) === 0) ? further : undefined;
    const chosen = target ?? (targets.length === 0 ? undefined : random.pick(targets));
    if (chosen === undefined || Object.hasOwn(chosen, key)) return;
    remove(place);
    put({ ...place, holder: chosen, key }, place.value);
  },
};

/** A field beside another, of nearly its name and with its value. */
export const added: MutationClass = {
  name: 'added',
  fits: isField,
  mutate: ({ holder, key, value }) => {
    if (!Array.isArray(holder)) holder[`${key}-too`] = structuredClone(value);
  },
};

/** A word with one slip of the fingers. */
export function mistyped(word: string, random: Random): string {
  const at = random.below(Math.max(word.length, 1));
  const slips = [
    word.slice(0, at) + word.slice(at + 1),
    word.slice(0, at) + word.charAt(at) + word.slice(at),
    word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2),
    word.endsWith('s') ? word.slice(0, -1) : `${word}s`,
    word.charAt(0) === word.charAt(0).toLowerCase()
      ? word.charAt(0).toUpperCase() + word.slice(1)
      : word.charAt(0).toLowerCase() + word.slice(1),
    word.replace(/[A-Z]/, (letter) => `_${letter.toLowerCase()}`),
  ];
  return random.pick(slips.filter((slip) => slip !== word));
}
