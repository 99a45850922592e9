import type { CelCodes } from '#model/codes/cel.ts';
import type { Explanations } from './explanation.ts';

const link =
  'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules';

export const celExplanations: Explanations<CelCodes> = {
  'rule-violated': {
    why: 'The definition of the kind refuses it, in the cluster too.',
    mend: "Do what the rule's message says.",
    link,
  },
  'rule-evaluation-failed': {
    why: 'The API server refuses an object whose rule fails to evaluate.',
    mend: 'Mend the value that the message names, or the rule.',
    link,
  },
  'rule-cost-exceeded': {
    why: 'The API server stops after a budget and refuses the object.',
    mend: 'Make lists shorter, or the rule simpler.',
    link,
  },
  'rule-not-judged': {
    why: 'Rules presume the schema; the API server does not evaluate them on a broken object either.',
    mend: "Mend the schema's findings first.",
    link,
  },
  'rule-invalid': {
    why: 'The API server refuses the whole definition.',
    mend: 'Mend the expression at the place that is shown.',
    link,
  },
  'rule-uncorrelatable': {
    why: 'In a list that is no map nobody can tell which item was which before.',
    mend: 'Make the list a map, or put the rule above it.',
    link,
  },
  'rule-misplaced': {
    why: 'Rules inside allOf, anyOf, oneOf or not are never evaluated; the API server refuses them.',
    mend: 'Put the rule on the field itself.',
    link,
  },
  'rule-default': {
    why: 'Every object without the field would be refused.',
    mend: 'Change the default, or the rule.',
    link,
  },
  'rule-cost-estimate': {
    why: "The API server estimates the worst case by the schema's bounds, and refuses what could be too dear.",
    mend: 'Bound lists and texts with maxItems and maxLength.',
    link,
  },
  'rule-cost-total': {
    why: 'All rules of a schema together have a budget.',
    mend: 'Bound lists and texts, or remove rules.',
    link,
  },
  'rule-unusable': { why: "The rule can't be used, so it was not judged.", mend: 'Mend the rule.', link },
};
