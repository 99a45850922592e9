import { isKubernetesObject, type KubernetesObject } from '#manifests/manifest.ts';
import { hasNamespacedForm, namespacedDocument } from '#platform/namespaced/document.ts';
import type { Cause, Folder, Kind, Named, OpenFolder } from './folder.ts';

/**
 * Folders for an environment with `crossplane: namespaced`: what is declared for claims is written as the composites,
 * definitions and configurations of Crossplane 2. This is the one place where the two renderings part.
 */
export const namespacedFolders =
  (open: OpenFolder): OpenFolder =>
  (application) => {
    const folder = open(application);
    return {
      add<Props extends Named | undefined>(
        kind: Kind<Props>,
        props: NoInfer<NonNullable<Props>>,
        cause: Cause,
      ) {
        if (hasNamespacedForm(kind.GVK)) addNamespaced(folder, kind.manifest(props), cause);
        else folder.add(kind, props, cause);
      },
      addObject(object: KubernetesObject, cause: Cause) {
        if (hasNamespacedForm(object)) addNamespaced(folder, object, cause);
        else folder.addObject(object, cause);
      },
    };
  };

function addNamespaced(folder: Folder, object: unknown, cause: Cause): void {
  const document = isKubernetesObject(object) ? namespacedDocument(object) : object;
  if (!isKubernetesObject(document)) throw new TypeError('not a Kubernetes object');
  folder.addObject(document, cause);
}
