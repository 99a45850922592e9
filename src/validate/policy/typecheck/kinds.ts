import { groupOf } from '#manifests/identity.ts';
import type { KindSchema, SchemaStore } from '../../schema/store.ts';
import type { ResourceRule } from '../admission-policy.ts';

/**
 * Against which kinds the API server type-checks a policy: those that its resource rules name in full.
 * https://github.com/kubernetes/kubernetes/blob/v1.34.4/staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/validating/typechecking.go
 */
export interface CheckedKinds {
  readonly kinds: readonly KindSchema[];
  /** Whether the policy can concern no other kind. */
  readonly isAll: boolean;
}

type Names = Pick<ResourceRule, 'groups' | 'versions' | 'resources'>;

/** Where one rule gives so many, it and what comes after it is cut off. */
const MOST_KINDS = 10;

export function kindsToCheck(rules: readonly Names[], store: SchemaStore): CheckedKinds {
  const found = new Map<string, KindSchema>();
  let isAll = true;
  for (const { groups, versions, resources } of rules) {
    const named = resources.filter((resource) => !/[*/]/.test(resource));
    const isNamed = ![...groups, ...versions].some((name) => name.includes('*'));
    if (!isNamed || named.length < resources.length) isAll = false;
    let count = 0;
    for (const resource of isNamed ? product(groups, versions, named) : []) {
      const kinds = kindsOf(resource, store);
      if (kinds.length === 0) isAll = false;
      for (const kind of kinds) {
        found.set(`${kind.apiVersion} ${kind.kind}`, kind);
        count += 1;
        if (count === MOST_KINDS) return { kinds: sorted(found), isAll: false };
      }
    }
  }
  return { kinds: sorted(found), isAll };
}

interface Resource {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
}

const product = (
  groups: readonly string[],
  versions: readonly string[],
  resources: readonly string[],
): readonly Resource[] =>
  [...groups]
    .sort(byText)
    .flatMap((group) =>
      [...versions]
        .sort(byText)
        .flatMap((version) => [...resources].sort(byText).map((resource) => ({ group, version, resource }))),
    );

/** The core group has no name, and what has no group is looked for in all of them: `events` finds two kinds. */
function kindsOf({ group, version, resource }: Resource, store: SchemaStore): readonly KindSchema[] {
  return store
    .resourcesNamed(resource.toLowerCase())
    .filter(({ apiVersion }) =>
      group === ''
        ? apiVersion.slice(apiVersion.indexOf('/') + 1) === version
        : apiVersion === `${group}/${version}`,
    )
    .flatMap(({ apiVersion, kind }) => store.find(apiVersion, kind) ?? []);
}

const sorted = (found: ReadonlyMap<string, KindSchema>): readonly KindSchema[] =>
  [...found.values()].sort(
    (one, other) =>
      byText(groupOf(one.apiVersion), groupOf(other.apiVersion)) ||
      byText(one.apiVersion, other.apiVersion) ||
      byText(one.kind, other.kind),
  );

const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
