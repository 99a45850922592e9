import type { KubernetesObject } from '#manifests/manifest.ts';
import type { Severity } from '#model/finding.ts';
import { type Binding, formsOf, type Policy } from './admission-policy.ts';
import { type AdmissionRequest, objectOf } from './admission-request.ts';
import { type Inquiry, inquire, type Roots } from './cel.ts';
import { type Decision, judge } from './judge.ts';
import { type Kind, type Match, matchOf, namespaceOf, type Plan, planFor, type Resource } from './match.ts';
import { type Namespaces, namespacesAmong } from './namespaces.ts';
import { MISSING, type Params, paramsAmong } from './params.ts';
import type { JudgeAlike } from './remembered.ts';

/**
 * Judges one request by one policy, as the API server's admission does: which bindings concern it, each with each of
 * its params, then conditions, validations and messages.
 */

/** What a request is judged among. */
export interface RequestContext {
  /** The Namespace that it lies in; without one, a Namespace that has no labels but its name. */
  readonly namespace?: KubernetesObject | undefined;
  /** The objects among which the policy finds its params: all there are. */
  readonly params?: readonly KubernetesObject[] | undefined;
  /** What is known of a kind; undefined for one that nobody knows. */
  readonly resourceOf: ResourceOf;
}

export type ResourceOf = (group: string, version: string, kind: string) => Resource | undefined;

export interface Judgement {
  /** Whether constraints, a binding and the conditions concern the request. */
  readonly matched: boolean;
  /** In the order of the validations; of several params or bindings, each message once. */
  readonly failures: readonly RequestFailure[];
  /** What could not be evaluated, or has no params; `message` is what the API server says of it. */
  readonly errors: readonly RequestError[];
}

export interface RequestFailure {
  /** Counts from 0. */
  readonly validation: number;
  readonly message: string;
  /** By the strictest binding that finds it: Deny is an error, Warn a warning, Audit an info. */
  readonly severity: Severity;
  readonly binding: string;
}

export interface RequestError {
  readonly part: string;
  readonly message: string;
  readonly severity: Severity;
  readonly binding: string;
}

export function judgeRequest(
  written: Policy,
  request: AdmissionRequest,
  { namespace, params = [], resourceOf }: RequestContext,
): Judgement {
  const object = objectOf(request);
  const kind = kindOf(object, resourceOf);
  // Of a policy and those made of it, no two concern one kind.
  const policy = formsOf(written).find((form) => planFor(form, kind, request.operation)) ?? written;
  const plan = planFor(policy, kind, request.operation);
  const failures: RequestFailure[] = [];
  const errors: RequestError[] = [];
  if (plan === undefined) return { matched: false, failures, errors };
  const around: Around = {
    kind,
    namespaces: namespacesAmong(namespace === undefined ? [] : [namespace]),
    params: paramsAmong(params, [policy], resourceOf),
  };
  const answer = judgeBy(plan, request, inquire(policy.variables), around, (outcome) => {
    const { severity, binding } = outcome;
    if (outcome.kind === 'violated')
      failures.push({ validation: outcome.part.index, message: outcome.message, severity, binding });
    else if (outcome.kind === 'unconfigured' || outcome.kind === 'missing') {
      const message = outcome.kind === 'missing' ? MISSING : outcome.problem;
      if (outcome.kind === 'missing' && outcome.notFound === 'Allow') return;
      if (policy.failurePolicy === 'Ignore') return;
      const whole = `failed to configure ${outcome.kind === 'missing' ? 'binding' : outcome.of}: ${message}`;
      errors.push({ part: 'paramRef', message: whole, severity, binding });
    } else if (outcome.kind === 'unconverted') {
      errors.push({ part: 'matchConstraints', message: NOT_CONVERTED, severity, binding });
    } else {
      const message =
        outcome.kind === 'failed' ? outcome.message : `not judged offline: ${outcome.construct}`;
      errors.push({ part: outcome.part.part, message, severity, binding });
    }
  });
  const matched = answer === 'judged' || errors.length > 0;
  return { matched, failures: onceEach(failures), errors };
}

const NOT_CONVERTED = 'not judged offline: the API server would convert the object to another version';

