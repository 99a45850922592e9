/** Codes of a document against its Kubernetes or CRD schema. Values are the arguments that the sentence needs. */
export interface SchemaCodes {
  /** No schema is known for this kind, so nothing about the document was checked. */
  'schema-missing': { readonly apiVersion: string; readonly kind: string; readonly similar?: string };
  /** The group and kind are known, this version of them is not. */
  'schema-version-unknown': {
    readonly apiVersion: string;
    readonly kind: string;
    readonly available: readonly string[];
  };
  /** The API server no longer serves this version. */
  'schema-version-removed': {
    readonly apiVersion: string;
    readonly kind: string;
    readonly removedIn: string;
    readonly kubernetesVersion: string;
    readonly successor?: string;
  };
  'schema-version-deprecated': {
    readonly apiVersion: string;
    readonly kind: string;
    readonly warning?: string;
    readonly removedIn?: string;
    readonly successor?: string;
  };
  /** A document has more problems than are listed. */
  'schema-more': { readonly listed: number; readonly more: number };
  /** A schema that cannot be used: of a user's CRD, or one whose pattern no regular expression engine takes. */
  'schema-unusable': { readonly problem: string };
  'schema-namespace-forbidden': { readonly kind: string; readonly namespace: string };
  'schema-unknown-field': { readonly field: string; readonly similar?: string };
  'schema-type': { readonly expected: string; readonly found: string };
  'schema-required': { readonly field: string };
  'schema-enum': { readonly found: string; readonly allowed: readonly string[] };
  'schema-pattern': { readonly found: string; readonly pattern: string };
  'schema-format': { readonly found: string; readonly format: string };
  'schema-range': {
    readonly found: number;
    readonly bound: 'least' | 'most' | 'more than' | 'less than' | 'a multiple of';
    readonly limit: number;
  };
  'schema-size': {
    readonly what: 'characters' | 'items' | 'properties';
    readonly found: number;
    readonly bound: 'least' | 'most';
    readonly limit: number;
  };
  /** Two items of a list that the API server keys by these fields (or by their whole value). */
  'schema-duplicate-item': { readonly keys: readonly string[]; readonly first: string };
  /** A change takes out the last field or item: server-side apply leaves null, which the schema refuses. */
  'schema-emptied': { readonly what: 'object' | 'array' };
  /** anyOf, oneOf, not. */
  'schema-alternatives': { readonly rule: 'anyOf' | 'oneOf' | 'not'; readonly matched: number };
  /** A finding of kubeconform that has no code of its own here. */
  'kubeconform-rejected': { readonly message: string };
  'kubeconform-missing': { readonly install: string };
  'kubeconform-version': { readonly found: string; readonly needed: string; readonly install: string };
  'kubeconform-failed': { readonly problem: string };
}
