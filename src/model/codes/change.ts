/** Codes of comparing two revisions. Values are the arguments that the sentence needs. */
export interface ChangeCodes {
  /** Something that holds data goes, or becomes another, and nobody said that it may. */
  'change-unacknowledged': {
    readonly action: 'delete' | 'replace';
    readonly resource: string;
    readonly reason: string;
  };
  /** An acknowledgement of what this change does not do. */
  'acknowledgement-stale': { readonly action: 'delete' | 'replace'; readonly resource: string };
  /** The environment files of the base can't be rendered any more. */
  'change-base-broken': { readonly base: string; readonly problem: string; readonly isCompared: boolean };
  /** An environment that only one of both has. */
  'change-environment-added': { readonly environment: string };
  /** A value that can't be changed in its file without changing something else. */
  'edit-refused': {
    readonly path: string;
    readonly reason: 'alias' | 'anchor' | 'removed' | 'entangled';
  };
  /** What is to be promoted is not in the environment that it is to go to. */
  'promote-missing': { readonly service: string; readonly from: string; readonly to: string };
  'change-environment-removed': { readonly environment: string; readonly resources: number };
}
