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
  'policy-cost-exceeded': {
    why: 'One expression may cost 1,000,000 units and a policy 10,000,000 on each object; beyond that the API server gives up, and a policy that fails closed refuses the object.',
    mend: 'Ask less of each element: nest no lists in lists, and put what is cheap and decisive first.',
    link: 'https://kubernetes.io/docs/reference/using-api/cel/#resource-constraints',
  },
  'policy-field-unknown': {
    why: 'The policy guards less than it seems to: what the schema has no such field for can never hold it. An error where no kind that the policy names has the field, a warning where some have.',
    mend: 'Correct the field. Where a policy is for several kinds, split it, or put dyn() around what is before the field.',
    link: `${link}#type-checking`,
  },
  'policy-type-mismatch': {
    why: 'On such a value the expression ends in an error, and the API server warns of it in the status of the policy.',
    mend: 'Convert the value, or put dyn() around it where the schema does not tell all.',
    link: `${link}#type-checking`,
  },
  'policy-expression-unsupported': {
    why: 'Only a running cluster can answer it.',
    mend: 'Write the rule without it, or check it in the cluster only.',
    link,
  },
  'policy-params-missing': {
    why: 'With parameterNotFoundAction Deny the cluster refuses whatever the binding concerns, as long as there are no params.',
    mend: 'Add the object that spec.paramRef names, or correct spec.paramRef.',
    link,
  },
  'policy-params-unknown': {
    why: 'The policy takes values from an object that the cluster may have and the documents have not, so nobody judged by it.',
    mend: 'Check that object together with the documents.',
    link,
  },
  'policy-params-unconfigured': {
    why: 'With failurePolicy Fail the cluster refuses every request that a policy has no way to find its params for.',
    mend: 'Correct spec.paramKind and spec.paramRef: a namespace for what lies in one, none for what does not.',
    link,
  },
  'policy-version-unconverted': {
    why: 'The API server converts an object to the version that the policy names before it judges it, and only it can.',
    mend: 'Name the version that the documents have in the policy, or write the documents in the one that it names.',
    link,
  },
  'policy-duplicate': { why: 'The one that is applied last wins.', mend: 'Rename one.', link },
  'policy-operation-unjudged': {
    why: 'It judges deletions and there is nothing to compare with, or it judges requests that no document becomes.',
    mend: 'Name what to compare with (--base), or leave it to the cluster.',
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
