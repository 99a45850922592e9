/** Codes of rules in CRDs (x-kubernetes-validations). Values are the arguments that the sentence needs. */
export interface CelCodes {
  /** An object breaks a rule. `message` is the rule's own, or says the rule. */
  'rule-violated': { readonly rule: string; readonly message: string };
  /** A rule could not be evaluated on an object, which the API server then refuses. */
  'rule-evaluation-failed': { readonly rule: string; readonly error: string };
  /** The rules of one object cost more than the API server spends; those that follow were not evaluated. */
  'rule-cost-exceeded': { readonly rule: string };
  /** The object is not what its schema says, so that its rules were not evaluated; neither does the API server. */
  'rule-not-judged': { readonly kind: string };
  /** A rule of a definition that is not among the documents, and that can't be compiled. */
  'rule-unusable': { readonly rule: string; readonly problem: string };
  /** A rule in a definition that the API server refuses. */
  'rule-invalid': {
    readonly part: 'rule' | 'message' | 'messageExpression' | 'fieldPath' | 'reason' | 'optionalOldSelf';
    readonly problem: string;
    /** Where in an expression, counted from one. */
    readonly line?: number;
    readonly column?: number;
  };
  /** A rule on what changes, in a place whose former value can't be told. */
  'rule-uncorrelatable': { readonly within: string };
  /** A rule where none is looked at. */
  'rule-misplaced': { readonly keyword: string };
  /** A default that the rules beside it refuse. */
  'rule-default': { readonly rule: string; readonly message: string };
  /** What a rule may cost at worst, by its schema, is more than the API server allows. */
  'rule-cost-estimate': {
    readonly part: 'rule' | 'messageExpression';
    /** How many times too much. */
    readonly factor: number;
  };
  /** What all rules of a schema may cost at worst. */
  'rule-cost-total': { readonly factor: number };
}
