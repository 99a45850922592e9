/** Codes of what AWS, Atlas or Crossplane would refuse about a derived value. Values are the arguments that the sentence needs. */
export interface PlatformCodes {
  /** All that a service uses, together, is more than a role's policy can say. */
  'platform-policy-too-large': {
    readonly role: string;
    /** Characters, white space not counted. */
    readonly size: number;
    readonly limit: number;
  };
  /** Point-in-time restore needs snapshots, and they're gone before. */
  'platform-restore-window': {
    /** Days. */
    readonly window: number;
    readonly retention: number;
  };
}
