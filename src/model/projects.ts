import { CONTROL_CLUSTER, type Destination, serviceCluster } from './applications.ts';
import { isNamespaced } from './crossplane.ts';
import type { Environment } from './environment/environment.ts';
import {
  ARGOCD_NAMESPACE,
  CROSSPLANE_NAMESPACE,
  chartsProject,
  claimNamespace,
  hubProject,
  namespace,
  PLATFORM_GROUP,
  PLIMSOLL_NAMESPACE,
  platformProject,
  prefix,
  SYSTEM_NAMESPACE,
  servicesProject,
} from './names.ts';
import { releases } from './releases.ts';
import { connectionSecrets, servicesSecrets } from './secrets.ts';
import { isHosted, isHub } from './topology.ts';

/** Argo CD projects: what may come from where, and go where. https://argo-cd.readthedocs.io/en/stable/user-guide/projects/ */
export interface Project {
  readonly name: string;
  readonly description: string;
  readonly sources: readonly string[];
  readonly cluster: Destination;
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

/** What a cluster of services has that belongs to no namespace. */
const CLUSTER_KINDS: readonly GroupKind[] = [
  ...kinds('', 'Namespace'),
  ...kinds('admissionregistration.k8s.io', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'),
  ...kinds('elbv2.k8s.aws', 'IngressClassParams'),
  ...kinds('networking.k8s.io', 'IngressClass'),
  ...kinds('snapshot.storage.k8s.io', 'VolumeSnapshotClass'),
  ...kinds('storage.k8s.io', 'StorageClass'),
];

const CROSSPLANE_KINDS: readonly GroupKind[] = [
  ...kinds('apiextensions.crossplane.io', 'CompositeResourceDefinition', 'Composition'),
  ...kinds('pkg.crossplane.io', 'DeploymentRuntimeConfig', 'Function', 'Provider'),
];

/** What an environment has in its hub, beside claims: Crossplane itself is the hub's. */
const HUB_KINDS: readonly GroupKind[] = [
  ...kinds('', 'Namespace'),
  ...kinds('admissionregistration.k8s.io', 'ValidatingAdmissionPolicyBinding'),
  ...kinds('apiextensions.crossplane.io', 'Composition'),
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

/** What the defaults of a namespace are. */
const NAMESPACE_KINDS: readonly GroupKind[] = [
  ...kinds('', 'ConfigMap'),
  ...kinds('networking.k8s.io', 'NetworkPolicy'),
];

/** Argo CD's own kinds, and claims. */
const CONTROL_KINDS: readonly GroupKind[] = [
  ...kinds('', 'ConfigMap'),
  ...kinds('argoproj.io', 'AppProject', 'Application'),
  ...kinds(PLATFORM_GROUP, '*'),
];

/** Whereby Crossplane may write the secret that registers a cluster. */
const REGISTRATION_KINDS = kinds('rbac.authorization.k8s.io', 'Role', 'RoleBinding');

/** How a namespace gets a secret from AWS: as one of its ServiceAccounts. */
const SECRET_KINDS = kinds('external-secrets.io', 'ExternalSecret', 'SecretStore');

/** A service can't create anything without a namespace, nor claims, roles or secrets. */
const SERVICE_KINDS: readonly GroupKind[] = [
  ...kinds('', 'PersistentVolumeClaim', 'Service', 'ServiceAccount'),
  ...kinds('apps', 'Deployment'),
  ...kinds('autoscaling', 'HorizontalPodAutoscaler'),
  ...kinds('networking.k8s.io', 'Ingress', 'NetworkPolicy'),
  ...kinds('policy', 'PodDisruptionBudget'),
];

export function projects(environment: Environment): readonly Project[] {
  const { repository } = environment.spec.delivery;
  const installed = releases(environment);
  return [
    ...(isHosted(environment) ? hosted(environment) : [single(environment)]),
    {
      name: chartsProject(environment),
      description: 'Controllers and third-party Helm charts',
      sources: sorted(
        installed.map((release) =>
          release.isRendered === true ? repository : chartSource(release.repository),
        ),
      ),
      cluster: serviceCluster(environment),
      // Charts put roles for leader election into kube-system, wherever they run themselves.
      namespaces: sorted([SYSTEM_NAMESPACE, ...installed.map((release) => release.namespace)]),
      clusterKinds: [{ group: '*', kind: '*' }],
      pointer: '/spec/charts',
    },
    {
      name: servicesProject(environment),
      description: `Services of ${environment.spec.product} in ${environment.metadata.name}`,
      sources: [repository],
      cluster: serviceCluster(environment),
      namespaces: [namespace(environment)],
      clusterKinds: [],
      namespacedKinds: sortedKinds([
        ...SERVICE_KINDS,
        ...(servicesSecrets(environment).length > 0 ? SECRET_KINDS : []),
      ]),
      pointer: '/spec/services',
    },
  ];
}

/** One cluster has it all. */
const single = (environment: Environment): Project => ({
  name: platformProject(environment),
  description: `What services run on and use: namespaces, Crossplane, claims of ${PLATFORM_GROUP}`,
  sources: [environment.spec.delivery.repository],
  cluster: CONTROL_CLUSTER,
  namespaces: [ARGOCD_NAMESPACE, CROSSPLANE_NAMESPACE, PLIMSOLL_NAMESPACE, namespace(environment)],
  clusterKinds: sortedKinds([...CLUSTER_KINDS, ...CROSSPLANE_KINDS, ...providerKinds(environment)]),
  namespacedKinds: sortedKinds(
    distinct([
      ...NAMESPACE_KINDS,
      ...CONTROL_KINDS,
      ...(writesRegistrations(environment) ? REGISTRATION_KINDS : []),
      ...(environment.spec.atlas !== undefined || isHub(environment) ? kinds('', 'ServiceAccount') : []),
      ...(environment.spec.atlas === undefined ? [] : SECRET_KINDS),
    ]),
  ),
  pointer: '/spec/delivery',
});

/** One for what an environment has in its hub, one for its own cluster. */
const hosted = (environment: Environment): readonly Project[] => [
  {
    name: hubProject(environment),
    description: `What ${prefix(environment)} has in its hub: Applications, and claims of ${PLATFORM_GROUP}`,
    sources: [environment.spec.delivery.repository],
    cluster: CONTROL_CLUSTER,
    namespaces: [
      ARGOCD_NAMESPACE,
      claimNamespace(environment),
      ...(environment.spec.atlas === undefined ? [] : [CROSSPLANE_NAMESPACE]),
    ],
    clusterKinds: sortedKinds([...HUB_KINDS, ...providerKinds(environment)]),
    namespacedKinds: sortedKinds([
      ...CONTROL_KINDS,
      ...(environment.spec.atlas === undefined ? [] : SECRET_KINDS),
    ]),
    pointer: '/spec/delivery',
  },
  {
    name: platformProject(environment),
    description: `What services of ${prefix(environment)} run on: namespaces, classes, policies`,
    sources: [environment.spec.delivery.repository],
    cluster: serviceCluster(environment),
    namespaces: [PLIMSOLL_NAMESPACE, namespace(environment)],
    clusterKinds: sortedKinds(CLUSTER_KINDS),
    namespacedKinds: sortedKinds([
      ...NAMESPACE_KINDS,
      ...(connectionSecrets(environment).length === 0
        ? []
        : [...kinds('', 'ServiceAccount'), ...SECRET_KINDS]),
    ]),
    pointer: '/spec/delivery',
  },
];

/** Whether Crossplane of this environment tells Argo CD of clusters: of its own, or of those that it is the hub of. */
export const writesRegistrations = (environment: Environment): boolean =>
  isHub(environment) || (!isHosted(environment) && environment.spec.cluster.argoCd !== undefined);

const distinct = (all: readonly GroupKind[]): readonly GroupKind[] => [
  ...new Map(all.map((one) => [`${one.group}/${one.kind}`, one])).values(),
];

/** By group, those of one group as they were. */
const sortedKinds = (all: readonly GroupKind[]): readonly GroupKind[] =>
  all.toSorted((a, b) => (a.group < b.group ? -1 : Number(a.group > b.group)));

const sorted = (values: readonly string[]): readonly string[] => [...new Set(values)].sort();

/** As Argo CD names a Helm source: registries of OCI charts go without their scheme. */
export const chartSource = (repository: string): string => repository.replace(/^oci:\/\//, '');