/** Of equal failures the strictest, in the order of the validations. */
function onceEach(failures: readonly RequestFailure[]): readonly RequestFailure[] {
  if (failures.length < 2) return failures;
  const known = new Map<string, RequestFailure>();
  for (const failure of failures) {
    const key = `${failure.validation} ${failure.message}`;
    const before = known.get(key);
    if (before === undefined || isWorse(failure.severity, before.severity)) known.set(key, failure);
  }
  return [...known.values()].sort((one, other) => one.validation - other.validation);
}

const RANK: Readonly<Record<Severity, number>> = { error: 2, warning: 1, info: 0 };

/** Whether the first is worse than the second. */
export const isWorse = (one: Severity, other: Severity): boolean => RANK[one] > RANK[other];

/** What a policy says of a request through one binding. */
export type Outcome = (
  | Decision
  /** The binding's params are not there; which says nothing yet where the documents are not all there is. */
  | { readonly kind: 'missing'; readonly of: Binding; readonly notFound: 'Allow' | 'Deny' }
  | {
      readonly kind: 'unconfigured';
      readonly of: 'policy' | 'binding';
      readonly at: Binding;
      readonly problem: string;
    }
  /** The policy wants to see it in another version, and what that looks like only the API server knows. */
  | { readonly kind: 'unconverted'; readonly version: string }
) & { readonly severity: Severity; readonly binding: string };

/** What requests of one kind are judged among. */
export interface Around {
  readonly kind: Kind;
  readonly namespaces: Pick<Namespaces, 'labelsOf' | 'objectOf'>;
  readonly params: Params;
}

/**
 * The core: judges a request by a policy that concerns its kind, and tells each outcome.
 *
 * @param inquiry Of the policy's variables; used for one request after another. When `tell` is called, it is about this
 *   request, so that it can be asked what an expression looked at.
 */
export function judgeBy(
  plan: Plan,
  request: AdmissionRequest,
  inquiry: Inquiry,
  around: Around,
  tell: (outcome: Outcome) => void,
  judging: JudgeAlike = plainly,
): Answer {
  const match = matchOf(plan, request, around.kind, around.namespaces);
  if (match === undefined) return 'not concerned';
  const seen = asSeen(request, around.kind, match);
  const [first] = match.bindings;
  if (first === undefined) return 'not concerned';
  if (seen === undefined) {
    const { severity, name } = worst(match.bindings, first);
    tell({ kind: 'unconverted', version: match.version, severity, binding: name });
    return 'not judged';
  }
  let answer: Answer = 'not judged';
  for (const [param, binding] of invocations(plan.policy, match, request, around, tell)) {
    const roots = rootsOf(seen, around, match, param);
    const { matched, decisions } = judging(plan.policy, inquiry, roots);
    if (matched === true) answer = 'judged';
    for (const decision of decisions) {
      if (decision.kind === 'failed') answer = 'judged';
      const severity = decision.kind === 'failed' && decision.always ? 'error' : binding.severity;
      tell({ ...decision, severity, binding: binding.name });
    }
  }
  return answer;
}

const plainly: JudgeAlike = (policy, inquiry, roots) => {
  inquiry.about(roots);
  return judge(policy, inquiry);
};

/**
 * `not concerned`: by the constraints or the bindings. `not judged`: left out by a condition, or nothing could be told,
 * which then is an outcome.
 */
export type Answer = 'not concerned' | 'not judged' | 'judged';

/** Each param once, with the strictest binding that names it: what differs between bindings is only what follows. */
function invocations(
  policy: Policy,
  match: Match,
  request: AdmissionRequest,
  { kind, params }: Around,
  tell: (outcome: Outcome) => void,
): Iterable<readonly [KubernetesObject | null, Binding]> {
  const [first] = match.bindings;
  if (first === undefined) return [];
  if (policy.paramKind === undefined) return [[null, worst(match.bindings, first)]];
  const byParam = new Map<KubernetesObject | null, Binding>();
  const namespace = requestNamespace(objectOf(request), kind);
  for (const binding of match.bindings) {
    const found = params.find(policy, binding, namespace);
    if ('params' in found) {
      for (const param of found.params) {
        const before = byParam.get(param);
        byParam.set(param, before === undefined ? binding : worst([before, binding], before));
      }
    } else if ('missing' in found) {
      // Refused whatever the binding's actions are.
      const { name } = binding;
      tell({ kind: 'missing', of: binding, notFound: found.missing, severity: 'error', binding: name });
    } else {
      const { part: of, unconfigured: problem } = found;
      tell({ kind: 'unconfigured', of, at: binding, problem, severity: 'error', binding: binding.name });
    }
  }
  return byParam;
}

