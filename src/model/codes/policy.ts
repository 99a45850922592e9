/** Codes of policies, and documents that they object to. Values are the arguments that the sentence needs. */
export interface PolicyCodes {
  /** `validation` counts from 0; `mend` is the policy's own advice. */
  'policy-violated': { policy: string; validation: number; message: string; mend: string };
  'policy-evaluation-failed': { policy: string; part: string; error: string };
  'policy-namespace-unknown': { namespace: string };
  'policy-unreadable': { error: string };
  'policy-kind-unsupported': { kind: string };
  'policy-field-invalid': { policy: string; field: string; expected: string };
  'policy-expression-invalid': { policy: string; part: string; problem: string };
  'policy-expression-unsupported': { policy: string; part: string; construct: string };
  'policy-params-unsupported': { policy: string };
  'policy-duplicate': { kind: string; name: string };
  /** It judges only changes or deletions, and there is no former state to judge them by. */
  'policy-operation-unjudged': { policy: string };
  'policy-unbound': { policy: string };
  'policy-binding-dangling': { binding: string; policy: string };
}
