import { isKubernetesObject, type KubernetesObject, type Manifest } from '#manifests/manifest.ts';
import { PLIMSOLL_NAMESPACE } from '#model/names.ts';
import { ENVIRONMENT_LABEL } from '#model/topology.ts';
import { type Binding, formsOf, type Policy } from './admission-policy.ts';
import { isRecord, type PolicyDocument } from './policy-file.ts';
import { readBinding } from './read-binding.ts';

/**
 * A hub holds claims of several environments, and policies judge them by the facts of their own. Bindings of
 * policies on claims pass over the namespaces of environments (`plimsoll.dev/environment`); each such namespace gets a
 * binding of its own, with the facts that lie in it.
 *
 * Input: the policies' documents, and namespaces. Output: bindings, as documents for the cluster and compiled.
 */

/** An environment's namespace in its hub. */
export interface Home {
  readonly environment: string;
  readonly namespace: string;
}

/** The namespaces of environments among the manifests of a hub. */
export const homesIn = (manifests: readonly Manifest[]): readonly Home[] =>
  manifests.flatMap(({ object: { apiVersion, kind, metadata } }) => {
    const environment = metadata.labels?.[ENVIRONMENT_LABEL];
    return kind === 'Namespace' && apiVersion === 'v1' && typeof environment === 'string'
      ? [{ environment, namespace: metadata.name }]
      : [];
  });

/** The bindings for a namespace, made of those among some documents. */
export const hostedBindings = (documents: readonly PolicyDocument[], home: Home): readonly PolicyDocument[] =>
  documents.flatMap((document) => {
    const { value } = document;
    const made = isKubernetesObject(value) ? hostedBinding(value, home) : undefined;
    return made === undefined ? [] : [{ ...document, value: made }];
  });

/** Undefined for anything that does not pass over namespaces of environments. */
function hostedBinding(
  { apiVersion, kind, metadata, spec }: KubernetesObject,
  { environment, namespace }: Home,
): (KubernetesObject & PolicyDocument['value']) | undefined {
  if (kind !== 'ValidatingAdmissionPolicyBinding' || !isRecord(spec)) return undefined;
  const { paramRef, matchResources } = spec;
  if (!isRecord(paramRef) || paramRef['namespace'] !== PLIMSOLL_NAMESPACE) return undefined;
  if (!requirements(matchResources).some(isOfEnvironments)) return undefined;
  const { annotations: _, ...rest } = metadata;
  return {
    apiVersion,
    kind,
    metadata: { ...rest, name: `${metadata.name}-${environment}` },
    spec: {
      ...spec,
      paramRef: { ...paramRef, namespace },
      matchResources: { ...recordOf(matchResources), namespaceSelector: within(matchResources, environment) },
    },
  };
}

/** What the binding selects, but within the environment's namespace instead of outside of all such. */
const within = (matchResources: unknown, environment: string) => ({
  ...recordOf(recordOf(matchResources)['namespaceSelector']),
  matchExpressions: [
    ...requirements(matchResources).filter((requirement) => !isOfEnvironments(requirement)),
    { key: ENVIRONMENT_LABEL, operator: 'In', values: [environment] },
  ],
});

const requirements = (matchResources: unknown): readonly unknown[] =>
  listOf(recordOf(recordOf(matchResources)['namespaceSelector'])['matchExpressions']);

const isOfEnvironments = (requirement: unknown): boolean =>
  isRecord(requirement) && requirement['key'] === ENVIRONMENT_LABEL;

/** The policies with those bindings, for the homes that are there. */
export function withHosted(
  policies: readonly Policy[],
  documents: readonly PolicyDocument[],
  homes: readonly Home[],
): readonly Policy[] {
  if (homes.length === 0) return policies;
  const made = new Map<string, Binding[]>();
  for (const document of homes.flatMap((home) => hostedBindings(documents, home))) {
    const { name } = recordOf(document.value['metadata']);
    const fields = { document, name: typeof name === 'string' ? name : '', findings: [], failed: false };
    const binding = readBinding(fields);
    if (binding !== undefined) made.set(binding.policy, [...(made.get(binding.policy) ?? []), binding]);
  }
  const bound = (policy: Policy): Policy => ({
    ...policy,
    bindings: [...policy.bindings, ...(made.get(policy.derivedAs ?? policy.name) ?? [])],
  });
  return policies.map((policy) => {
    const [own, ...templates] = formsOf(policy).map(bound);
    return own === undefined ? policy : { ...own, ...(policy.templates && { templates }) };
  });
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> => (isRecord(value) ? value : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
