interface PolicyParams {
  policy: string;
  binding: string;
  param: string;
  /** How many documents the binding concerns. */
  documents: number;
}

interface PolicyTypes {
  policy: string;
  /** `validations[0].expression` */
  part: string;
  /** For which of the kinds that the policy names it holds, and how many it names. */
  kinds: readonly string[];
  of: number;
}

/** Codes of policies, and documents that they object to. Values are the arguments that the sentence needs. */
export interface PolicyCodes {
  /** `validation` counts from 0; `mend` is the policy's own advice. */
  'policy-violated': {
    policy: string;
    validation: number;
    message: string;
    mend: string;
    /** What the document becomes, where the policy judges the change itself. */
    operation?: 'UPDATE' | 'DELETE';
  };
  'policy-evaluation-failed': { policy: string; part: string; error: string };
  'policy-namespace-unknown': { namespace: string };
  'policy-unreadable': { error: string };
  'policy-kind-unsupported': { kind: string };
  'policy-field-invalid': { policy: string; field: string; expected: string };
  'policy-expression-invalid': { policy: string; part: string; problem: string };
  /** On some document it cost more than the API server allows. */
  'policy-cost-exceeded': { policy: string; part: string };
  /** Types and kinds as the API server's type check has them. */
  'policy-field-unknown': PolicyTypes & {
    field: string;
    /** Whether objects may have it all the same: the schema doesn't tell, or has no type for it. */
    isHidden: boolean;
    /** The field of another name that comes nearest. */
    meant?: string;
  };
  'policy-type-mismatch': PolicyTypes & { problem: string };
  'policy-expression-unsupported': { policy: string; part: string; construct: string };
  /** The cluster has no such param, and the binding says to refuse what it concerns then. */
  'policy-params-missing': PolicyParams;
  /** The param is not among the documents, which are not all that the cluster has. */
  'policy-params-unknown': PolicyParams;
  'policy-params-unconfigured': { policy: string; binding: string; problem: string };
  'policy-version-unconverted': { policy: string; kind: string; version: string };
  'policy-duplicate': { kind: string; name: string };
  /** Nothing here gave a request of the kind that it judges. */
  'policy-operation-unjudged': { policy: string; operations: readonly string[] };
  'policy-unbound': { policy: string };
  'policy-binding-dangling': { binding: string; policy: string };
}
