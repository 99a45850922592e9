import { type FieldRule, WHOLE } from './rule.ts';
import { growth, step } from './sizes.ts';

/** What stops, restarts or fails over for a while, and what clients notice. */
export const DOWNTIME: readonly FieldRule[] = [
  {
    id: 'pods-restart',
    risk: 'downtime',
    kinds: ['Deployment.apps', 'StatefulSet.apps', 'DaemonSet.apps'],
    field: /^spec\.template(\.|\[|$)/,
    because: 'the pods are replaced, some at a time: connections end, work in hand has the grace period',
  },
  {
    id: 'recreated',
    risk: 'downtime',
    kinds: ['Deployment.apps'],
    field: /^spec\.strategy\.type$/,
    when: ({ after }) => after === 'Recreate',
    because: 'with Recreate all pods stop before the first new one starts',
  },
  {
    id: 'service-address',
    risk: 'downtime',
    kinds: ['Service.'],
    field: /^spec\.(ports|selector|type|clusterIP)(\.|\[|$)/,
    because: 'clients that use the old port, type or pods lose their connection until they follow',
  },
  {
    id: 'ingress-route',
    risk: 'downtime',
    kinds: ['Ingress.networking.k8s.io'],
    field: /^spec\.(rules|tls|defaultBackend)(\.|\[|$)/,
    because: 'requests to the old host or path no longer arrive',
  },
  {
    id: 'load-balancer-anew',
    risk: 'downtime',
    kinds: ['IngressClassParams.elbv2.k8s.aws'],
    field: /^spec\.(scheme|group|subnets|ipAddressType)(\.|$)/,
    // https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/ingress_class/
    because: 'AWS makes another load balancer: its address changes, and clients follow when DNS does',
  },
  {
    id: 'workload-gone',
    risk: 'downtime',
    kinds: [
      'Deployment.apps',
      'StatefulSet.apps',
      'DaemonSet.apps',
      'CronJob.batch',
      'Service.',
      'Ingress.networking.k8s.io',
    ],
    field: WHOLE,
    when: ({ after }) => after === undefined,
    because: 'it stops, and whoever calls it gets no answer',
  },
  {
    id: 'nodes-gone',
    risk: 'downtime',
    kinds: ['NodeGroup.*.aws'],
    field: WHOLE,
    when: ({ after }) => after === undefined,
    because: 'its nodes are drained, and their pods must find room on others',
  },
  {
    id: 'atlas-scaled',
    risk: 'downtime',
    kinds: ['AdvancedCluster.*.atlas'],
    field: /instanceSize$/,
    // https://www.mongodb.com/docs/atlas/scale-cluster/
    because: (change) =>
      `Atlas replaces one node after the other, with an election at the primary (${step(change)}): writes fail for seconds`,
  },
  {
    id: 'atlas-version',
    risk: 'downtime',
    kinds: ['AdvancedCluster.*.atlas'],
    field: /mongoDbMajorVersion$/,
    because: (change) =>
      `a major version of MongoDB (${step(change)}), node by node; there is no way back but a backup`,
  },
  {
    id: 'cache-scaled',
    risk: 'downtime',
    kinds: ['ReplicationGroup.*.aws'],
    field: /^spec\.forProvider\.(nodeType|numNodeGroups|replicasPerNodeGroup)$/,
    // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/scaling-redis-cluster-mode-enabled.html
    because: (change) =>
      `ElastiCache scales online in the maintenance window (${step(change)}): a failover of seconds for each shard`,
  },
  {
    id: 'cache-version',
    risk: 'downtime',
    kinds: ['ReplicationGroup.*.aws'],
    field: /^spec\.forProvider\.(engineVersion|parameterGroupName)/,
    because: (change) =>
      `the engine is upgraded (${step(change)}) with a failover for each shard; it can't be lowered again`,
  },
  {
    id: 'eks-version',
    risk: 'downtime',
    kinds: ['Cluster.*.aws'],
    field: /^spec\.forProvider\.version$/,
    // https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html
    because: (change) =>
      growth(change) === -1
        ? `EKS never goes back a version (${step(change)})`
        : `the control plane is upgraded (${step(change)}) and can't go back; removed APIs stop working; add-ons and nodes follow`,
  },
  {
    id: 'eks-access',
    risk: 'downtime',
    kinds: ['Cluster.*.aws'],
    field: /^spec\.forProvider\.vpcConfig(\[\])?\.endpoint(Public|Private)Access$/,
    when: ({ after }) => after === false,
    because: 'who reached the API server through this endpoint no longer does',
  },
  {
    id: 'nodes-replaced',
    risk: 'downtime',
    kinds: ['NodeGroup.*.aws'],
    field: /^spec\.forProvider\.(version|releaseVersion|launchTemplate)/,
    because: 'the nodes are replaced, some at a time: their pods move, as far as disruption budgets let them',
  },
  {
    id: 'launch-template',
    risk: 'downtime',
    kinds: ['LaunchTemplate.*.aws'],
    field: /^spec\.forProvider\./,
    because: 'a new version of the launch template: the nodes of its group are replaced, some at a time',
  },
  {
    id: 'add-on-version',
    risk: 'downtime',
    kinds: ['Addon.*.aws'],
    field: /^spec\.forProvider\.(addonVersion|configurationValues)/,
    because: (change) => `the add-on's pods are replaced on every node (${step(change)})`,
  },
  {
    id: 'queue-timing',
    risk: 'downtime',
    kinds: ['Queue.*.aws'],
    field: /^spec\.forProvider\.visibilityTimeoutSeconds$/,
    when: (change) => growth(change) === -1,
    because: (change) => `messages come back sooner (${step(change)} s): what takes longer is handled twice`,
  },
  {
    id: 'provider-version',
    risk: 'downtime',
    kinds: ['Provider.pkg.crossplane.io', 'Function.pkg.crossplane.io'],
    field: /^spec\.package$/,
    because: (change) =>
      `another version (${step(change)}) reconciles everything that it manages, with what it knows now`,
  },
  {
    id: 'chart-version',
    risk: 'downtime',
    kinds: ['Application.argoproj.io'],
    field: /^spec\.(source|sources\[\])\.targetRevision$/,
    because: (change) =>
      `another version of the chart (${step(change)}): read its upgrade notes; CRDs may change with it`,
  },
];
