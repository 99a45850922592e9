/** From least to most: sizes of values, which are known only within bounds before there is a value. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** cel-go counts in 64 bits, and stays at the end. */
const END = 2 ** 64;

const bounded = (value: number): number => (value < END ? value : END);

export const UNKNOWN: Range = { min: 0, max: END };

export const exactly = (size: number): Range => ({ min: size, max: size });

export const sum = (...terms: readonly number[]): number =>
  bounded(terms.reduce((all, term) => all + term, 0));

export const product = (one: number, other: number): number =>
  one === 0 || other === 0 ? 0 : bounded(one * other);

/** So many times, rounded up. */
export const times = (size: number, factor: number): number => bounded(Math.ceil(bounded(size * factor)));

export const add = (one: Range, other: Range): Range => ({
  min: sum(one.min, other.min),
  max: sum(one.max, other.max),
});

export const multiply = (one: Range, other: Range): Range => ({
  min: product(one.min, other.min),
  max: product(one.max, other.max),
});

export const union = (one: Range, other: Range): Range => ({
  min: Math.min(one.min, other.min),
  max: Math.max(one.max, other.max),
});
