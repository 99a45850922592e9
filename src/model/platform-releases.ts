import { roleAnnotations } from './chart-identities.ts';
import type { Environment } from './environment/environment.ts';
import { CLUSTER_AUTOSCALER, hasGrowingGroups, LOAD_BALANCER_CONTROLLER } from './identities.ts';
import { CROSSPLANE_NAMESPACE, clusterName, networkName, roleArn, SYSTEM_NAMESPACE } from './names.ts';
import { GPU, gpuNodeGroups, type Toleration, tolerationOf, WORKLOAD_TYPE } from './placement.ts';
import { pointerTo } from './pointer.ts';
import type { Release } from './release.ts';
import { isHosted } from './topology.ts';

/** The platform's own controllers: each is there where the environment has something for it to do. */

const CROSSPLANE_VERSION = '2.3.4';
const LOAD_BALANCER_CONTROLLER_VERSION = '3.5.0';
const CLUSTER_AUTOSCALER_VERSION = '9.50.1';
const DEVICE_PLUGIN_VERSION = '0.17.1';

/** Name of the chart, and of the release, that offers GPUs to pods. */
const DEVICE_PLUGIN = 'nvidia-device-plugin';

export function platformReleases(environment: Environment): readonly Release[] {
  const gpuGroups = gpuNodeGroups(environment);
  return [
    // A hub has its own.
    ...(isHosted(environment) ? [] : [crossplane]),
    ...(environment.spec.ingress === undefined ? [] : [loadBalancerController(environment)]),
    ...(hasGrowingGroups(environment) ? [clusterAutoscaler(environment)] : []),
    ...(gpuGroups.length === 0 ? [] : [devicePlugin(environment, gpuGroups)]),
  ];
}

const crossplane: Release = {
  name: 'crossplane',
  repository: 'https://charts.crossplane.io/stable',
  chart: 'crossplane',
  version: CROSSPLANE_VERSION,
  namespace: CROSSPLANE_NAMESPACE,
  values: { replicas: 2 },
  wave: 'crossplane',
  ignoreDifferences: [],
  pointer: pointerTo('spec', 'topology'),
};

/** A ServiceAccount of that name, which assumes the role of that name. */
const serviceAccount = (environment: Environment, name: string) => ({
  create: true,
  name,
  annotations: roleAnnotations(roleArn(environment, name)),
});

function loadBalancerController(environment: Environment): Release {
  const { existing } = environment.spec.network;
  return {
    name: LOAD_BALANCER_CONTROLLER,
    repository: 'https://aws.github.io/eks-charts',
    chart: LOAD_BALANCER_CONTROLLER,
    version: LOAD_BALANCER_CONTROLLER_VERSION,
    namespace: SYSTEM_NAMESPACE,
    values: {
      clusterName: clusterName(environment),
      region: environment.spec.aws.region,
      // The VPC's id isn't known before it exists, and pods can't ask the node's metadata service for it.
      ...(existing === undefined
        ? { vpcTags: { Name: networkName(environment) } }
        : { vpcId: existing.vpcId }),
      replicaCount: 2,
      defaultTargetType: 'ip',
      podDisruptionBudget: { maxUnavailable: 1 },
      // Only load balancers of Ingresses are made: a failing webhook would stop every new Service otherwise.
      enableServiceMutatorWebhook: false,
      // It asks for web ACLs only where it may, and never for those of WAF Classic, which AWS has ended.
      enableWaf: false,
      enableWafv2: environment.spec.ingress?.webAcl !== undefined,
      // The class and its parameters are the platform's, in the application "add-ons".
      createIngressClassResource: false,
      serviceAccount: serviceAccount(environment, LOAD_BALANCER_CONTROLLER),
    },
    wave: 'controllers',
    // The chart makes a new certificate each time that it is rendered; what is in the cluster stays in use.
    ignoreDifferences: [
      { group: '', kind: 'Secret', jsonPointers: ['/data'] },
      ...['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'].map((kind) => ({
        group: 'admissionregistration.k8s.io',
        kind,
        jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'],
      })),
    ],
    pointer: pointerTo('spec', 'ingress'),
  };
}

/** Adds nodes for pods that find no room, up to a group's `max`, and takes idle ones away, down to its `min`. */
function clusterAutoscaler(environment: Environment): Release {
  return {
    name: CLUSTER_AUTOSCALER,
    repository: 'https://kubernetes.github.io/autoscaler',
    chart: 'cluster-autoscaler',
    version: CLUSTER_AUTOSCALER_VERSION,
    namespace: SYSTEM_NAMESPACE,
    values: {
      // By the tags that EKS puts on the Auto Scaling groups of its node groups.
      autoDiscovery: { clusterName: clusterName(environment) },
      awsRegion: environment.spec.aws.region,
      replicaCount: 2,
      rbac: { serviceAccount: serviceAccount(environment, CLUSTER_AUTOSCALER) },
      extraArgs: {
        expander: 'least-waste',
        // Every pod of the platform has temporary files: nodes would never be empty enough otherwise.
        'skip-nodes-with-local-storage': false,
        'skip-nodes-with-system-pods': false,
      },
    },
    wave: 'controllers',
    ignoreDifferences: [],
    pointer: pointerTo('spec', 'cluster', 'nodeGroups'),
  };
}

/** Tells Kubernetes how many GPUs a node has; before it does, no pod that asks for one is placed. */
function devicePlugin(environment: Environment, groups: readonly string[]): Release {
  return {
    name: DEVICE_PLUGIN,
    repository: 'https://nvidia.github.io/k8s-device-plugin',
    chart: 'nvidia-device-plugin',
    version: DEVICE_PLUGIN_VERSION,
    namespace: SYSTEM_NAMESPACE,
    values: {
      // The chart's own rule waits for labels that another controller would have to set.
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              { matchExpressions: [{ key: WORKLOAD_TYPE, operator: 'In', values: [...groups] }] },
            ],
          },
        },
      },
      tolerations: groupTolerations(environment, groups),
    },
    wave: 'controllers',
    ignoreDifferences: [],
    pointer: pointerTo('spec', 'cluster', 'nodeGroups'),
  };
}

/** The customary taint of GPU nodes, and all that those groups have, each once. */
function groupTolerations(environment: Environment, groups: readonly string[]): readonly Toleration[] {
  const own = groups
    .flatMap((group) => environment.spec.cluster.nodeGroups[group]?.taints ?? [])
    .map(tolerationOf);
  const all: readonly Toleration[] = [{ key: GPU, operator: 'Exists', effect: 'NoSchedule' }, ...own];
  return [...new Map(all.map((toleration) => [JSON.stringify(toleration), toleration])).values()];
}
