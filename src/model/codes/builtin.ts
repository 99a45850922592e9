/** Rules that a value can break; each has a sentence of its own. */
export type BuiltinRule =
  | 'absolute-path'
  | 'cidr'
  | 'cidr-except'
  | 'config-key'
  | 'cron-schedule'
  | 'dns-label'
  | 'dns-subdomain'
  | 'domain-prefixed'
  | 'downward-field'
  | 'env-name'
  | 'expression'
  | 'file-mode'
  | 'host-port'
  | 'http-header'
  | 'http-path'
  | 'image-without-spaces'
  | 'index-limit'
  | 'ip'
  | 'json'
  | 'label-value'
  | 'less-than-progress-deadline'
  | 'local-path'
  | 'non-negative'
  | 'not-both-zero'
  | 'not-ip'
  | 'number-range'
  | 'one-value'
  | 'path-segment'
  | 'percent-limit'
  | 'port'
  | 'port-name'
  | 'positive'
  | 'qualified-name'
  | 'quantity-order'
  | 'quantity-whole'
  | 'resource-of-containers'
  | 'rfc1035-label'
  | 'selector-matches-labels'
  | 'service-name'
  | 'standard-resource'
  | 'time-zone'
  | 'whole-percent'
  | 'wildcard-host';

/**
 * Codes of what the API server checks in its own code, beyond schemas; named after its own sorts of errors
 * (https://pkg.go.dev/k8s.io/apimachinery/pkg/util/validation/field#ErrorType). Values are the arguments that the
 * sentence needs.
 */
export interface BuiltinCodes {
  /** A field must be there, or must not be empty. */
  'builtin-required': { readonly field: string; readonly when?: string };
  'builtin-invalid': { readonly found: string; readonly rule: BuiltinRule; readonly detail?: string };
  /** A value out of a list. */
  'builtin-unsupported': { readonly found: string; readonly allowed: readonly string[] };
  'builtin-duplicate': { readonly found: string; readonly of: string };
  /** A field must not be there. */
  'builtin-forbidden': { readonly field: string; readonly because: string };
  /** A name within the object that nothing has. */
  'builtin-not-found': { readonly found: string; readonly of: string };
  /** A version of a custom kind goes in which objects may be stored. */
  'builtin-stored-version': { readonly version: string };
  'builtin-too-long': { readonly found: number; readonly limit: number; readonly unit: string };
}
