import { isNamespaced } from './crossplane.ts';
import type { Environment } from './environment/environment.ts';
import {
  ARGOCD_NAMESPACE,
  CROSSPLANE_NAMESPACE,
  namespace,
  PLATFORM_GROUP,
  PLIMSOLL_NAMESPACE,
  prefix,
  SYSTEM_NAMESPACE,
} from './names.ts';
import { releases } from './releases.ts';

/** Argo CD projects: what may come from where, and go where. https://argo-cd.readthedocs.io/en/stable/user-guide/projects/ */
export interface Project {
  readonly name: string;
  readonly description: string;
  readonly sources: readonly string[];
  readonly namespaces: readonly string[];
  /** Kinds without a namespace that may be applied; all others are refused. */
  readonly clusterKinds: readonly GroupKind[];
  /** Kinds in a namespace; undefined allows all. */
  readonly namespacedKinds?: readonly GroupKind[];
  readonly pointer: string;
}

export interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

const kinds = (group: string, ...names: readonly string[]): readonly GroupKind[] =>
  names.map((kind) => ({ group, kind }));

const PLATFORM_KINDS: readonly GroupKind[] = [
  ...kinds('', 'Namespace'),
  ...kinds('admissionregistration.k8s.io', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'),
  ...kinds('apiextensions.crossplane.io', 'CompositeResourceDefinition', 'Composition'),
  ...kinds('elbv2.k8s.aws', 'IngressClassParams'),
  ...kinds('networking.k8s.io', 'IngressClass'),
  ...kinds('pkg.crossplane.io', 'DeploymentRuntimeConfig', 'Function', 'Provider'),
  ...kinds('snapshot.storage.k8s.io', 'VolumeSnapshotClass'),
  ...kinds('storage.k8s.io', 'StorageClass'),
];

/** How providers sign in: the kinds are others for managed resources in namespaces. */
const providerKinds = (environment: Environment): readonly GroupKind[] =>
  isNamespaced(environment)
    ? [
        ...kinds('aws.m.upbound.io', 'ClusterProviderConfig'),
        ...kinds('kubernetes.m.crossplane.io', 'ClusterProviderConfig'),
        ...kinds('mongodbatlas.m.crossplane.io', 'ClusterProviderConfig'),
      ]
    : [
        ...kinds('aws.upbound.io', 'ProviderConfig'),
        ...kinds('kubernetes.crossplane.io', 'ProviderConfig'),
        ...kinds('mongodbatlas.crossplane.io', 'ProviderConfig'),
      ];

/** What of the platform is in a namespace: Argo CD's own kinds, claims, and what the defaults of a namespace are. */
const PLATFORM_NAMESPACED_KINDS: readonly GroupKind[] = [
  ...kinds('', 'ConfigMap'),
  ...kinds('argoproj.io', 'AppProject', 'Application'),
  ...kinds('networking.k8s.io', 'NetworkPolicy'),
  ...kinds(PLATFORM_GROUP, '*'),
];

/** Whereby Crossplane may write the secret that registers a cluster. */
const REGISTRATION_KINDS = kinds('rbac.authorization.k8s.io', 'Role', 'RoleBinding');

/** A service can't create anything without a namespace, nor claims, roles or secrets. */
const SERVICE_KINDS: readonly GroupKind[] = [
  ...kinds('', 'PersistentVolumeClaim', 'Service', 'ServiceAccount'),
  ...kinds('apps', 'Deployment'),
  ...kinds('autoscaling', 'HorizontalPodAutoscaler'),
  ...kinds('networking.k8s.io', 'Ingress', 'NetworkPolicy'),
  ...kinds('policy', 'PodDisruptionBudget'),
];

/** The environment's own: one Argo CD may know several. A hyphen tells it from the platform's. */
export const servicesProject = prefix;

export function projects(environment: Environment): readonly Project[] {
  const { repository } = environment.spec.delivery;
  const installed = releases(environment);
  return [
    {
      name: 'platform',
      description: `What services run on and use: namespaces, Crossplane, claims of ${PLATFORM_GROUP}`,
      sources: [repository],
      namespaces: [ARGOCD_NAMESPACE, CROSSPLANE_NAMESPACE, PLIMSOLL_NAMESPACE, namespace(environment)],
      clusterKinds: sortedKinds([...PLATFORM_KINDS, ...providerKinds(environment)]),
      namespacedKinds: sortedKinds([
        ...PLATFORM_NAMESPACED_KINDS,
        ...(environment.spec.cluster.argoCd === undefined ? [] : REGISTRATION_KINDS),
      ]),
      pointer: '/spec/delivery',
    },
    {
      name: 'charts',
      description: 'Controllers and third-party Helm charts',
      sources: sorted(
        installed.map((release) =>
          release.isRendered === true ? repository : chartSource(release.repository),
        ),
      ),
      // Charts put roles for leader election into kube-system, wherever they run themselves.
      namespaces: sorted([SYSTEM_NAMESPACE, ...installed.map((release) => release.namespace)]),
      clusterKinds: [{ group: '*', kind: '*' }],
      pointer: '/spec/charts',
    },
    {
      name: servicesProject(environment),
      description: `Services of ${environment.spec.product} in ${environment.metadata.name}`,
      sources: [repository],
      namespaces: [namespace(environment)],
      clusterKinds: [],
      namespacedKinds: SERVICE_KINDS,
      pointer: '/spec/services',
    },
  ];
}

/** By group, those of one group as they were. */
const sortedKinds = (all: readonly GroupKind[]): readonly GroupKind[] =>
  all.toSorted((a, b) => (a.group < b.group ? -1 : Number(a.group > b.group)));

const sorted = (values: readonly string[]): readonly string[] => [...new Set(values)].sort();

/** As Argo CD names a Helm source: registries of OCI charts go without their scheme. */
export const chartSource = (repository: string): string => repository.replace(/^oci:\/\//, '');
