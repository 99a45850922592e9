/** Codes of reading, identifying and writing manifests. Values are the arguments that the sentence needs. */
export type ManifestCodes = Record<never, never>;
