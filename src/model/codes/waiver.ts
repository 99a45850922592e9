/** Codes of the small files beside the policies (waivers, baseline, cases), and of what they let pass. */
export interface WaiverCodes {
  /** A file that is no YAML, or holds no map. */
  'record-unreadable': { readonly error: string };
  'record-field': {
    readonly field: string;
    readonly problem: 'unknown' | 'missing' | 'wrong';
    /** What to write; of an unknown field the one that was probably meant. */
    readonly expected?: string;
  };
  /** A waiver of a code or policy that does not exist. */
  'waiver-unknown': {
    readonly what: 'code' | 'policy';
    readonly name: string;
    readonly suggestion?: string;
  };
  /** Whatever means that something was not checked can't be waived. */
  'waiver-refused': { readonly code: string };
  'waiver-too-broad': {
    readonly waived: string;
    readonly problem: 'nothing-waived' | 'nobody-selected' | 'too-long';
  };
  'waiver-expired': { readonly waived: string; readonly until: string; readonly owner: string };
  'waiver-unused': { readonly waived: string; readonly owner: string };
  /** An entry of the baseline that occurs no more, or less often. */
  'baseline-stale': { readonly code: string; readonly object: string; readonly left: number };
}
