import {
  CROSSPLANE_CHART,
  DEVICE_PLUGIN_CHART,
  EXTERNAL_SECRETS_CHART,
  LOAD_BALANCER_CHART,
} from './brought.ts';
import { roleAnnotations } from './chart-identities.ts';
import type { Wave } from './delivery.ts';
import type { Environment } from './environment/environment.ts';
import {
  CLUSTER_AUTOSCALER,
  EXTERNAL_DNS,
  hasGrowingGroups,
  LOAD_BALANCER_CONTROLLER,
} from './identities.ts';
import { kinds } from './kinds.ts';
import {
  CROSSPLANE_NAMESPACE,
  clusterName,
  EXTERNAL_DNS_NAMESPACE,
  EXTERNAL_SECRETS_NAMESPACE,
  networkName,
  roleArn,
  SYSTEM_NAMESPACE,
} from './names.ts';
import { GPU, gpuNodeGroups, type Toleration, tolerationOf, WORKLOAD_TYPE } from './placement.ts';
import { pointerTo } from './pointer.ts';
import type { Release } from './release.ts';
import { fetchedSecrets } from './secrets.ts';
import { isHosted, isHub } from './topology.ts';

/**
 * The platform's own controllers: each is there where the environment has something for it to do. With each is listed
 * what its pinned version makes with these values, as its templates have it: whoever raises a version reads them.
 */

const CROSSPLANE_VERSION = '2.3.4';
const EXTERNAL_SECRETS_VERSION = '2.9.0';
const EXTERNAL_DNS_VERSION = '1.19.0';
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
    ...externalSecrets(environment),
    ...(environment.spec.ingress === undefined ? [] : [loadBalancerController(environment)]),
    ...externalDns(environment),
    ...(hasGrowingGroups(environment) ? [clusterAutoscaler(environment)] : []),
    ...(gpuGroups.length === 0 ? [] : [devicePlugin(environment, gpuGroups)]),
  ];
}

const ROLES_OF_CLUSTER = kinds('rbac.authorization.k8s.io', 'ClusterRole', 'ClusterRoleBinding');
const ROLES = kinds('rbac.authorization.k8s.io', 'Role', 'RoleBinding');

const crossplane: Release = {
  name: 'crossplane',
  ...CROSSPLANE_CHART.source,
  version: CROSSPLANE_VERSION,
  namespace: CROSSPLANE_NAMESPACE,
  values: { replicas: 2 },
  wave: 'crossplane',
  ignoreDifferences: [],
  pointer: pointerTo('spec', 'topology'),
  // Its own definitions it makes by itself when it starts.
  kinds: {
    cluster: ROLES_OF_CLUSTER,
    namespaced: [...kinds('', 'Secret', 'Service', 'ServiceAccount'), ...kinds('apps', 'Deployment')],
  },
};

/**
 * Fetches secrets from AWS. It has no role itself: each store signs in as a ServiceAccount of its own namespace. Hence
 * no stores and secrets of the whole cluster, nor anything that writes into Secrets Manager. As early as Crossplane,
 * whose Atlas provider waits for its credentials; without Crossplane like any other controller.
 */
function externalSecrets(environment: Environment): readonly Release[] {
  const [first] = fetchedSecrets(environment);
  if (first === undefined && !isHub(environment)) return [];
  const pointer = first?.pointer ?? pointerTo('spec', 'delivery', 'hub');
  return [externalSecretsAt(pointer, isHosted(environment) ? 'controllers' : 'crossplane')];
}

