import type { KubernetesObject } from '#manifests/manifest.ts';
import type { Binding, MatchResources, Policy, ResourceRule } from './admission-policy.ts';
import { type AdmissionRequest, type Operation, objectOf } from './admission-request.ts';
import { EVERYTHING, type Labels, type Selector, selects } from './selector.ts';

/**
 * Which requests a policy and its bindings concern, as the API server decides it.
 *
 * What depends only on the kind and the operation is worked out once for each (`planFor`); what depends on the single
 * request, its name and labels, is asked of each (`bindingsFor`).
 * https://github.com/kubernetes/kubernetes/blob/v1.34.4/staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/matching/matching.go
 */

/** What an API server knows of a kind: the plural that rules speak of, and whether it lives in a namespace. */
export interface Resource {
  readonly plural: string;
  readonly namespaced: boolean;
  /** Whether a CustomResourceDefinition defines it: then its versions differ in nothing but the apiVersion. */
  readonly isCustom?: boolean;
}

/** A kind, with what is known of it. */
export interface Kind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly resource: Resource;
  /** Whether the cluster serves it in another version too. */
  readonly isServed: (version: string) => boolean;
}

/** What of a kind some resource rules concern. */
interface Reach {
  /** Rules that hold for the kind: by which names, undefined being all, and in which version. */
  readonly ways: readonly Way[];
  readonly excluded: readonly Way[];
  /** Undefined where the selector takes everything. */
  readonly namespaces: Selector | undefined;
  readonly objects: Selector | undefined;
}

interface Way {
  readonly names: ReadonlySet<string> | undefined;
  readonly version: string;
}

/** A policy that concerns a kind in some operation. */
export interface Plan {
  readonly policy: Policy;
  readonly reach: Reach;
  readonly bindings: readonly { readonly binding: Binding; readonly reach: Reach }[];
}

/** Undefined where the policy concerns no request of the kind in this operation. */
export function planFor(policy: Policy, kind: Kind, operation: Operation): Plan | undefined {
  if (isExempt(kind)) return undefined;
  const reach = reachOf(policy.constraints, kind, operation);
  if (reach === undefined) return undefined;
  const bindings = policy.bindings.flatMap((binding) => {
    const own = reachOf(binding.resources, kind, operation);
    return own === undefined ? [] : [{ binding, reach: own }];
  });
  return bindings.length === 0 ? undefined : { policy, reach, bindings };
}

/** What policies never judge, so that a wrong one can be mended: themselves, and questions put to the API server. */
function isExempt({ group, resource }: Kind): boolean {
  if (group === 'admissionregistration.k8s.io') return EXEMPT_POLICIES.test(resource.plural);
  return group === 'authentication.k8s.io' || group === 'authorization.k8s.io'
    ? resource.plural.endsWith('reviews')
    : false;
}

const EXEMPT_POLICIES = /^(validating|mutating)admissionpolic(ies|ybindings)$/;

function reachOf(resources: MatchResources, kind: Kind, operation: Operation): Reach | undefined {
  const { rules, excluded, matchPolicy, namespaces, objects } = resources;
  const ways = rules === undefined ? [own(kind)] : waysOf(rules, matchPolicy, kind, operation);
  if (ways.length === 0) return undefined;
  const out = waysOf(excluded, matchPolicy, kind, operation);
  if (out.some(({ names }) => names === undefined)) return undefined;
  return {
    ways,
    excluded: out,
    namespaces: namespaces === EVERYTHING ? undefined : namespaces,
    objects: objects === EVERYTHING ? undefined : objects,
  };
}

const own = ({ version }: Kind): Way => ({ names: undefined, version });

/** The rules for the version of the request come first; only then, if that is wanted, those for others. */
function waysOf(
  rules: readonly ResourceRule[],
  matchPolicy: MatchResources['matchPolicy'],
  kind: Kind,
  operation: Operation,
): readonly Way[] {
  const holding = rules.filter((rule) => ruleHolds(rule, kind, operation));
  const wayOf = ({ names }: ResourceRule, version: string): Way => ({
    names: names.length === 0 ? undefined : new Set(names),
    version,
  });
  const exact = holding
    .filter(({ versions }) => includes(versions, kind.version))
    .map((rule) => wayOf(rule, kind.version));
  if (matchPolicy === 'Exact') return exact;
  const equivalent = holding.flatMap((rule) =>
    rule.versions
      .filter((version) => version !== '*' && version !== kind.version && kind.isServed(version))
      .map((version) => wayOf(rule, version)),
  );
  return [...exact, ...equivalent];
}

