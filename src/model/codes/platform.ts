/** Codes of what AWS, Atlas or Crossplane would refuse about a derived value. Values are the arguments that the sentence needs. */
export type PlatformCodes = Record<never, never>;
