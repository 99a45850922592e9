import { at, type Fields, itemsAt, wrong } from '../fields.ts';
import { isRecord, memberAt, type Path, type PolicyDocument } from '../policy-file.ts';
import { templateExpression } from './template-expression.ts';
import { isOnPods, PLACES, type Place, templateRules } from './template-rules.ts';

/**
 * Pods wherever they are: makes of a policy for pods those that judge the templates which pods are made from, with
 * their bindings, as documents that a cluster takes like the one that somebody wrote.
 *
 * Input: the document of a policy with the annotation, and those of its bindings. Output: for each place where workloads
 * keep a template a policy and its bindings. Guarantees: pure; every place in a derived document is that in the original
 * one, so that a problem points at the line that somebody can change; what can't be asked of a template is a finding.
 */
const ANNOTATION = 'plimsoll.dev/pod-templates';
/** On what was derived: the name of the policy that somebody wrote. */
export const DERIVED_FROM = 'plimsoll.dev/derived-from';

export interface Derived {
  readonly policy: PolicyDocument;
  readonly bindings: readonly PolicyDocument[];
}

export const judgesTemplates = (document: PolicyDocument): boolean =>
  valueAt(document.value, ['metadata', 'annotations', ANNOTATION]) === 'true';

/** @param fields Of the policy and its bindings: what they ask that no template can answer is a finding there. */
export function derivedFrom(policy: Fields, bindings: readonly Fields[]): readonly Derived[] {
  const isDerivable = [policy, ...bindings].map(asksPodsOnly).every(Boolean) && hasRule(policy);
  if (!isDerivable) return [];
  return PLACES.map((place) => ({
    policy: derivedPolicy(policy.document, place),
    bindings: bindings
      .filter((binding) => concernsTemplates(binding, place))
      .map(({ document }) => derivedBinding(document, place)),
  }));
}

/** Of which documents the rules lie where. */
const RULES: readonly Path[] = ['matchConstraints', 'matchResources'].flatMap((field) =>
  ['resourceRules', 'excludeResourceRules'].map((list) => ['spec', field, list]),
);
const SELECTORS: readonly Path[] = ['matchConstraints', 'matchResources'].map((field) => [
  'spec',
  field,
  'objectSelector',
]);

/** Names and labels of workloads are not those of their pods, so that a rule on them would mean something else. */
function asksPodsOnly(fields: Fields): boolean {
  let isFit = true;
  const refuse = (path: Path, expected: string): void => {
    isFit = false;
    wrong(fields, path, `${expected}, because templates are judged too (${ANNOTATION})`);
  };
  for (const rule of RULES.flatMap((path) => itemsAt(fields, path))) {
    if (!isOnPods(at(fields, rule))) refuse(rule, 'a rule on pods alone');
    const names = [...rule, 'resourceNames'];
    if (itemsAt(fields, names).length > 0) refuse(names, 'left out');
  }
  for (const path of SELECTORS) {
    const selector = at(fields, path);
    if (isRecord(selector) && Object.keys(selector).length > 0)
      refuse(path, 'a matchCondition on object.metadata.labels');
  }
  return isFit;
}

/** A binding with rules on none but subresources binds nothing here; without rules it would bind everything. */
function concernsTemplates(binding: Fields, place: Place): boolean {
  const path = ['spec', 'matchResources', 'resourceRules'];
  return itemsAt(binding, path).length === 0 || templateRules(at(binding, path), place).length > 0;
}

function hasRule(fields: Fields): boolean {
  const path = ['spec', 'matchConstraints', 'resourceRules'];
  const [place] = PLACES;
  if (place === undefined || templateRules(at(fields, path), place).length > 0) return true;
  wrong(fields, path, `a rule on pods that are created or updated (${ANNOTATION})`);
  return false;
}

/** The API server's limit for names of policies and bindings. */
const LONGEST_NAME = 253;

/** A name that is too long loses its end; two that then are one are a duplicate, which is a finding. */
const derivedName = (name: string, { suffix }: Place): string =>
  `${name.slice(0, LONGEST_NAME - suffix.length).replace(/[-.]+$/, '')}${suffix}`;

/** What is said of expressions, by the list that holds them. */
const EXPRESSIONS: Readonly<Record<string, readonly string[]>> = {
  matchConditions: ['expression'],
  variables: ['expression'],
  validations: ['expression', 'messageExpression'],
  auditAnnotations: ['valueExpression'],
};

