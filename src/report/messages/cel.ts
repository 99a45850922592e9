import type { CelCodes } from '#model/codes/cel.ts';
import type { Messages } from './message.ts';

/** A rule in a sentence, cut short. */
const short = (rule: string) => {
  const line = rule.replace(/\s+/g, ' ');
  return line.length > 160 ? `${line.slice(0, 160)}...` : line;
};

const exceeded = (factor: number) => (factor > 100 ? 'more than 100' : factor.toFixed(1));

const LIMITS = 'give lists maxItems, maps maxProperties and texts maxLength, or make the rule simpler';

/** Sentences of the rules of custom resources. */
export const celMessages: Messages<CelCodes> = {
  'rule-violated': {
    title: 'An object breaks a rule of its kind',
    sentence: ({ message }) => message,
    mend: ({ rule }) => `make this rule true: ${short(rule)}`,
  },
  'rule-evaluation-failed': {
    title: 'A rule could not be evaluated on an object, which the API server then refuses',
    sentence: ({ rule, error }) => `the rule ${short(rule)} ends with an error: ${error}`,
    mend: () => 'set what the rule asks for, or guard it in the definition with has() or size()',
  },
  'rule-cost-exceeded': {
    title: 'Rules that cost more than the API server spends on an object',
    sentence: ({ rule }) =>
      `the rules of this object cost more than the API server spends; it stops at ${short(rule)}`,
    mend: () => 'make the lists, maps or texts that the rule looks at smaller',
  },
  'rule-not-judged': {
    title: 'The rules of a kind were not evaluated, because the object is not what its schema says',
    sentence: ({ kind }) => `this ${kind} is not what its schema says, so its rules were not evaluated`,
    mend: () => 'run the schema check too, and mend what it finds',
  },
  'rule-unusable': {
    title: 'A rule of a kind can not be used, so that no object was judged by it',
    sentence: ({ rule, problem }) => `the rule ${short(rule)} can not be used: ${problem}`,
    mend: () => 'mend the CustomResourceDefinition, or take one that is made for this Kubernetes version',
  },
  'rule-invalid': {
    title: 'A rule in a definition that the API server refuses',
    sentence: ({ part, problem, line, column }) =>
      `the API server refuses the ${part} of this rule: ${problem}${line === undefined ? '' : ` (line ${line}, column ${column})`}`,
    mend: ({ part }) => `mend or remove the ${part}`,
  },
  'rule-uncorrelatable': {
    title: 'A rule on what changes, where it can not be told what was there before',
    sentence: ({ within }) => `oldSelf can't be used within ${within}: its items can't be told apart`,
    mend: () => 'make the list one of x-kubernetes-list-type: map, or move the rule out of it',
  },
  'rule-misplaced': {
    title: 'A rule where the API server allows none',
    sentence: ({ keyword }) => `rules within ${keyword} are refused`,
    mend: ({ keyword }) => `move the rule out of ${keyword}`,
  },
  'rule-default': {
    title: 'A default that a rule refuses',
    sentence: ({ message }) => `the default breaks a rule: ${message}`,
    mend: ({ rule }) => `choose a default for which this is true: ${short(rule)}`,
  },
  'rule-cost-estimate': {
    title: 'A rule that could cost more than the API server allows',
    sentence: ({ part, factor }) =>
      `by the schema, this ${part} could cost ${exceeded(factor)} times what the API server allows`,
    mend: () => LIMITS,
  },
  'rule-cost-total': {
    title: 'Rules that together could cost more than the API server allows',
    sentence: ({ factor }) =>
      `by the schema, the rules together could cost ${exceeded(factor)} times what the API server allows`,
    mend: () => LIMITS,
  },
};
