/** Codes of reading, identifying and writing manifests. Values are the arguments that the sentence needs. */
export interface ManifestCodes {
  /** A path that was named could not be read at all. */
  'manifest-unreadable': { readonly path: string; readonly problem: string };
  /** Nothing that was named held a single document. */
  'manifest-none': { readonly paths: readonly string[] };
  /** A link that was not followed, so what lies behind it was not checked. */
  'manifest-link-skipped': { readonly path: string };
  /** The base has nothing where there is something now, so all of it counts as new. */
  'manifest-base-empty': { readonly base: string; readonly paths: readonly string[] };
  'manifest-base-unreadable': { readonly base: string; readonly file: string; readonly problem: string };
  'manifest-encoding': { readonly problem: string };
  /** Larger, deeper or more expansive than any Kubernetes API would take. */
  'manifest-too-large': {
    readonly what: 'file' | 'document';
    /** Absent where nobody read to the end. */
    readonly bytes?: number;
    readonly limit: number;
  };
  'manifest-too-deep': { readonly limit: number };
  'manifest-expands': { readonly limit: number };
  'manifest-syntax': { readonly problem: string };
  'manifest-duplicate-key': { readonly key: string };
  'manifest-key': { readonly found: string };
  'manifest-tag': { readonly tag: string };
  'manifest-alias': { readonly name: string; readonly problem: 'unknown' | 'circular' };
  'manifest-merge': { readonly problem: 'no-mapping' | 'overrides'; readonly key?: string };
  'manifest-number': { readonly text: string; readonly problem: 'not-json' | 'too-large' };
  /** A document that is no object: a list, a text, a number. */
  'manifest-no-object': { readonly found: string };
  /** apiVersion, kind or metadata.name is missing or of the wrong type. */
  'manifest-identity': {
    readonly field: 'apiVersion' | 'kind' | 'metadata' | 'metadata.name' | 'metadata.namespace';
    readonly found: string;
  };
  /** Two documents are one and the same object to the API server. */
  'manifest-duplicate': { readonly identity: string; readonly other: string };
  /** Two managed resources are one and the same thing to AWS or Atlas. */
  'manifest-duplicate-external-name': {
    readonly kind: string;
    readonly name: string;
    readonly other: string;
  };
  /** The output folder is not what the environment files say. */
  'output-stale': { readonly file: string; readonly how: 'missing' | 'changed' | 'extra' };
  /** No check looked at this document. */
  'manifest-unchecked': { readonly checks: readonly string[] };
  /** So many documents no check that was asked for looked at. */
  'manifests-unchecked': { readonly count: number; readonly checks: readonly string[] };
}
