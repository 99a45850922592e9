/** Codes of policies, and documents that they object to. Values are the arguments that the sentence needs. */
export type PolicyCodes = Record<never, never>;
