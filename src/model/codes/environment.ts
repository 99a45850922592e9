/** Codes of what is wrong in an environment file. Values are the arguments that the sentence needs. */
export type EnvironmentCodes = Record<never, never>;
