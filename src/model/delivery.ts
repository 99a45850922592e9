/**
 * How Argo CD treats each object: when it is applied, and whether it may ever be removed.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
 */

/**
 * Waves: within an application, objects of a lower wave are applied, and healthy, before those of a higher one.
 * The Applications themselves have waves too, in the root application.
 */
export const WAVES = {
  projects: -70,
  namespaces: -60,
  crossplane: -50,
  packages: -40,
  providerConfigs: -30,
  definitions: -20,
  compositions: -10,
  network: 0,
  /** The cluster and its node groups: neither is ready without the other. */
  cluster: 10,
  infrastructure: 20,
  dependents: 30,
  controllers: 30,
  /** What needs a kind that a controller or an add-on brings. */
  late: 40,
  reachable: 40,
  /** After the ServiceAccounts that they are fetched as, before the pods that read them. */
  secrets: 45,
  running: 50,
} as const;
export type Wave = keyof typeof WAVES;

export interface Sync {
  readonly wave: Wave;
  /** Never pruned, and left alone when its application is deleted. */
  readonly isKept?: boolean;
  /** Its kind may not exist yet when the application is first synced. */
  readonly isLate?: boolean;
}

/** Annotations that say so. */
export function syncAnnotations({
  wave,
  isKept = false,
  isLate = false,
}: Sync): Readonly<Record<string, string>> {
  const options = [
    ...(isKept ? ['Prune=false', 'Delete=false'] : []),
    ...(isLate ? ['SkipDryRunOnMissingResource=true'] : []),
  ];
  return {
    'argocd.argoproj.io/sync-wave': String(WAVES[wave]),
    ...(options.length === 0 ? {} : { 'argocd.argoproj.io/sync-options': options.join(',') }),
  };
}
