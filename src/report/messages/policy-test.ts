import type { PolicyTestCodes } from '#model/codes/policy-test.ts';
import type { Messages } from './message.ts';

export const policyTestMessages: Messages<PolicyTestCodes> = {
  'policy-case-invalid': {
    title: 'A case of a policy makes no request, or expects nothing that can be compared',
    sentence: (args) => `the case ${JSON.stringify(args.case)} can't be judged: ${args.problem}`,
    mend: () => 'mend the case; see docs/how-to/write-a-policy.md',
  },
  'policy-case-failed': {
    title: 'A policy says something else of a case than the case expects',
    sentence: (args) =>
      `${args.policy}, ${JSON.stringify(args.case)}: expected ${args.expected}, but it is ${args.actual}`,
    mend: () => 'mend the policy, or the case if the policy is right',
  },
  'policy-case-stray': {
    title: 'Cases of a policy that does not exist',
    sentence: ({ policy }) => `there is no policy ${policy} that these cases could test`,
    mend: ({ suggestion }) =>
      suggestion === undefined ? 'name the policy, or remove the file' : `write ${suggestion}`,
  },
  'policy-case-missing': {
    title: 'A policy without a case that it allows, or a validation without a case that it denies',
    sentence: ({ policy, validation, message }) =>
      validation === undefined
        ? `no case shows what ${policy} allows`
        : `no case shows what validations[${validation}] of ${policy} denies${message === undefined ? '' : ` (${message})`}`,
    mend: ({ policy, validation, change }) =>
      `add a case to ${policy}.cases.yaml ${
        validation === undefined
          ? 'with allowed: true'
          : `with denied: [...]${change === undefined ? '' : `; one that would do: ${change}`}`
      }`,
  },
  'policy-validation-dead': {
    title: 'A validation that no case, and no change of a case that is allowed, makes fail',
    sentence: ({ policy, validation, message, tried }) =>
      `validations[${validation}] of ${policy} (${message}) failed on no case, nor on any of ${tried} changes of the cases that are allowed`,
    mend: () => 'add a case that it denies; if there can be none, remove the validation',
  },
  'policy-annotation-missing': {
    title:
      'A policy does not say what it is for, how bad a breach is, which standard asks for it, or how to mend it',
    sentence: ({ policy, annotations }) => `policy ${policy} has no ${annotations.join(', ')}`,
    mend: () => 'add the annotations; findings and the documentation quote them',
  },
  'policy-matched-nothing': {
    title: 'A policy that judged no document of any environment',
    sentence: ({ policy, environments }) =>
      `policy ${policy} judged nothing in ${environments === 1 ? 'the only environment' : `any of ${environments} environments`}`,
    mend: () =>
      'see whether its matchConstraints select what is meant; if there is nothing of the kind yet, leave it',
    together: (count, policies) => `${count} policies judged nothing in any environment: ${policies}`,
  },
};