const worst = (bindings: readonly Binding[], first: Binding): Binding =>
  bindings.reduce((one, other) => (isWorse(other.severity, one.severity) ? other : one), first);

/** The kind of an object, as a cluster would know it. */
export function kindOf({ apiVersion, kind, metadata }: KubernetesObject, resourceOf: ResourceOf): Kind {
  const slash = apiVersion.indexOf('/');
  const group = apiVersion.slice(0, Math.max(slash, 0));
  const version = apiVersion.slice(slash + 1);
  const resource = resourceOf(group, version, kind);
  return {
    group,
    version,
    kind,
    resource: resource ?? {
      plural: pluralOf(kind),
      namespaced: metadata.namespace !== undefined,
      isCustom: true,
    },
    // Of a kind that nobody knows, any version may be served.
    isServed: (other) => resource === undefined || resourceOf(group, other, kind) !== undefined,
  };
}

/** Kinds of one's own follow this in practice; a wrong guess can only be an irregular plural. */
function pluralOf(kind: string): string {
  const singular = kind.toLowerCase();
  if (/(s|x|ch|sh)$/.test(singular)) return `${singular}es`;
  return /[^aeiou]y$/.test(singular) ? `${singular.slice(0, -1)}ies` : `${singular}s`;
}

/** The request in the version that the policy wants; undefined where nobody but the API server can convert it. */
function asSeen(
  request: AdmissionRequest,
  { group, resource }: Kind,
  { version }: Match,
): AdmissionRequest | undefined {
  const apiVersion = group === '' ? version : `${group}/${version}`;
  const { object, oldObject } = request;
  const isSeen = (one: KubernetesObject | null): boolean => one === null || one.apiVersion === apiVersion;
  if (isSeen(object) && isSeen(oldObject)) return request;
  if (resource.isCustom !== true) return undefined;
  const converted = <T extends KubernetesObject | null>(one: T): T => one && { ...one, apiVersion };
  // Its parts are what they were, so the union still holds.
  return { ...request, object: converted(object), oldObject: converted(oldObject) } as AdmissionRequest;
}

/** The API server takes a Namespace for one that lies in itself. */
const requestNamespace = (object: KubernetesObject, kind: Kind): string =>
  kind.kind === 'Namespace' && kind.group === '' ? object.metadata.name : namespaceOf(object, kind.resource);

/** What few policies ask for is made only when it is asked for. */
function rootsOf(
  request: AdmissionRequest,
  { kind, namespaces }: Around,
  match: Match,
  params: KubernetesObject | null,
): Roots {
  return {
    object: request.object,
    oldObject: request.oldObject,
    params,
    get request() {
      return requestValue(request, kind, match);
    },
    get namespaceObject() {
      const namespace = namespaceOf(objectOf(request), kind.resource);
      return namespace === '' ? null : namespaces.objectOf(namespace);
    },
  };
}

/** https://kubernetes.io/docs/reference/config-api/apiserver-admission.v1/#admission-k8s-io-v1-AdmissionRequest */
function requestValue(request: AdmissionRequest, own: Kind, { version }: Match): Record<string, unknown> {
  const { group, kind, resource } = own;
  const object = objectOf(request);
  const namespace = requestNamespace(object, own);
  return {
    kind: { group, version, kind },
    resource: { group, version, resource: resource.plural },
    requestKind: { group, version: own.version, kind },
    requestResource: { group, version: own.version, resource: resource.plural },
    name: object.metadata.name,
    ...(namespace !== '' && { namespace }),
    operation: request.operation,
    dryRun: false,
  };
}
