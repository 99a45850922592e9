/** The words of one code. Sentences live here and nowhere else; a check returns data. */
export interface Message<Args> {
  /** One line for the reference documentation: what this code means. */
  readonly title: string;
  /** What is wrong, with the values that matter. No trailing period. */
  readonly sentence: (args: Args) => string;
  /** How to mend it: what to write instead. No trailing period. */
  readonly mend: (args: Args) => string;
  /** Of several policies at once: notes that take more room than they are worth are told in one line, and counted. */
  readonly together?: (count: number, policies: string) => string;
}

/** A message for every code of one part of the flow. */
export type Messages<Codes> = { readonly [C in keyof Codes]: Message<Codes[C]> };
