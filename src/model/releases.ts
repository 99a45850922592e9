import type { Wave } from './delivery.ts';
import type { Environment } from './environment/environment.ts';
import { LOAD_BALANCER_CONTROLLER } from './identities.ts';
import { CROSSPLANE_NAMESPACE, clusterName, networkName, roleArn, SYSTEM_NAMESPACE } from './names.ts';
import { pointerTo } from './pointer.ts';

/** Helm charts that Argo CD installs, each at one exact version: the platform's own controllers, then a team's. */
export interface Release {
  readonly name: string;
  readonly repository: string;
  readonly chart: string;
  readonly version: string;
  readonly namespace: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly wave: Wave;
  readonly ignoreDifferences: readonly IgnoredDifference[];
  readonly pointer: string;
}

/** Fields that a chart or a controller changes by itself, so that a difference means nothing. */
export interface IgnoredDifference {
  readonly group: string;
  readonly kind: string;
  readonly jsonPointers?: readonly string[];
  readonly jqPathExpressions?: readonly string[];
}

const CROSSPLANE_VERSION = '2.3.4';
const LOAD_BALANCER_CONTROLLER_VERSION = '3.5.0';

/** All releases of an environment, in the order of their names within their waves. */
export function releases(environment: Environment): readonly Release[] {
  const own = Object.entries(environment.spec.charts ?? {})
    .map(
      ([name, chart]): Release => ({
        name,
        repository: chart.repository,
        chart: chart.chart,
        version: chart.version,
        namespace: chart.namespace,
        values: chart.values ?? {},
        wave: 'controllers',
        ignoreDifferences: [],
        pointer: pointerTo('spec', 'charts', name),
      }),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    crossplane,
    ...(environment.spec.ingress === undefined ? [] : [loadBalancerController(environment)]),
    ...own,
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

function loadBalancerController(environment: Environment): Release {
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
      vpcTags: { Name: networkName(environment) },
      replicaCount: 2,
      defaultTargetType: 'ip',
      podDisruptionBudget: { maxUnavailable: 1 },
      // Only load balancers of Ingresses are made: a failing webhook would stop every new Service otherwise.
      enableServiceMutatorWebhook: false,
      // The class and its parameters are the platform's, in the application "add-ons".
      createIngressClassResource: false,
      serviceAccount: {
        create: true,
        name: LOAD_BALANCER_CONTROLLER,
        annotations: {
          'eks.amazonaws.com/role-arn': roleArn(environment, LOAD_BALANCER_CONTROLLER),
          'eks.amazonaws.com/sts-regional-endpoints': 'true',
        },
      },
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