const externalSecretsAt = (pointer: string, wave: Wave): Release => ({
  name: EXTERNAL_SECRETS_NAMESPACE,
  ...EXTERNAL_SECRETS_CHART.source,
  version: EXTERNAL_SECRETS_VERSION,
  namespace: EXTERNAL_SECRETS_NAMESPACE,
  values: {
    installCRDs: true,
    replicaCount: 2,
    leaderElect: true,
    podDisruptionBudget: { enabled: true, minAvailable: 1 },
    // While no webhook answers, no secret can be changed.
    webhook: { replicaCount: 2, podDisruptionBudget: { enabled: true, minAvailable: 1 } },
    processClusterStore: false,
    processClusterExternalSecret: false,
    processClusterGenerator: false,
    processClusterPushSecret: false,
    processPushSecret: false,
  },
  wave,
  ignoreDifferences: [],
  pointer,
  kinds: {
    cluster: [
      ...kinds('admissionregistration.k8s.io', 'ValidatingWebhookConfiguration'),
      ...kinds('apiextensions.k8s.io', 'CustomResourceDefinition'),
      ...ROLES_OF_CLUSTER,
    ],
    namespaced: [
      ...kinds('', 'Secret', 'Service', 'ServiceAccount'),
      ...kinds('apps', 'Deployment'),
      ...kinds('policy', 'PodDisruptionBudget'),
      ...ROLES,
    ],
  },
});

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
    ...LOAD_BALANCER_CHART.source,
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
    kinds: {
      cluster: [
        ...kinds(
          'admissionregistration.k8s.io',
          'MutatingWebhookConfiguration',
          'ValidatingWebhookConfiguration',
        ),
        ...kinds('apiextensions.k8s.io', 'CustomResourceDefinition'),
        ...ROLES_OF_CLUSTER,
      ],
      namespaced: [
        ...kinds('', 'Secret', 'Service', 'ServiceAccount'),
        ...kinds('apps', 'Deployment'),
        ...kinds('policy', 'PodDisruptionBudget'),
        ...ROLES,
      ],
    },
  };
}

/** Writes a record for the host name of each Ingress. */
function externalDns(environment: Environment): readonly Release[] {
  const { ingress, aws } = environment.spec;
  if (ingress?.hostedZones === undefined) return [];
  return [
    {
      name: EXTERNAL_DNS,
      repository: 'https://kubernetes-sigs.github.io/external-dns',
      chart: 'external-dns',
      version: EXTERNAL_DNS_VERSION,
      namespace: EXTERNAL_DNS_NAMESPACE,
      values: {
        provider: { name: 'aws' },
        sources: ['ingress'],
        domainFilters: [...ingress.domains],
        extraArgs: ingress.hostedZones.map((zone) => `--zone-id-filter=${zone}`),
        env: [{ name: 'AWS_DEFAULT_REGION', value: aws.region }],
        // A record outlives its Ingress: whoever takes a host name away, takes the record away by hand.
        policy: 'upsert-only',
        // Each record says whose it is: two environments in one zone leave each other's alone.
        registry: 'txt',
        txtOwnerId: clusterName(environment),
        serviceAccount: serviceAccount(environment, EXTERNAL_DNS),
      },
      wave: 'controllers',
      ignoreDifferences: [],
      pointer: pointerTo('spec', 'ingress', 'hostedZones'),
      kinds: {
        cluster: [...kinds('apiextensions.k8s.io', 'CustomResourceDefinition'), ...ROLES_OF_CLUSTER],
        namespaced: [...kinds('', 'Service', 'ServiceAccount'), ...kinds('apps', 'Deployment')],
      },
    },
  ];
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
    kinds: {
      cluster: ROLES_OF_CLUSTER,
      namespaced: [
        ...kinds('', 'Service', 'ServiceAccount'),
        ...kinds('apps', 'Deployment'),
        ...kinds('policy', 'PodDisruptionBudget'),
        ...ROLES,
      ],
    },
  };
}

/** Tells Kubernetes how many GPUs a node has; before it does, no pod that asks for one is placed. */
function devicePlugin(environment: Environment, groups: readonly string[]): Release {
  return {
    name: DEVICE_PLUGIN,
    ...DEVICE_PLUGIN_CHART.source,
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
    kinds: { cluster: [], namespaced: kinds('apps', 'DaemonSet') },
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
