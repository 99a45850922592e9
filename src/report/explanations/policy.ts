import type { PolicyCodes } from '#model/codes/policy.ts';
import type { Explanations } from './explanation.ts';

const link = 'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/';

export const policyExplanations: Explanations<PolicyCodes> = {
  'policy-violated': {
    why: 'The same policy guards the cluster: it would refuse the object there, warn, or note it.',
    mend: "Do what the policy's message says.",
    link,
  },
  'policy-namespace-unknown': {
    why: 'A policy selects by the labels of the Namespace, which is not among the documents.',
    mend: 'Add the Namespace to what you check.',
    link,
  },
  'policy-unreadable': { why: "A policy that can't be read guards nothing.", mend: 'Mend its YAML.', link },
  'policy-kind-unsupported': {
    why: 'It would guard nothing, here or in the cluster.',
    mend: 'Write a ValidatingAdmissionPolicy.',
    link,
  },
  'policy-field-invalid': {
    why: 'The API server refuses the policy, so it guards nothing.',
    mend: 'Mend the field.',
    link,
  },
  'policy-expression-unsupported': {
    why: 'Only a running cluster can answer it.',
    mend: 'Write the rule without it, or check it in the cluster only.',
    link,
  },
  'policy-params-unsupported': {
    why: 'It was not judged, and is said so.',
    mend: 'Write the values into the policy as variables.',
    link,
  },
  'policy-duplicate': { why: 'The one that is applied last wins.', mend: 'Rename one.', link },
  'policy-operation-unjudged': {
    why: 'It judges changes, and there is nothing to compare with.',
    mend: 'Nothing: the cluster judges it.',
    link,
  },
  'policy-unbound': {
    why: 'Without a binding a policy is never enforced.',
    mend: 'Add a ValidatingAdmissionPolicyBinding.',
    link,
  },
  'policy-binding-dangling': { why: 'It enforces nothing.', mend: 'Correct policyName.', link },
  'policy-evaluation-failed': {
    why: "With failurePolicy Fail the cluster refuses every object that a policy can't be evaluated on.",
    mend: 'Guard the expression with has() or an optional.',
    link,
  },
  'policy-expression-invalid': {
    why: 'The API server refuses the policy, so it guards nothing.',
    mend: 'Mend the expression at the place that is shown.',
    link,
  },
};
