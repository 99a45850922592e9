import type { Wave } from './delivery.ts';
import type { Environment } from './environment/environment.ts';
import { loadBalancerOf } from './load-balancer.ts';
import { ARGOCD_NAMESPACE, CROSSPLANE_NAMESPACE, namespace } from './names.ts';
import { pointerTo } from './pointer.ts';
import type { IgnoredDifference } from './release.ts';

/** Argo CD applications that sync a folder of `dist/` each, in the order of their waves. */
export interface Application {
  /** Also the name of its folder. */
  readonly name: string;
  readonly project: 'platform' | 'services';
  /** Path of the folder in the repository. */
  readonly path: string;
  /** Where objects go that name no namespace; all of ours do. */
  readonly namespace: string;
  readonly wave: Wave;
  readonly ignoreDifferences: readonly IgnoredDifference[];
  readonly pointer: string;
}

/** The cluster that Argo CD itself runs in: with one cluster for all, everything goes there. */
export const THIS_CLUSTER = 'https://kubernetes.default.svc';

/** The application that holds all Applications. */
export const ROOT_APPLICATION = 'argocd';

/** Folders of the platform itself. */
const PLATFORM_APPLICATIONS = [
  ROOT_APPLICATION,
  'cluster',
  'crossplane',
  'platform-api',
  'infrastructure',
  'add-ons',
] as const;
export type PlatformApplication = (typeof PLATFORM_APPLICATIONS)[number];

/** Folder of a service. */
export const serviceApplication = (service: string): string => `service-${service}`;

const PLATFORM: Readonly<
  Record<PlatformApplication, { readonly wave: Wave; readonly namespace?: string; readonly pointer: string }>
> = {
  argocd: { wave: 'projects', namespace: ARGOCD_NAMESPACE, pointer: '/spec/delivery' },
  cluster: { wave: 'namespaces', pointer: '/spec/cluster' },
  crossplane: { wave: 'packages', namespace: CROSSPLANE_NAMESPACE, pointer: '/spec/topology' },
  'platform-api': { wave: 'definitions', namespace: CROSSPLANE_NAMESPACE, pointer: '/spec/topology' },
  infrastructure: { wave: 'network', pointer: '/spec' },
  'add-ons': { wave: 'late', pointer: '/spec/cluster' },
};

/** An autoscaler owns the number of pods; Argo CD must not set it back. */
const REPLICAS: IgnoredDifference = { group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] };

/** Without any of them the folder would be empty, which Argo CD calls an error. */
const hasAddOns = (environment: Environment): boolean =>
  environment.spec.cluster.addons.includes('snapshot-controller') ||
  loadBalancerOf(environment) !== undefined;

export function applications(environment: Environment): readonly Application[] {
  const { path } = environment.spec.delivery;
  const folder = (name: string) => `${path}/${environment.metadata.name}/${name}`;
  const platform = PLATFORM_APPLICATIONS.filter((name) => name !== 'add-ons' || hasAddOns(environment)).map(
    (name): Application => ({
      name,
      project: 'platform',
      path: folder(name),
      namespace: PLATFORM[name].namespace ?? namespace(environment),
      wave: PLATFORM[name].wave,
      ignoreDifferences: [],
      pointer: PLATFORM[name].pointer,
    }),
  );
  const services = Object.entries(environment.spec.services ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([service, { autoscaling }]): Application => ({
        name: serviceApplication(service),
        project: 'services',
        path: folder(serviceApplication(service)),
        namespace: namespace(environment),
        wave: 'running',
        ignoreDifferences: autoscaling === undefined ? [] : [REPLICAS],
        pointer: pointerTo('spec', 'services', service),
      }),
    );
  return [...platform, ...services];
}
