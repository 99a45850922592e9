import type { Manifest } from '#manifests/manifest.ts';
import type { Binding, MatchResources, Policy, ResourceRule } from './admission-policy.ts';
import { EVERYTHING, type Labels, type Selector, selects } from './selector.ts';

/** What an API server knows of a kind: the plural that rules speak of, and whether it lives in a namespace. */
export interface Resource {
  readonly plural: string;
  readonly namespaced: boolean;
}

/** One document on its way to the policies. */
export interface Candidate {
  readonly manifest: Manifest;
  readonly group: string;
  readonly version: string;
  readonly resource: Resource;
  /** Empty where the resource lies in no namespace. */
  readonly namespace: string;
  /** Labels of the namespace; of the document itself where it is a Namespace; undefined where there is none. */
  readonly namespaceLabels: () => Labels | undefined;
}

/** Every document is judged as if it were created: what it was before is not known. */
const OPERATION = 'CREATE';

/** Whether a policy can concern a kind at all; what depends on the single document comes later. */
export function concernsKind(
  resources: MatchResources,
  group: string,
  version: string,
  resource: Resource,
): boolean {
  return (
    resources.rules === undefined ||
    resources.rules.some((rule) => ruleHolds(rule, resources.matchPolicy, group, version, resource))
  );
}

/** https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/ "matchConstraints": rules, exclusions and selectors. */
function concerns(resources: MatchResources, candidate: Candidate): boolean {
  const { group, version, resource, manifest, namespaceLabels } = candidate;
  const { name, labels } = manifest.object.metadata;
  const covers = (rule: ResourceRule): boolean =>
    ruleHolds(rule, resources.matchPolicy, group, version, resource) &&
    (rule.names.length === 0 || rule.names.includes(name));
  return (
    (resources.rules === undefined || resources.rules.some(covers)) &&
    !resources.excluded.some(covers) &&
    selects(resources.objects, labels ?? {}) &&
    (resources.namespaces === EVERYTHING || selectsNamespace(resources.namespaces, namespaceLabels()))
  );
}

/** A resource without a namespace is never left out by the namespace selector. */
const selectsNamespace = (selector: Selector, labels: Labels | undefined): boolean =>
  labels === undefined || selects(selector, labels);

/** The bindings through which a policy concerns a document; none where it does not. */
export function bindingsFor(policy: Policy, candidate: Candidate): readonly Binding[] {
  if (!concerns(policy.constraints, candidate)) return [];
  return policy.bindings.filter(({ resources }) => concerns(resources, candidate));
}

function ruleHolds(
  rule: ResourceRule,
  matchPolicy: MatchResources['matchPolicy'],
  group: string,
  version: string,
  { plural, namespaced }: Resource,
): boolean {
  return (
    includes(rule.groups, group) &&
    // Equivalent: the API server converts to a version that the rule names.
    (matchPolicy === 'Equivalent' || includes(rule.versions, version)) &&
    includes(rule.operations, OPERATION) &&
    (includes(rule.resources, plural) || rule.resources.includes('*/*')) &&
    (rule.scope === '*' || (rule.scope === 'Namespaced') === namespaced)
  );
}

const includes = (list: readonly string[], value: string): boolean =>
  list.includes('*') || list.includes(value);
