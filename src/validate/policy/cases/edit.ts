import { segmentsOf } from '#model/pointer.ts';
import { isRecord } from '../policy-file.ts';

/**
 * Changes at a JSON pointer, in a copy: what is not on the way to it stays shared. Never through a prototype:
 * every map is made of its entries.
 */
export type Edited = { readonly value: unknown } | { readonly problem: string };

/** Sets a value. Maps on the way are made where there are none; a list takes its length, or `-`, for one more item. */
export const setAt = (document: unknown, pointer: string, value: unknown): Edited =>
  edited(document, segmentsOf(pointer), { value });

/** Removes what must be there. */
export const removeAt = (document: unknown, pointer: string): Edited =>
  edited(document, segmentsOf(pointer), undefined);

type Wanted = { readonly value: unknown } | undefined;

function edited(at: unknown, [segment, ...rest]: readonly string[], wanted: Wanted): Edited {
  if (segment === undefined) return wanted ?? { problem: 'the whole document can not be removed' };
  if (Array.isArray(at)) return editedList(at, segment, rest, wanted);
  if (!isRecord(at))
    return { problem: `${JSON.stringify(segment)} leads into what is neither a map nor a list` };
  const isThere = Object.hasOwn(at, segment);
  if (!isThere && wanted === undefined) return { problem: `there is no ${JSON.stringify(segment)}` };
  if (rest.length === 0 && wanted === undefined)
    return { value: Object.fromEntries(Object.entries(at).filter(([key]) => key !== segment)) };
  const inner = edited(isThere ? at[segment] : {}, rest, wanted);
  if ('problem' in inner) return inner;
  const others = Object.entries(at).map(
    ([key, value]) => [key, key === segment ? inner.value : value] as const,
  );
  return { value: Object.fromEntries(isThere ? others : [...others, [segment, inner.value] as const]) };
}

function editedList(
  at: readonly unknown[],
  segment: string,
  rest: readonly string[],
  wanted: Wanted,
): Edited {
  const index = segment === '-' ? at.length : /^(0|[1-9][0-9]{0,5})$/.test(segment) ? Number(segment) : -1;
  const isNew = index === at.length && wanted !== undefined;
  if (index < 0 || (index >= at.length && !isNew))
    return { problem: `the list has no item ${JSON.stringify(segment)}` };
  if (rest.length === 0 && wanted === undefined) return { value: at.filter((_, one) => one !== index) };
  const inner = edited(isNew ? {} : at[index], rest, wanted);
  return 'problem' in inner ? inner : { value: [...at.slice(0, index), inner.value, ...at.slice(index + 1)] };
}
