import type { Severity } from '#model/finding.ts';
import type { Origin } from '#model/origin.ts';
import type { Program } from './cel.ts';
import type { Selector } from './selector.ts';

/** A ValidatingAdmissionPolicy with its bindings, read and compiled: https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/ */
export interface Policy {
  readonly name: string;
  readonly origin: Origin;
  /** From the annotations `plimsoll.dev/title` and `plimsoll.dev/mend`; empty where there are none. */
  readonly title: string;
  readonly mend: string;
  /** What an error in an expression means: `Fail` refuses the document, `Ignore` lets it pass. */
  readonly failurePolicy: 'Fail' | 'Ignore';
  /** The kind of the objects that it takes values from. */
  readonly paramKind: ParamKind | undefined;
  readonly constraints: MatchResources;
  readonly conditions: readonly Part[];
  readonly variables: readonly Variable[];
  readonly validations: readonly Validation[];
  readonly auditAnnotations: readonly Part[];
  readonly bindings: readonly Binding[];
  /** What was made of it to judge the templates of pods: each says what this one says, of other kinds. */
  readonly templates?: readonly Policy[];
  /** In the cluster, where it was made of another one in whose name it judges. */
  readonly derivedAs?: string;
}

/** A policy with those that were made of it: all that judge in its name. */
export const formsOf = (policy: Policy): readonly Policy[] => [policy, ...(policy.templates ?? [])];

/** An expression and where it is written: `validations[2]` at a line of a policy file. */
export interface Part {
  readonly part: string;
  readonly origin: Origin;
  readonly program: Program;
}

export interface Variable extends Part {
  readonly name: string;
}

export interface Validation extends Part {
  readonly index: number;
  readonly message: string;
  readonly messageProgram: Program | undefined;
}

export interface ParamKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

export interface Binding {
  readonly name: string;
  readonly origin: Origin;
  readonly resources: MatchResources;
  readonly paramRef: ParamRef | undefined;
  /** The worst of its validationActions: Deny is an error, Warn a warning, Audit an info. */
  readonly severity: Severity;
}

/** https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.34/#paramref-v1-admissionregistration-k8s-io */
export interface ParamRef {
  readonly origin: Origin;
  /** Empty where a selector chooses. */
  readonly name: string;
  readonly selector: Selector;
  /** Empty: that of the request. */
  readonly namespace: string;
  readonly notFound: 'Allow' | 'Deny';
}

/** https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.34/#matchresources-v1-admissionregistration-k8s-io */
export interface MatchResources {
  /** Undefined: every resource (only a binding may leave them out). */
  readonly rules: readonly ResourceRule[] | undefined;
  readonly excluded: readonly ResourceRule[];
  readonly namespaces: Selector;
  readonly objects: Selector;
  /** `Equivalent` also matches other versions of the same resource. */
  readonly matchPolicy: 'Exact' | 'Equivalent';
}

export interface ResourceRule {
  readonly groups: readonly string[];
  readonly versions: readonly string[];
  readonly operations: readonly string[];
  readonly resources: readonly string[];
  readonly names: readonly string[];
  readonly scope: 'Cluster' | 'Namespaced' | '*';
}
