import { CONTROL_CLUSTER, serviceCluster } from './applications.ts';
import { chartProjects, type RenderedKinds } from './chart-projects.ts';
import { isNamespaced } from './crossplane.ts';
import type { Environment } from './environment/environment.ts';
import { type GroupKind, kinds, sortedKinds } from './kinds.ts';
import {
  ARGOCD_NAMESPACE,
  CROSSPLANE_NAMESPACE,
  claimNamespace,
  hubProject,
  namespace,
  PLATFORM_GROUP,
  PLIMSOLL_NAMESPACE,
  platformProject,
  prefix,
  servicesProject,
} from './names.ts';
import type { Project } from './project.ts';
import { connectionSecrets, servicesSecrets } from './secrets.ts';
import { isHosted, isHub } from './topology.ts';

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

/** How providers sign in, of those that there are: the kinds are others for managed resources in namespaces. */
function providerKinds(environment: Environment): readonly GroupKind[] {
  const [m, kind] = isNamespaced(environment) ? ['m.', 'ClusterProviderConfig'] : ['', 'ProviderConfig'];
  return [
    ...kinds(`aws.${m}upbound.io`, kind),
    ...(writesRegistrations(environment) ? kinds(`kubernetes.${m}crossplane.io`, kind) : []),
    ...(environment.spec.atlas === undefined ? [] : kinds(`mongodbatlas.${m}crossplane.io`, kind)),
  ];
}

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

/** @param rendered What charts that are rendered at synth came to. */
export function projects(environment: Environment, rendered?: RenderedKinds): readonly Project[] {
  const { repository } = environment.spec.delivery;
  return [
    ...(isHosted(environment) ? hosted(environment) : [single(environment)]),
    ...chartProjects(environment, rendered),
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
      isKept: true,
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
  namespacedKinds: sortedKinds([
    ...NAMESPACE_KINDS,
    ...CONTROL_KINDS,
    ...(writesRegistrations(environment) ? REGISTRATION_KINDS : []),
    ...(environment.spec.atlas !== undefined || isHub(environment) ? kinds('', 'ServiceAccount') : []),
    ...(environment.spec.atlas === undefined ? [] : SECRET_KINDS),
  ]),
  isKept: true,
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
    isKept: true,
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
    isKept: true,
    pointer: '/spec/delivery',
  },
];

/** Whether Crossplane of this environment tells Argo CD of clusters: of its own, or of those that it is the hub of. */
export const writesRegistrations = (environment: Environment): boolean =>
  isHub(environment) || (!isHosted(environment) && environment.spec.cluster.argoCd !== undefined);
