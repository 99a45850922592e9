import { amountOf } from '#validate/builtin/amount.ts';
import type { FieldChange } from '../compare.ts';

/** More or less, of what has an order: numbers, amounts, sizes of AWS and Atlas. */

/** Positive where it grew, negative where it shrank; undefined where nobody can say. */
export function growth({ before, after }: FieldChange): number | undefined {
  const [from, to] = [rank(before), rank(after)];
  if (from === undefined || to === undefined) return undefined;
  return to === from ? 0 : to > from ? 1 : -1;
}

export const grew = (change: FieldChange): boolean => growth(change) === 1;
export const shrank = (change: FieldChange): boolean => growth(change) === -1;

/** `M40 -> M30`, for reasons. */
export const step = ({ before, after }: FieldChange): string => `${shown(before)} -> ${shown(after)}`;

const shown = (value: unknown): string =>
  value === undefined ? 'nothing' : typeof value === 'object' ? 'another' : String(value);

/** AWS names sizes alike everywhere: `r7g.xlarge`, `cache.r7g.2xlarge`. */
const SIZES = ['nano', 'micro', 'small', 'medium', 'large', 'xlarge'];

function rank(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const atlas = /^[MR](\d+)(_NVME)?$/.exec(value)?.[1];
  if (atlas !== undefined) return Number(atlas);
  const [, times = '', size = ''] = /^(?:cache\.|db\.)?[a-z0-9-]+\.(\d*)([a-z]+)$/.exec(value) ?? [];
  if (SIZES.includes(size)) return SIZES.indexOf(size) * 100 + (times === '' ? 0 : Number(times));
  const amount = amountOf(value);
  return amount === undefined ? undefined : Number(amount);
}
