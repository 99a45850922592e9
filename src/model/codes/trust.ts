/** Codes of who may do what in AWS and Atlas, and from where. Values are the arguments that the sentence needs. */
export interface TrustCodes {
  /** A policy that is no JSON, so that nobody knows what it allows. */
  'trust-policy-unreadable': { readonly field: string };
  'trust-wide-action': { readonly statement: string; readonly actions: readonly string[] };
  'trust-wide-resource': { readonly statement: string; readonly actions: readonly string[] };
  /** A right on something of a kind that is among the manifests, where it is not. */
  'trust-unknown-resource': {
    readonly statement: string;
    readonly arn: string;
    readonly kind: string;
    readonly similar?: string;
  };
  /** Connecting to a cache takes the right on the cache and on the user. */
  'trust-half-connect': { readonly statement: string; readonly missing: 'cache' | 'user' };
  /** Whoever asks may assume the role. */
  'trust-anybody': { readonly statement: string };
  /** Any ServiceAccount of a cluster, or of a pattern, may assume the role. */
  'trust-open-subject': { readonly statement: string; readonly subject?: string };
  'trust-no-audience': { readonly statement: string };
  /** Somebody signs in with a password. */
  'trust-password': { readonly user: string };
  /** A sign-in that its system would refuse, or take for another one. */
  'trust-sign-in': { readonly user: string; readonly problem: string; readonly write: string };
  'trust-database-role': { readonly arn: string; readonly similar?: string };
  'exposure-cidr': { readonly field: string; readonly range: string };
  /** Nothing in a policy refuses plain HTTP. */
  'exposure-plain-http': { readonly kind: string };
  /** Data travels without TLS. */
  'exposure-no-tls': { readonly field: string };
}
