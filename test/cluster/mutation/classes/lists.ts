import { isJsonObject, type Json, type JsonObject, type Place, put } from '../places.ts';
import type { Random } from '../random.ts';
import type { MutationClass } from './class.ts';
import { changed } from './strings.ts';

const isItem: MutationClass['fits'] = ({ holder }) => Array.isArray(holder);

/** An item that stands twice, as it is or with one of its values altered. */
export const duplicate: MutationClass = {
  name: 'duplicate',
  fits: isItem,
  mutate: ({ holder, value }, random) => {
    if (!Array.isArray(holder)) return;
    const copy = structuredClone(value);
    const fields = isJsonObject(copy) ? fieldsOf(copy) : [];
    if (fields.length > 0 && random.below(2) === 0) changed.mutate(random.pick(fields), random, []);
    holder.push(copy);
  },
};

const fieldsOf = (item: JsonObject): readonly Place[] =>
  Object.entries(item)
    .filter(([, value]) => typeof value !== 'object')
    .map(([key, value]) => ({ path: [], holder: item, key, value }));

/** Two values that stand beside each other, in each other's place. */
export const swapped: MutationClass = {
  name: 'swapped',
  fits: ({ holder }) => Object.keys(holder).length > 1,
  mutate: (place, random) => {
    const here = JSON.stringify(place.value);
    const others = siblingsOf(place).filter(
      ({ value }) => typeof value === typeof place.value && JSON.stringify(value) !== here,
    );
    if (others.length === 0) return;
    const other = random.pick(others);
    put(place, other.value);
    put(other, place.value);
  },
};

const siblingsOf = ({ holder, key, path }: Place): readonly Place[] => {
  const entries: readonly (readonly [string | number, Json])[] = Array.isArray(holder)
    ? [...holder.entries()]
    : Object.entries(holder);
  return entries
    .filter(([name]) => name !== key)
    .map(([name, value]) => ({ path, holder, key: name, value }));
};

/** An item that also has what another item has, as after pasting in the wrong place. */
export const merged: MutationClass = {
  name: 'merged',
  fits: (place) => isItem(place) && isJsonObject(place.value) && place.holder.length !== 1,
  mutate: ({ holder, value }, random) => {
    if (!Array.isArray(holder) || !isJsonObject(value)) return;
    const foreign = holder
      .filter(isJsonObject)
      .flatMap((item) => Object.entries(item))
      .filter(([field]) => !Object.hasOwn(value, field));
    if (foreign.length === 0) return;
    const [field, taken] = pickOf(foreign, random);
    value[field] = structuredClone(taken);
  },
};

const pickOf = <T>(list: readonly T[], random: Random): T => random.pick(list);
