import { GPU } from './placement.ts';

/**
 * What a cluster has by charts, packages and add-ons, beside what manifests hold: kinds, a controller of Ingresses,
 * resources of nodes. Said once: of the platform's own charts by their repositories, of others nothing.
 */
export interface Brought {
  /** API groups of the kinds that it brings. */
  readonly groups?: readonly string[];
  /** The `spec.controller` of the IngressClasses that it serves. */
  readonly ingresses?: readonly string[];
  /** Extended resources that it offers to pods. */
  readonly resources?: readonly string[];
}

/** A Helm chart, where it comes from, and what it brings. */
export interface ChartSource {
  readonly source: { readonly repository: string; readonly chart: string };
  readonly brings: Brought;
}

/** Its own kinds it makes when it starts: https://docs.crossplane.io/latest/api/ */
export const CROSSPLANE_CHART: ChartSource = {
  source: { repository: 'https://charts.crossplane.io/stable', chart: 'crossplane' },
  brings: {
    groups: [
      'apiextensions.crossplane.io',
      'ops.crossplane.io',
      'pkg.crossplane.io',
      'protection.crossplane.io',
    ],
  },
};

/** https://external-secrets.io/latest/api/spec/ */
export const EXTERNAL_SECRETS_CHART: ChartSource = {
  source: { repository: 'https://charts.external-secrets.io', chart: 'external-secrets' },
  brings: { groups: ['external-secrets.io', 'generators.external-secrets.io'] },
};

/** https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/ingress_class/ */
export const LOAD_BALANCER_CHART: ChartSource = {
  source: { repository: 'https://aws.github.io/eks-charts', chart: 'aws-load-balancer-controller' },
  brings: { groups: ['elbv2.k8s.aws'], ingresses: ['ingress.k8s.aws/alb'] },
};

/** https://github.com/NVIDIA/k8s-device-plugin */
export const DEVICE_PLUGIN_CHART: ChartSource = {
  source: { repository: 'https://nvidia.github.io/k8s-device-plugin', chart: 'nvidia-device-plugin' },
  brings: { resources: [GPU] },
};

const CHARTS = [CROSSPLANE_CHART, EXTERNAL_SECRETS_CHART, LOAD_BALANCER_CHART, DEVICE_PLUGIN_CHART];

/** What a chart brings, as far as is known. */
export const broughtByChart = (repository: string, chart: string): Brought | undefined =>
  CHARTS.find(({ source }) => source.chart === chart && source.repository === repository.replace(/\/+$/, ''))
    ?.brings;

/** Add-ons of EKS that bring kinds: https://docs.aws.amazon.com/eks/latest/userguide/csi-snapshot-controller.html */
const ADD_ON_GROUPS: Readonly<Record<string, string>> = {
  'snapshot-controller': 'snapshot.storage.k8s.io',
};

/** Whether an add-on brings the kinds of a group. */
export const isBroughtByAddOn = (addOn: string, group: string): boolean =>
  Object.hasOwn(ADD_ON_GROUPS, addOn) && ADD_ON_GROUPS[addOn] === group;
