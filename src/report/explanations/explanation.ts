/** What `plimsoll explain` says of a code beyond its title. */
export interface Explanation {
  /** What would happen if nobody minded it. */
  readonly why: string;
  readonly mend: string;
  /** A page of the documentation here, or of whoever made the rule. */
  readonly link: string;
}

/** An explanation for every code of one part of the flow. */
export type Explanations<Codes> = { readonly [C in keyof Codes]: Explanation };
