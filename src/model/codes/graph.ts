/** Codes of references between documents. Values are the arguments that the sentence needs. */
export type GraphCodes = Record<never, never>;
