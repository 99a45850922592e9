import { AppProject } from '#imports/argoproj.io.ts';
import type { GroupKind } from '#model/kinds.ts';
import { ARGOCD_NAMESPACE } from '#model/names.ts';
import type { Project } from '#model/project.ts';
import { metadata } from './annotations.ts';
import type { Folder } from './folder.ts';

/** Not deleted while an Application names it: https://argo-cd.readthedocs.io/en/stable/operator-manual/project-specification/ */
const FINALIZER = 'resources-finalizer.argocd.argoproj.io';

/** What the applications of a project may apply, from where, and into which namespaces. */
export function project(folder: Folder, project: Project): void {
  const { name, description, sources, cluster, namespaces, clusterKinds, namespacedKinds, pointer } = project;
  folder.add(
    AppProject,
    {
      metadata: {
        ...metadata({ name, namespace: ARGOCD_NAMESPACE }, { wave: 'projects', isKept: project.isKept }),
        ...(project.isLast === true ? { finalizers: [FINALIZER] } : {}),
      },
      spec: {
        description,
        sourceRepos: [...sources],
        destinations: namespaces.map((namespace) => ({ ...cluster, namespace })),
        clusterResourceWhitelist: copies(clusterKinds),
        namespaceResourceWhitelist: copies(namespacedKinds),
      },
    },
    { pointer },
  );
}

const copies = (kinds: readonly GroupKind[]): GroupKind[] => kinds.map((kind) => ({ ...kind }));
