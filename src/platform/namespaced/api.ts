/**
 * The namespaced API of a provider: the same kinds in a group with an `m` in it. Their schemas are those of the newest
 * version of the cluster-scoped kinds (a test compares them field by field), but the versions count anew.
 * https://docs.crossplane.io/latest/managed-resources/managed-resources/
 */

interface Family {
  /** What the groups of the cluster-scoped kinds end in. */
  readonly suffix: string;
  readonly namespaced: string;
  /** The version that all its namespaced kinds have; left out where they keep the versions they had. */
  readonly version?: string;
}

const FAMILIES: readonly Family[] = [
  { suffix: 'aws.upbound.io', namespaced: 'aws.m.upbound.io', version: 'v1beta1' },
  { suffix: 'mongodbatlas.crossplane.io', namespaced: 'mongodbatlas.m.crossplane.io' },
  { suffix: 'kubernetes.crossplane.io', namespaced: 'kubernetes.m.crossplane.io', version: 'v1alpha1' },
];

/** `eks.aws.upbound.io/v1beta2` -> `eks.aws.m.upbound.io/v1beta1`; undefined for what is no provider's. */
export function namespacedApi(apiVersion: string): string | undefined {
  const [group = '', given = ''] = apiVersion.split('/');
  const family = FAMILIES.find(({ suffix }) => group === suffix || group.endsWith(`.${suffix}`));
  if (family === undefined) return undefined;
  const { suffix, namespaced, version = given } = family;
  return `${group.slice(0, -suffix.length)}${namespaced}/${version}`;
}
