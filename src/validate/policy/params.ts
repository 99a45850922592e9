import { groupOf } from '#manifests/identity.ts';
import type { KubernetesObject } from '#manifests/manifest.ts';
import type { Binding, ParamKind, ParamRef, Policy } from './admission-policy.ts';
import type { Resource } from './match.ts';
import { selects } from './selector.ts';

/**
 * The objects that policies take values from, and which of them a binding names.
 * https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#parameter-resources
 */
export interface Params {
  readonly find: (policy: Policy, binding: Binding, namespace: string) => Found;
}

/** `unconfigured`: the API server's words for why there can't be any. */
export type Found =
  | { readonly params: readonly (KubernetesObject | null)[] }
  | { readonly missing: 'Allow' | 'Deny' }
  | { readonly unconfigured: string; readonly part: 'policy' | 'binding' };

/**
 * @param objects Of two that are one object to the API server, the later one counts.
 * @param resourceOf Undefined for a kind that nobody knows.
 */
export function paramsAmong(
  objects: Iterable<KubernetesObject>,
  policies: readonly Policy[],
  resourceOf: (group: string, version: string, kind: string) => Resource | undefined,
): Params {
  /** By kind, then by namespace and name. */
  const kinds = new Map<string, Map<string, KubernetesObject>>();
  for (const { paramKind } of policies) if (paramKind !== undefined) kinds.set(keyOf(paramKind), new Map());
  if (kinds.size > 0) {
    for (const object of objects) {
      const known = kinds.get(keyOf({ group: groupOf(object.apiVersion), kind: object.kind }));
      known?.set(`${object.metadata.namespace ?? 'default'}/${object.metadata.name}`, object);
    }
  }
  function find(paramKind: ParamKind, paramRef: ParamRef, namespace: string): Found {
    const { group, version, kind } = paramKind;
    const known = [...(kinds.get(keyOf(paramKind))?.values() ?? [])];
    const resource = resourceOf(group, version, kind) ?? guessed(known);
    if (resource === undefined) {
      const shown = group === '' ? version : `${group}/${version}`;
      return {
        unconfigured: `failed to find resource referenced by paramKind: '${shown}, Kind=${kind}'`,
        part: 'policy',
      };
    }
    const within = resource.namespaced ? paramRef.namespace || namespace : '';
    if (resource.namespaced && within === '') return { unconfigured: NEEDS_NAMESPACE, part: 'binding' };
    if (!resource.namespaced && paramRef.namespace !== '')
      return { unconfigured: NEEDS_NO_NAMESPACE, part: 'binding' };
    const params = known.filter(
      ({ metadata }) =>
        (!resource.namespaced || (metadata.namespace ?? 'default') === within) &&
        (paramRef.name === ''
          ? selects(paramRef.selector, metadata.labels ?? {})
          : metadata.name === paramRef.name),
    );
    return params.length === 0 ? { missing: paramRef.notFound } : { params };
  }
  /** What a binding finds depends on nothing but the namespace, and mostly not on that. */
  const found = new Map<ParamRef, Map<string, Found>>();
  return {
    find: ({ paramKind }, { paramRef }, namespace) => {
      if (paramKind === undefined || paramRef === undefined) return NO_PARAMS;
      let own = found.get(paramRef);
      if (own === undefined) {
        own = new Map();
        found.set(paramRef, own);
      }
      let answer = own.get(namespace);
      if (answer === undefined) {
        answer = find(paramKind, paramRef, namespace);
        own.set(namespace, answer);
      }
      return answer;
    },
  };
}

const NO_PARAMS: Found = { params: [null] };
const NEEDS_NAMESPACE =
  'cannot use namespaced paramRef in policy binding that matches cluster-scoped resources';
const NEEDS_NO_NAMESPACE = 'paramRef.namespace must not be provided for a cluster-scoped `paramKind`';

/** What the API server says where a param is missing that must be there. */
export const MISSING = 'no params found for policy binding with `Deny` parameterNotFoundAction';

/** Versions of one kind are one object to the API server. */
const keyOf = ({ group, kind }: Pick<ParamKind, 'group' | 'kind'>): string => `${group} ${kind}`;

/** Without a definition, the objects themselves tell whether they lie in namespaces. */
function guessed([first]: readonly KubernetesObject[]): Resource | undefined {
  if (first === undefined) return undefined;
  return { plural: '', namespaced: first.metadata.namespace !== undefined };
}