function ruleHolds(rule: ResourceRule, { group, kind, resource }: Kind, operation: Operation): boolean {
  // A Namespace is taken for one that lies in no namespace, as it is.
  const isNamespaced = resource.namespaced && !(group === '' && kind === 'Namespace');
  return (
    includes(rule.groups, group) &&
    includes(rule.operations, operation) &&
    rule.resources.some((name) => isNamed(name, resource.plural)) &&
    (rule.scope === '*' || (rule.scope === 'Namespaced') === isNamespaced)
  );
}

/** `pods`, `*`, and with `*` as its subresource also the resource itself: `pods/*`. Other subresources are never asked for. */
function isNamed(rule: string, plural: string): boolean {
  const slash = rule.indexOf('/');
  if (slash >= 0 && rule.slice(slash + 1) !== '*' && rule.slice(slash + 1) !== '') return false;
  const name = slash < 0 ? rule : rule.slice(0, slash);
  return name === '*' || name === plural;
}

const includes = (list: readonly string[], value: string): boolean =>
  list.includes('*') || list.includes(value);

/** What is asked about the namespaces of a cluster. */
export interface NamespaceLabels {
  readonly labelsOf: (name: string) => Labels;
}

/** The namespace that a request names; empty where the resource lies in none. */
export const namespaceOf = (object: KubernetesObject, { namespaced }: Resource): string =>
  namespaced ? (object.metadata.namespace ?? 'default') : '';

/** What a policy concerns of a request: through which bindings, and in which version it wants to see it. */
export interface Match {
  readonly bindings: readonly Binding[];
  readonly version: string;
}

/** Undefined where the policy doesn't concern the request. */
export function matchOf(
  { reach, bindings }: Plan,
  request: AdmissionRequest,
  kind: Kind,
  namespaces: NamespaceLabels,
): Match | undefined {
  const way = wayOf(reach, request, kind, namespaces);
  if (way === undefined) return undefined;
  const first = bindings[0];
  // Most policies have one binding that takes everything.
  const concerned =
    bindings.length === 1 && first !== undefined
      ? wayOf(first.reach, request, kind, namespaces) && [first.binding]
      : bindings
          .filter((one) => wayOf(one.reach, request, kind, namespaces) !== undefined)
          .map(({ binding }) => binding);
  return concerned === undefined || concerned.length === 0
    ? undefined
    : { bindings: concerned, version: way.version };
}

function wayOf(
  reach: Reach,
  request: AdmissionRequest,
  kind: Kind,
  namespaces: NamespaceLabels,
): Way | undefined {
  const object = objectOf(request);
  const { name } = object.metadata;
  const has = ({ names }: Way): boolean => names === undefined || names.has(name);
  if (reach.excluded.length > 0 && reach.excluded.some(has)) return undefined;
  const [first] = reach.ways;
  const way = first !== undefined && has(first) ? first : reach.ways.find(has);
  if (way === undefined) return undefined;
  if (reach.objects !== undefined && !selectsEither(reach.objects, request)) return undefined;
  if (reach.namespaces !== undefined) {
    const labels = namespaceLabels(request, object, kind, namespaces);
    // What lies in no namespace is never left out by its selector.
    if (labels !== undefined && !selects(reach.namespaces, labels)) return undefined;
  }
  return way;
}

const NONE: Labels = {};

/** It is enough that one of both is selected: nothing leaves a policy by changing its labels. */
const selectsEither = (selector: Selector, { object, oldObject }: AdmissionRequest): boolean =>
  (object !== null && selects(selector, object.metadata.labels ?? NONE)) ||
  (oldObject !== null && selects(selector, oldObject.metadata.labels ?? NONE));

/** Labels of the namespace; of the object itself where it is a Namespace; undefined where there is none. */
function namespaceLabels(
  { object: created }: AdmissionRequest,
  object: KubernetesObject,
  { group, kind, resource }: Kind,
  { labelsOf }: NamespaceLabels,
): Labels | undefined {
  if (group === '' && kind === 'Namespace')
    return created === null ? labelsOf(object.metadata.name) : withName(created);
  const namespace = namespaceOf(object, resource);
  return namespace === '' ? undefined : labelsOf(namespace);
}

/** Set by the API server: https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name */
export const NAME_LABEL = 'kubernetes.io/metadata.name';

const withName = ({ metadata }: KubernetesObject): Labels => ({
  ...metadata.labels,
  [NAME_LABEL]: metadata.name,
});
