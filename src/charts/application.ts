import {
  type ApplicationSpec,
  type ApplicationSpecSource,
  type ApplicationSpecSyncPolicy,
  Application as ArgoApplication,
} from '#imports/argoproj.io.ts';
import { type Application, serviceCluster } from '#model/applications.ts';
import { chartSource } from '#model/chart-projects.ts';
import type { Environment } from '#model/environment/environment.ts';
import { ARGOCD_NAMESPACE } from '#model/names.ts';
import { type IgnoredDifference, type Release, releaseFolder } from '#model/release.ts';
import { argoName, HUB_ANNOTATION, ROOT_ANNOTATION } from '#model/topology.ts';
import { metadata } from './annotations.ts';
import type { Folder } from './folder.ts';

/** Argo CD Applications: one for each folder of `dist/`, one for each Helm chart. */

/** Deleting the Application deletes what it applied, first what depends on the rest. */
const FINALIZER = 'resources-finalizer.argocd.argoproj.io/foreground';

/**
 * Of a chart: objects go at once and what depends on them after them, as Helm deletes them. An object that goes in the
 * foreground waits for the garbage collector, and of a kind that lost the version by which the collector knows it (an
 * upgrade of its CRD was rolled back) it would wait for ever.
 * https://helm.sh/docs/helm/helm_uninstall/ (`--cascade`)
 */
const CHART_FINALIZER = 'resources-finalizer.argocd.argoproj.io/background';
const CHART_SYNC_OPTIONS = ['PrunePropagationPolicy=background'];

/** https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/ */
const SYNC_OPTIONS = [
  'ApplyOutOfSyncOnly=true',
  'CreateNamespace=false',
  'FailOnSharedResource=true',
  'PruneLast=true',
  'RespectIgnoreDifferences=true',
  'ServerSideApply=true',
];

/** For ever: a limit is where somebody has to come and start it again. */
const RETRIES = -1;

const syncPolicy = (more: readonly string[] = []): ApplicationSpecSyncPolicy => ({
  // Nothing that is false: Argo CD leaves it out when it writes an Application back, and then sees a difference.
  automated: { prune: true, selfHeal: true },
  syncOptions: [...SYNC_OPTIONS, ...more].sort(),
  // Kinds that packages bring, and AWS, take their time; the same commit isn't tried again otherwise. Without
  // `refresh` all trials are of the commit of the first one, and the one that mends it waits until they are used up.
  retry: { limit: RETRIES, refresh: true, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
});

/**
 * The Application of a folder. One of the platform has no finalizer and is never pruned: whatever happens to it,
 * what it applied stays. One of a service takes the service along, but for what is never deleted (its volumes).
 */
export function folderApplication(folder: Folder, environment: Environment, application: Application): void {
  const { name, wave, pointer, isPlatform, isRoot } = application;
  const { repository, revision } = environment.spec.delivery;
  folder.add(
    ArgoApplication,
    {
      metadata: {
        ...metadata(
          {
            name,
            namespace: ARGOCD_NAMESPACE,
            // A commit elsewhere in the repository doesn't make Argo CD render this folder again.
            annotations: {
              'argocd.argoproj.io/manifest-generate-paths': '.',
              ...(isRoot ? rootAnnotations(environment) : {}),
            },
          },
          { wave, isKept: isPlatform },
        ),
        ...(isPlatform ? {} : { finalizers: [FINALIZER] }),
      },
      spec: {
        project: application.project,
        source: {
          repoUrl: repository,
          targetRevision: revision,
          path: application.path,
          directory: { recurse: true },
        },
        destination: { ...application.cluster, namespace: application.namespace },
        syncPolicy: syncPolicy(),
        ...differences(application.ignoreDifferences),
      },
    },
    {
      pointer,
      fields: () => ({
        '/spec/source/repoURL': '/spec/delivery/repository',
        '/spec/source/targetRevision': '/spec/delivery/revision',
        '/spec/source/path': '/spec/delivery/path',
      }),
    },
  );
}

/** Whereby Argo CD's check of health knows the root, and whoever reads dist/ which cluster the rest goes to. */
const rootAnnotations = ({ metadata: { name }, spec: { hub } }: Environment) => ({
  [ROOT_ANNOTATION]: name,
  ...(hub === undefined ? {} : { [HUB_ANNOTATION]: hub }),
});

/**
 * The Application of a Helm chart, pinned to one version. A rendered chart goes as a whole when it is taken out, but for
 * what is never deleted; what Argo CD rendered stays, for nobody said before the merge what would go.
 */
export function releaseApplication(folder: Folder, environment: Environment, release: Release): void {
  const { name, wave, pointer } = release;
  const isRendered = release.isRendered === true;
  folder.add(
    ArgoApplication,
    {
      metadata: {
        ...metadata(
          {
            name: argoName(environment, releaseFolder(name)),
            namespace: ARGOCD_NAMESPACE,
            ...(isRendered ? { annotations: { 'argocd.argoproj.io/manifest-generate-paths': '.' } } : {}),
          },
          { wave },
        ),
        ...(isRendered ? { finalizers: [CHART_FINALIZER] } : {}),
      },
      spec: {
        project: argoName(environment, releaseFolder(name)),
        source: isRendered ? renderedSource(environment, name) : chartOf(release),
        destination: { ...serviceCluster(environment), namespace: release.namespace },
        syncPolicy: syncPolicy(CHART_SYNC_OPTIONS),
        ...differences(release.ignoreDifferences),
      },
    },
    {
      pointer,
      fields: () => ({
        '/spec/source/repoURL': `${pointer}/repository`,
        '/spec/source/chart': `${pointer}/chart`,
        '/spec/source/targetRevision': `${pointer}/version`,
        '/spec/source/helm/valuesObject': `${pointer}/values`,
        '/spec/source/helm/values': `${pointer}/values`,
        '/spec/destination/namespace': `${pointer}/namespace`,
      }),
    },
  );
}

/** Argo CD renders the chart. */
const chartOf = ({ name, repository, chart, version, values: given }: Release): ApplicationSpecSource => ({
  repoUrl: chartSource(repository),
  chart,
  targetRevision: version,
  helm: { releaseName: name, ...values(given) },
});

/** The chart was rendered at synth: a folder like any other. */
const renderedSource = (
  { metadata: { name }, spec }: Environment,
  release: string,
): ApplicationSpecSource => ({
  repoUrl: spec.delivery.repository,
  targetRevision: spec.delivery.revision,
  path: `${spec.delivery.path}/${name}/${releaseFolder(release)}`,
  directory: { recurse: true },
});

/** A null in Helm values removes a default; constructs drop nulls, so such values travel as text. */
function values(given: Readonly<Record<string, unknown>>): { valuesObject?: unknown; values?: string } {
  if (Object.keys(given).length === 0) return {};
  return hasNull(given) ? { values: `${JSON.stringify(given, undefined, 2)}\n` } : { valuesObject: given };
}

const hasNull = (value: unknown): boolean =>
  value === null || (typeof value === 'object' && Object.values(value).some(hasNull));

const differences = (ignored: readonly IgnoredDifference[]): Pick<ApplicationSpec, 'ignoreDifferences'> =>
  ignored.length === 0
    ? {}
    : {
        ignoreDifferences: ignored.map(({ group, kind, jsonPointers, jqPathExpressions }) => ({
          group,
          kind,
          ...(jsonPointers === undefined ? {} : { jsonPointers: [...jsonPointers] }),
          ...(jqPathExpressions === undefined ? {} : { jqPathExpressions: [...jqPathExpressions] }),
        })),
      };
