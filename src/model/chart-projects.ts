import { serviceCluster } from './applications.ts';
import type { Environment } from './environment/environment.ts';
import { type GroupKind, kinds, sortedKinds } from './kinds.ts';
import { ARGOCD_NAMESPACE, CROSSPLANE_NAMESPACE, PLATFORM_GROUP, PLIMSOLL_NAMESPACE } from './names.ts';
import type { Project } from './project.ts';
import { type Release, releaseFolder } from './release.ts';
import { releases } from './releases.ts';
import { argoName } from './topology.ts';

/**
 * A project for each Helm chart: its own source, its own namespaces, its own kinds.
 *
 * The kinds of a chart that is rendered at synth are those that it renders. What Argo CD renders is not known here: of
 * the platform's own charts, which are pinned, the kinds are listed with each; of a team's they are those that
 * controllers customarily bring, and what the environment adds. None may make what governs the platform itself.
 */

/** Kinds of what a chart was rendered to, by the name of its release. */
export type RenderedKinds = ReadonlyMap<string, ChartKinds>;

export interface ChartKinds {
  readonly cluster: readonly GroupKind[];
  readonly namespaced: readonly GroupKind[];
}

/** What installs a controller: beside workloads its own kinds, what it may do, and where the API server asks it. */
const CUSTOMARY: ChartKinds = {
  cluster: [
    ...kinds(
      'admissionregistration.k8s.io',
      'MutatingWebhookConfiguration',
      'ValidatingWebhookConfiguration',
    ),
    ...kinds('apiextensions.k8s.io', 'CustomResourceDefinition'),
    ...kinds('apiregistration.k8s.io', 'APIService'),
    ...kinds('rbac.authorization.k8s.io', 'ClusterRole', 'ClusterRoleBinding'),
    ...kinds('scheduling.k8s.io', 'PriorityClass'),
  ],
  namespaced: [
    ...kinds('', 'ConfigMap', 'PersistentVolumeClaim', 'Secret', 'Service', 'ServiceAccount'),
    ...kinds('apps', 'DaemonSet', 'Deployment', 'StatefulSet'),
    ...kinds('autoscaling', 'HorizontalPodAutoscaler'),
    ...kinds('batch', 'CronJob', 'Job'),
    ...kinds('networking.k8s.io', 'Ingress', 'NetworkPolicy'),
    ...kinds('policy', 'PodDisruptionBudget'),
    ...kinds('rbac.authorization.k8s.io', 'Role', 'RoleBinding'),
  ],
};

export function chartProjects(
  environment: Environment,
  rendered: RenderedKinds = new Map(),
): readonly Project[] {
  return releases(environment).map((release) => {
    const { cluster, namespaced } = kindsOf(release, rendered);
    return {
      name: argoName(environment, releaseFolder(release.name)),
      description: `The Helm chart ${release.chart} as ${release.name}`,
      sources: [
        release.isRendered === true ? environment.spec.delivery.repository : chartSource(release.repository),
      ],
      cluster: serviceCluster(environment),
      namespaces: [...new Set([release.namespace, ...(release.namespaces ?? [])])].sort(),
      clusterKinds: sortedKinds(cluster),
      namespacedKinds: sortedKinds(namespaced),
      // It goes in the same commit as the chart's Application. Of a rendered one that takes along what it made.
      isKept: false,
      isLast: release.isRendered === true,
      pointer: release.pointer,
    };
  });
}

function kindsOf(
  { name, isRendered, kinds: listed, moreKinds = [] }: Release,
  all: RenderedKinds,
): ChartKinds {
  if (isRendered !== true && listed !== undefined) return listed;
  const known = isRendered === true ? (all.get(name) ?? { cluster: [], namespaced: [] }) : CUSTOMARY;
  // Whether a kind that the environment names is in a namespace is not known; in the other list it allows nothing.
  return {
    cluster: [...known.cluster, ...moreKinds].filter((kind) => !governs(kind)),
    namespaced: [...known.namespaced, ...moreKinds].filter((kind) => !governs(kind)),
  };
}

/** Namespaces that no third party's chart reaches into: who writes there commands Argo CD, Crossplane or the policies. */
export const GOVERNING_NAMESPACES: readonly string[] = [
  ARGOCD_NAMESPACE,
  CROSSPLANE_NAMESPACE,
  PLIMSOLL_NAMESPACE,
];

const GOVERNING_KINDS: readonly GroupKind[] = [
  ...kinds('', 'Namespace'),
  ...kinds('admissionregistration.k8s.io', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'),
  ...kinds('admissionregistration.k8s.io', 'MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding'),
  ...kinds('argoproj.io', 'AppProject', 'Application', 'ApplicationSet'),
];

/** Kinds that deliver, admit or create in AWS and Atlas by the platform's own rights, and so are the platform's alone. */
export const governs = ({ group, kind }: GroupKind): boolean =>
  GOVERNING_KINDS.some((one) => one.group === group && one.kind === kind) ||
  [PLATFORM_GROUP, 'crossplane.io', 'upbound.io'].some(
    (domain) => group === domain || group.endsWith(`.${domain}`),
  );

/** As Argo CD names a Helm source: registries of OCI charts go without their scheme. */
export const chartSource = (repository: string): string => repository.replace(/^oci:\/\//, '');
