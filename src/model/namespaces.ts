import type { Environment } from './environment/environment.ts';
import {
  ARGOCD_NAMESPACE,
  CROSSPLANE_NAMESPACE,
  claimNamespace,
  namespace,
  PLIMSOLL_NAMESPACE,
  SYSTEM_NAMESPACE,
} from './names.ts';
import { platformReleases } from './platform-releases.ts';
import { pointerTo } from './pointer.ts';
import { ENVIRONMENT_LABEL, isHosted } from './topology.ts';

/** Namespaces, and how strictly each guards its pods: https://kubernetes.io/docs/concepts/security/pod-security-admission/ */
export interface DerivedNamespace {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly pointer: string;
}

/** Policies read these: how strict the stage is, and whose pods are not the team's to change. */
const STAGE_LABEL = 'plimsoll.dev/stage';
const PLATFORM_LAYER = { 'plimsoll.dev/layer': 'platform' };

type Level = 'restricted' | 'baseline' | 'privileged';

/** Every namespace that anything is put into, but for kube-system, which every cluster has. Sorted by name. */
export function namespaces(environment: Environment): readonly DerivedNamespace[] {
  const version = `v${environment.spec.cluster.kubernetesVersion}`;
  const product = namespace(environment);
  const own: readonly DerivedNamespace[] = [
    {
      name: product,
      labels: {
        ...security('restricted', 'restricted', version),
        [STAGE_LABEL]: environment.spec.stage,
        // Pods count as ready only when the load balancer knows them; works with targets of type ip.
        'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled',
      },
      pointer: pointerTo('spec', 'product'),
    },
    ...(isHosted(environment)
      ? []
      : [platform(ARGOCD_NAMESPACE, version), platform(CROSSPLANE_NAMESPACE, version)]),
    platform(PLIMSOLL_NAMESPACE, version),
  ];
  const taken = new Set([...own.map(({ name }) => name), SYSTEM_NAMESPACE]);
  const foreign = new Map<string, DerivedNamespace>();
  for (const { namespace, pointer } of platformReleases(environment)) {
    if (!taken.has(namespace)) foreign.set(namespace, platform(namespace, version, pointer));
  }
  for (const [release, chart] of Object.entries(environment.spec.charts ?? {})) {
    if (taken.has(chart.namespace) || foreign.has(chart.namespace)) continue;
    foreign.set(chart.namespace, {
      name: chart.namespace,
      // What a third party's chart needs isn't known here (node agents need a lot): watched, not refused.
      labels: { ...security('privileged', 'baseline', version), ...PLATFORM_LAYER },
      pointer: pointerTo('spec', 'charts', release, 'namespace'),
    });
  }
  return [...own, ...foreign.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** An environment's namespace in its hub: claims, and no pod. */
export const hubNamespace = (environment: Environment): DerivedNamespace => ({
  name: claimNamespace(environment),
  labels: {
    // The hub may have another version of Kubernetes; whatever it is, no pod is to run here.
    ...security('restricted', 'restricted', 'latest'),
    [STAGE_LABEL]: environment.spec.stage,
    [ENVIRONMENT_LABEL]: environment.metadata.name,
  },
  pointer: pointerTo('spec', 'hub'),
});

const platform = (
  name: string,
  version: string,
  pointer = pointerTo('spec', 'topology'),
): DerivedNamespace => ({
  name,
  labels: { ...security('baseline', 'restricted', version), ...PLATFORM_LAYER },
  pointer,
});

const security = (enforced: Level, watched: Level, version: string) => ({
  'pod-security.kubernetes.io/enforce': enforced,
  'pod-security.kubernetes.io/enforce-version': version,
  'pod-security.kubernetes.io/audit': watched,
  'pod-security.kubernetes.io/audit-version': version,
  'pod-security.kubernetes.io/warn': watched,
  'pod-security.kubernetes.io/warn-version': version,
});
