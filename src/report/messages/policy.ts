import type { PolicyCodes } from '#model/codes/policy.ts';
import type { Messages } from './message.ts';

const REQUESTS = { UPDATE: 'this change', DELETE: 'deletion' } as const;

/** What people put there most, and why it can't be judged. */
function whatItIs(kind: string): string {
  if (kind.includes(' MutatingAdmissionPolicy'))
    return ': it changes objects, where policies here judge them';
  if (/^(kyverno|policies\.kyverno)\.io\//.test(kind))
    return ": only Kyverno itself runs it, where the API server's own policies need no controller";
  if (/gatekeeper\.sh\//.test(kind))
    return ": only Gatekeeper itself runs it, where the API server's own policies need no controller";
  return '';
}

/** A rule names ten kinds at most that are checked, so the list stays readable. */
const kindsText = (kinds: readonly string[], of: number): string =>
  kinds.length === of ? kinds.join(', ') : `${kinds.join(', ')} (${kinds.length} of its ${of} kinds)`;

export const policyMessages: Messages<PolicyCodes> = {
  'policy-violated': {
    title: 'A document breaks a policy: the cluster would refuse it, warn about it or note it',
    sentence: ({ policy, message, operation }) =>
      `${message} (policy ${policy}${operation === undefined ? '' : `, on ${REQUESTS[operation]}`})`,
    mend: ({ policy, mend }) =>
      mend === '' ? `see what policy ${policy} asks; its plimsoll.dev/mend could say how` : mend,
  },
  'policy-evaluation-failed': {
    title:
      'A policy ends in an error on a document, and a policy that fails closed refuses what it cannot judge',
    sentence: ({ policy, part, error }) => `${part} of policy ${policy} cannot judge this document: ${error}`,
    mend: ({ error }) =>
      error.startsWith('no such key')
        ? 'add the field that the policy looks for, or guard the expression with has()'
        : error.includes('cost limit')
          ? 'mend the policy, which asks too much of a document of this size'
          : 'mend the expression of the policy, or the value that it does not expect',
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
    sentence: ({ kind }) => `${kind} in a policy file is not judged${whatItIs(kind)}`,
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
  'policy-cost-exceeded': {
    title: 'An expression of a policy costs more than the API server allows',
    sentence: ({ policy, part }) =>
      `${part} of policy ${policy} costs more than the API server allows, and is given up`,
    mend: () => 'ask less of each element: nest no lists in lists, and put what is cheap and decisive first',
  },
  'policy-field-unknown': {
    title: 'An expression of a policy reads a field that the kinds it judges do not have',
    sentence: ({ policy, part, field, kinds, of, isHidden }) =>
      isHidden
        ? `${part} of policy ${policy} reads ${field}, of which the schema of ${kindsText(kinds, of)} tells no type: the API server warns of it`
        : `${part} of policy ${policy} reads ${field}, which ${kindsText(kinds, of)} does not have`,
    mend: ({ field, meant, isHidden }) =>
      isHidden
        ? `put dyn() around what is before .${field}: it is not type-checked then`
        : meant === undefined
          ? `correct ${field}, or name the kinds that have it in a policy of their own`
          : `did you mean ${meant}?`,
  },
  'policy-type-mismatch': {
    title: 'An expression of a policy uses a field in a way that its type does not allow',
    sentence: ({ policy, part, problem, kinds, of }) =>
      `${part} of policy ${policy} does not fit the schema of ${kindsText(kinds, of)}: ${problem}`,
    mend: () => 'convert the value, or put dyn() around it where the schema does not tell all',
  },
  'policy-expression-unsupported': {
    title: 'An expression of a policy uses something that only a cluster can judge',
    sentence: ({ policy, part, construct }) =>
      `${part} of policy ${policy} cannot be judged offline: it uses ${construct}`,
    mend: () => 'write it without, or rely on the cluster for this rule',
  },
  'policy-params-missing': {
    title: 'A policy has no params: the cluster would refuse everything that it concerns',
    sentence: ({ policy, binding, param, documents }) =>
      `binding ${binding} of policy ${policy} finds no params ${param}, so the cluster would refuse ${documents} of these documents`,
    mend: ({ param }) => `add ${param}, correct spec.paramRef, or write parameterNotFoundAction: Allow`,
  },
  'policy-params-unknown': {
    title: 'The params of a policy are not among the documents, so it was not judged',
    sentence: ({ policy, binding, param, documents }) =>
      `binding ${binding} of policy ${policy} takes params ${param}, which are not among the documents: ${documents} of them were not judged by it`,
    mend: ({ param }) => `validate ${param} together with them`,
  },
  'policy-params-unconfigured': {
    title: 'A policy can have no params as its binding asks for them',
    sentence: ({ policy, binding, problem }) =>
      `binding ${binding} of policy ${policy} can have no params: ${problem}`,
    mend: () => 'correct spec.paramKind of the policy or spec.paramRef of the binding',
  },
  'policy-version-unconverted': {
    title: 'A policy judges a kind in another version, which only the API server converts',
    sentence: ({ policy, kind, version }) =>
      `policy ${policy} judges ${kind} in version ${version}, into which only the API server converts it: it was not judged`,
    mend: ({ version }) => `write the documents in ${version}, or name their version in the policy too`,
  },
  'policy-duplicate': {
    title: 'Two policies or two bindings have one name',
    sentence: ({ kind, name }) => `there is already a ${kind} named ${name}`,
    mend: () => 'give one of them another name; only the first was judged',
  },
  'policy-operation-unjudged': {
    title: 'A policy judges requests that nothing here gave',
    sentence: ({ policy, operations }) =>
      operations.includes('DELETE')
        ? `policy ${policy} judges deletions, and without a base nobody knows of any; the cluster will`
        : `policy ${policy} judges nothing that documents become (${operations.join(', ')}); the cluster will`,
    mend: ({ operations }) =>
      operations.includes('DELETE')
        ? 'name what to compare with: --base REVISION|FOLDER'
        : 'nothing, if that is meant',
    together: (count, policies) =>
      `${count} policies judge only what no document here becomes, such as deletions without a base; the cluster will: ${policies}`,
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
