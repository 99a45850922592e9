import type { Wave } from './delivery.ts';
import type { Environment } from './environment/environment.ts';
import { loadBalancerOf } from './load-balancer.ts';
import {
  ARGOCD_NAMESPACE,
  CROSSPLANE_NAMESPACE,
  claimNamespace,
  hubProject,
  namespace,
  platformProject,
  registeredName,
  servicesProject,
} from './names.ts';
import { pointerTo } from './pointer.ts';
import type { IgnoredDifference } from './release.ts';
import { connectionSecrets } from './secrets.ts';
import { argoName, isHosted } from './topology.ts';

/** Argo CD applications that sync a folder of `dist/` each, in the order of their waves. */
export interface Application {
  readonly name: string;
  readonly project: string;
  /** Whether it holds what services run on: whatever happens to it, what it applied stays. */
  readonly isPlatform: boolean;
  /** Whether it is the one that holds all others. */
  readonly isRoot: boolean;
  /** Path of the folder in the repository. */
  readonly path: string;
  readonly cluster: Destination;
  /** Where objects go that name no namespace; all of ours do. */
  readonly namespace: string;
  readonly wave: Wave;
  readonly ignoreDifferences: readonly IgnoredDifference[];
  readonly pointer: string;
}

/** The cluster that Argo CD itself runs in. */
export const THIS_CLUSTER = 'https://kubernetes.default.svc';

/** A cluster as an Application or a project names it: by its address, or as Argo CD calls it. */
export type Destination = { readonly server: string } | { readonly name: string };

/** The cluster of Argo CD, of Crossplane and of the claims. */
export const CONTROL_CLUSTER: Destination = { server: THIS_CLUSTER };

/** The cluster of the services. */
export const serviceCluster = (environment: Environment): Destination =>
  isHosted(environment) ? { name: registeredName(environment) } : CONTROL_CLUSTER;

/** Folder of the application that holds all Applications. */
export const ROOT_FOLDER = 'argocd';

/** Folders of the platform itself. */
const PLATFORM_FOLDERS = [
  ROOT_FOLDER,
  'hub',
  'cluster',
  'crossplane',
  'platform-api',
  'infrastructure',
  'add-ons',
] as const;
type PlatformFolder = (typeof PLATFORM_FOLDERS)[number];

/** Folder of a service. */
export const serviceFolder = (service: string): string => `service-${service}`;

interface Placement {
  readonly wave: Wave;
  /** Whether it goes to the cluster of Argo CD and Crossplane, where that is another than that of the services. */
  readonly isControl: boolean;
  readonly namespace: (environment: Environment) => string;
  readonly pointer: string;
}

const PLATFORM: Readonly<Record<PlatformFolder, Placement>> = {
  argocd: {
    wave: 'projects',
    isControl: true,
    namespace: () => ARGOCD_NAMESPACE,
    pointer: '/spec/delivery',
  },
  hub: { wave: 'namespaces', isControl: true, namespace: claimNamespace, pointer: '/spec/hub' },
  cluster: { wave: 'namespaces', isControl: false, namespace, pointer: '/spec/cluster' },
  crossplane: {
    wave: 'packages',
    isControl: true,
    namespace: () => CROSSPLANE_NAMESPACE,
    pointer: '/spec/topology',
  },
  'platform-api': {
    wave: 'definitions',
    isControl: true,
    namespace: () => CROSSPLANE_NAMESPACE,
    pointer: '/spec/topology',
  },
  infrastructure: { wave: 'network', isControl: true, namespace: claimNamespace, pointer: '/spec' },
  'add-ons': { wave: 'late', isControl: false, namespace, pointer: '/spec/cluster' },
};

/** The folders that an environment has. */
function platformFolders(environment: Environment): readonly PlatformFolder[] {
  const hosted = isHosted(environment);
  return PLATFORM_FOLDERS.filter((folder) => {
    if (folder === 'hub') return hosted;
    if (folder === 'crossplane' || folder === 'platform-api') return !hosted;
    return folder !== 'add-ons' || hasAddOns(environment);
  });
}

/** An autoscaler owns the number of pods; Argo CD must not set it back. */
const REPLICAS: IgnoredDifference = { group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] };

/** Without any of them the folder would be empty, which Argo CD calls an error. */
const hasAddOns = (environment: Environment): boolean =>
  environment.spec.cluster.addons.includes('snapshot-controller') ||
  loadBalancerOf(environment) !== undefined ||
  connectionSecrets(environment).length > 0;

export function applications(environment: Environment): readonly Application[] {
  const { path } = environment.spec.delivery;
  const hosted = isHosted(environment);
  const placed = (folder: string) => ({
    name: argoName(environment, folder),
    path: `${path}/${environment.metadata.name}/${folder}`,
  });
  const platform = platformFolders(environment).map((folder): Application => {
    const { wave, isControl, namespace, pointer } = PLATFORM[folder];
    return {
      ...placed(folder),
      project: hosted && isControl ? hubProject(environment) : platformProject(environment),
      isPlatform: true,
      isRoot: folder === ROOT_FOLDER,
      cluster: isControl ? CONTROL_CLUSTER : serviceCluster(environment),
      namespace: namespace(environment),
      // In a hub the cluster is one of the things that claims bring.
      wave: hosted && folder === 'cluster' ? 'cluster' : wave,
      ignoreDifferences: [],
      pointer,
    };
  });
  const services = Object.entries(environment.spec.services ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([service, { autoscaling }]): Application => ({
        ...placed(serviceFolder(service)),
        project: servicesProject(environment),
        isPlatform: false,
        isRoot: false,
        cluster: serviceCluster(environment),
        namespace: namespace(environment),
        wave: 'running',
        ignoreDifferences: autoscaling === undefined ? [] : [REPLICAS],
        pointer: pointerTo('spec', 'services', service),
      }),
    );
  return [...platform, ...services];
}