/**
 * What is on its way out must stay mutable, and so must what a judged workload made: a Deployment could not scale down
 * the ReplicaSets of yesterday.
 */
const CONDITIONS = [
  { name: 'plimsoll.dev/not-being-deleted', expression: '!has(object.metadata.deletionTimestamp)' },
  {
    name: 'plimsoll.dev/not-made-by-a-workload',
    expression:
      "!has(object.metadata.ownerReferences) || !object.metadata.ownerReferences.exists(owner, has(owner.controller) && owner.controller && owner.kind in ['Deployment', 'CronJob'])",
  },
] as const;

function derivedPolicy(document: PolicyDocument, place: Place): PolicyDocument {
  const spec = recordAt(document.value, ['spec']);
  const lists = Object.entries(EXPRESSIONS).flatMap(([list, keys]) =>
    Array.isArray(spec[list])
      ? [[list, spec[list].map((item: unknown) => withExpressions(item, keys, place.template))] as const]
      : [],
  );
  const made = Object.fromEntries(lists);
  const value = {
    ...document.value,
    metadata: derivedMetadata(document, place),
    spec: {
      ...spec,
      matchConstraints: derivedResources(recordAt(spec, ['matchConstraints']), place),
      ...made,
      matchConditions: [...(made['matchConditions'] ?? []), ...CONDITIONS],
    },
  };
  return derivedDocument(document, value, place.template);
}

function withExpressions(item: unknown, keys: readonly string[], template: string): unknown {
  if (!isRecord(item)) return item;
  const changed = { ...item };
  for (const key of keys) {
    const source = item[key];
    if (typeof source !== 'string') continue;
    let text: string | undefined;
    // Most are never asked for where the policy is known to be right.
    Object.defineProperty(changed, key, {
      enumerable: true,
      get: () => {
        text ??= templateExpression(source, template).text;
        return text;
      },
    });
  }
  return changed;
}

function derivedBinding(document: PolicyDocument, place: Place): PolicyDocument {
  const spec = recordAt(document.value, ['spec']);
  const policyName = spec['policyName'];
  const resources = spec['matchResources'];
  const value = {
    ...document.value,
    metadata: derivedMetadata(document, place),
    spec: {
      ...spec,
      policyName: typeof policyName === 'string' ? derivedName(policyName, place) : policyName,
      ...(isRecord(resources) && { matchResources: derivedResources(resources, place) }),
    },
  };
  return derivedDocument(document, value, place.template);
}

function derivedResources(
  resources: Readonly<Record<string, unknown>>,
  place: Place,
): Record<string, unknown> {
  const { resourceRules, excludeResourceRules, ...rest } = resources;
  return {
    ...rest,
    ...(resourceRules !== undefined && { resourceRules: templateRules(resourceRules, place) }),
    ...(excludeResourceRules !== undefined && {
      excludeResourceRules: templateRules(excludeResourceRules, place),
    }),
  };
}

function derivedMetadata({ value }: PolicyDocument, place: Place): Record<string, unknown> {
  const metadata = recordAt(value, ['metadata']);
  const { [ANNOTATION]: _, ...annotations } = recordAt(metadata, ['annotations']);
  const name = String(metadata['name'] ?? '');
  return {
    ...metadata,
    name: derivedName(name, place),
    annotations: { ...annotations, [DERIVED_FROM]: name },
  };
}

/** A derived document: what it holds is new, where it is written is the original. */
function derivedDocument(
  original: PolicyDocument,
  value: PolicyDocument['value'],
  template: string,
): PolicyDocument {
  return {
    value,
    origin: (path) => original.origin(path),
    originWithin: (path, offset) => {
      const source = valueAt(original.value, path);
      return typeof source === 'string'
        ? original.originWithin(path, templateExpression(source, template).originalOffset(offset))
        : original.origin(path);
    },
    ...(original.isSound && { isSound: true }),
  };
}

const valueAt = (value: unknown, path: Path): unknown => path.reduce<unknown>(memberAt, value);

function recordAt(value: unknown, path: Path): Readonly<Record<string, unknown>> {
  const found = valueAt(value, path);
  return isRecord(found) ? found : {};
}
