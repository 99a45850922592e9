import { AppProject } from '#imports/argoproj.io.ts';
import type { GroupKind } from '#model/kinds.ts';
import { ARGOCD_NAMESPACE } from '#model/names.ts';
import type { Project } from '#model/project.ts';
import { metadata } from './annotations.ts';
import type { Folder } from './folder.ts';

/** What the applications of a project may apply, from where, and into which namespaces. */
export function project(folder: Folder, project: Project): void {
  const { name, description, sources, cluster, namespaces, clusterKinds, namespacedKinds, isKept, pointer } =
    project;
  folder.add(
    AppProject,
    {
      metadata: metadata({ name, namespace: ARGOCD_NAMESPACE }, { wave: 'projects', isKept }),
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
