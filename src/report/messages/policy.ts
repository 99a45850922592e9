import type { PolicyCodes } from '#model/codes/policy.ts';
import type { Messages } from './message.ts';

export const policyMessages: Messages<PolicyCodes> = {
  'policy-violated': {
    title: 'A document breaks a policy: the cluster would refuse it, warn about it or note it',
    sentence: ({ policy, message }) => `${message} (policy ${policy})`,
    mend: ({ policy, mend }) => (mend === '' ? `see policies/${policy}.yaml for what it asks` : mend),
  },
  'policy-evaluation-failed': {
    title:
      'A policy ends in an error on a document, and a policy that fails closed refuses what it cannot judge',
    sentence: ({ policy, part, error }) => `${part} of policy ${policy} cannot judge this document: ${error}`,
    mend: () => 'add the field that the policy looks for, or guard the expression with has()',
  },
  'policy-namespace-unknown': {
    title: 'Policies select by namespace, and the Namespace is not among the documents',
    sentence: ({ namespace }) =>
      `Namespace ${namespace} is not among the documents: policies judged it as one that has no labels but its name`,
    mend: () => 'validate the Namespace together with what lies in it',
  },
  'policy-unreadable': {
    title: 'A policy file is no YAML',
    sentence: ({ error }) => `the policy file cannot be read: ${error}`,
    mend: () => 'mend the YAML; none of the policies of this document were judged',
  },
  'policy-kind-unsupported': {
    title: 'A policy file holds a kind that cannot be judged',
    sentence: ({ kind }) => `${kind} in a policy file is not judged`,
    mend: () =>
      'write a ValidatingAdmissionPolicy or a ValidatingAdmissionPolicyBinding of admissionregistration.k8s.io/v1, or move the document elsewhere',
  },
  'policy-field-invalid': {
    title: 'A field of a policy or binding has the wrong form',
    sentence: ({ policy, field, expected }) => `${field} of policy ${policy} must be ${expected}`,
    mend: ({ expected }) => `write ${expected}`,
  },
  'policy-expression-invalid': {
    title:
      'An expression of a policy is no CEL, or names something that does not exist: a cluster would refuse the policy',
    sentence: ({ policy, part, problem }) => `${part} of policy ${policy} does not compile: ${problem}`,
    mend: () => 'mend the expression; the policy was not judged',
  },
  'policy-expression-unsupported': {
    title: 'An expression of a policy uses something that only a cluster can judge',
    sentence: ({ policy, part, construct }) =>
      `${part} of policy ${policy} cannot be judged offline: it uses ${construct}`,
    mend: () => 'write it without, or rely on the cluster for this rule',
  },
  'policy-params-unsupported': {
    title: 'A policy takes parameters, which are not supported yet',
    sentence: ({ policy }) => `policy ${policy} takes parameters (paramKind), which are not supported yet`,
    mend: () => 'write the values into the policy; until then it is not judged',
  },
  'policy-duplicate': {
    title: 'Two policies or two bindings have one name',
    sentence: ({ kind, name }) => `there is already a ${kind} named ${name}`,
    mend: () => 'give one of them another name; only the first was judged',
  },
  'policy-operation-unjudged': {
    title: 'A policy judges only changes or deletions, which cannot be judged without a former state',
    sentence: ({ policy }) =>
      `policy ${policy} judges no creation, so it judged nothing here; the cluster will`,
    mend: () => 'nothing, if that is meant; else add CREATE to operations',
  },
  'policy-unbound': {
    title: 'A policy has no binding, so no cluster enforces it',
    sentence: ({ policy }) =>
      `policy ${policy} has no binding: no cluster enforces it, and it was not judged`,
    mend: ({ policy }) => `add a ValidatingAdmissionPolicyBinding with spec.policyName: ${policy}`,
  },
  'policy-binding-dangling': {
    title: 'A binding names a policy that does not exist',
    sentence: ({ binding, policy }) => `binding ${binding} names policy ${policy}, which does not exist`,
    mend: () => 'correct spec.policyName',
  },
};
