import type { KubernetesObject } from '#manifests/manifest.ts';
import type { AdmissionRequest } from '#validate/policy/admission-request.ts';
import type { ResourceOf } from '#validate/policy/judge-request.ts';
import { type AdmissionCase, NAMESPACE } from './admission-cases.ts';

/** A case as what a cluster would hold: its namespace, its policy, its bindings, and the request. */
export interface Staged {
  readonly namespace: KubernetesObject;
  readonly policy: KubernetesObject;
  readonly bindings: readonly KubernetesObject[];
  readonly params: readonly KubernetesObject[];
  readonly request: AdmissionRequest;
}

const RULE = { apiGroups: [''], apiVersions: ['v1'], operations: ['*'], resources: ['configmaps'] };

/** Custom kinds of the cases, which take anything. */
export const DEFINITIONS = [
  definition('Crane', 'cranes', 'Namespaced', ['v1', 'v1beta1']),
  definition('Tide', 'tides', 'Cluster', ['v1']),
];

function definition(kind: string, plural: string, scope: string, versions: readonly string[]) {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.admission.tideline.example` },
    spec: {
      group: 'admission.tideline.example',
      names: { kind, plural, singular: kind.toLowerCase() },
      scope,
      versions: versions.map((name, index) => ({
        name,
        served: true,
        storage: index === 0,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      })),
    },
  };
}

/** What a cluster with those definitions knows of a kind. */
export const withDefinitions =
  (others: ResourceOf): ResourceOf =>
  (group, version, kind) => {
    const own = DEFINITIONS.find(({ spec }) => spec.group === group && spec.names.kind === kind)?.spec;
    if (own === undefined) return others(group, version, kind);
    return own.versions.some(({ name }) => name === version)
      ? { plural: own.names.plural, namespaced: own.scope === 'Namespaced', isCustom: true }
      : undefined;
  };

const BERTHS = {
  operation: 'CREATE',
  object: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'berths', namespace: NAMESPACE },
    data: { count: '2' },
  },
  oldObject: null,
} as const;

export function staged(one: AdmissionCase, index: number): Staged {
  const name = `admission-${String(index).padStart(3, '0')}`;
  const { spec, constraints, rule, bindings = [{}], params = [], request = BERTHS, labels } = one;
  const whole = {
    namespace: { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { case: name, ...labels } } },
    policy: {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name },
      spec: {
        matchConstraints: {
          namespaceSelector: { matchLabels: { case: name } },
          resourceRules: [{ ...RULE, ...rule }],
          ...constraints,
        },
        ...spec,
      },
    },
    bindings: bindings.map((fields, at) => ({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: `${name}-${at}` },
      spec: { policyName: name, validationActions: ['Deny'], ...fields },
    })),
    params,
    request,
  };
  return JSON.parse(JSON.stringify(whole).replaceAll(NAMESPACE, name));
}
