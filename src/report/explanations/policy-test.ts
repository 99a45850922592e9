import type { PolicyTestCodes } from '#model/codes/policy-test.ts';
import type { Explanations } from './explanation.ts';

const link = 'docs/how-to/write-a-policy.md';

export const policyTestExplanations: Explanations<PolicyTestCodes> = {
  'policy-case-invalid': {
    why: 'A case that makes no request tests nothing.',
    mend: 'Give it an object or an oldObject, pointers that lead somewhere, and one of allowed, denied and matched.',
    link,
  },
  'policy-case-failed': {
    why: 'The policy would do the same in the cluster: let pass what it should deny, or deny what it should let pass.',
    mend: 'Mend the policy, or the case if the policy is right.',
    link,
  },
  'policy-case-stray': {
    why: 'The cases test nothing.',
    mend: 'Correct the name of the policy, or remove the file.',
    link,
  },
  'policy-case-missing': {
    why: 'Nobody knows that a rule works before it has allowed something and denied something.',
    mend: 'Add the case.',
    link,
  },
  'policy-validation-dead': {
    why: 'A rule that nothing can break guards nothing, and looks as if it did.',
    mend: 'Add a case that it denies, or remove it.',
    link,
  },
  'policy-annotation-missing': {
    why: 'Whoever breaks the policy wants to know why it is there and what to do.',
    mend: 'Add plimsoll.dev/title, why, severity (critical, high, medium or low), standard and mend.',
    link,
  },
  'policy-matched-nothing': {
    why: 'It may select a kind, version, label or namespace that does not exist, and guard nothing for ever.',
    mend: 'Look at its matchConstraints, its matchConditions and its bindings.',
    link,
  },
};
