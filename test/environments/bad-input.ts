import { edited } from './tideline.ts';

/** A file that is wrong in one way, and all that is found: `code pointer line:column`, as `brief` writes it. */
export interface BadInput {
  readonly name: string;
  readonly text: string;
  readonly others?: Readonly<Record<string, string>>;
  readonly expected: readonly string[];
}

/** One change of the small environment. */
export const change = (name: string, from: string, to: string, ...expected: readonly string[]): BadInput => ({
  name,
  text: edited(from, to),
  expected,
});

export const whole = (name: string, text: string, ...expected: readonly string[]): BadInput => ({
  name,
  text,
  expected,
});
