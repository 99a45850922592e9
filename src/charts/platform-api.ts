import type { KubernetesObject } from '#manifests/manifest.ts';
import { type Sync, syncAnnotations } from '#model/delivery.ts';
import type { Environment } from '#model/environment/environment.ts';
import { platformServices } from '#platform/catalogue.ts';
import type { Composition } from '#platform/composition.ts';
import type { Cause, Folder } from './folder.ts';

/** The platform API: what claims may ask for (XRDs), and what becomes of it (Compositions). */
export function platformApi(folder: Folder, environment: Environment): void {
  for (const service of platformServices) {
    // Not as typed constructs: those drop what the generated types don't know, and a schema may hold anything.
    folder.addObject(kept({ ...service.xrd() }, { wave: 'definitions', isKept: true }), CAUSE);
    for (const composition of service.compositions(environment)) {
      addComposition(folder, composition, CAUSE);
    }
  }
}

export function addComposition(folder: Folder, composition: Composition, cause: Cause): void {
  folder.addObject(kept({ ...composition }, { wave: 'compositions', isKept: true }), cause);
}

const CAUSE = { pointer: '/spec/topology' };

const kept = (object: KubernetesObject, sync: Sync): KubernetesObject => ({
  ...object,
  metadata: {
    ...object.metadata,
    annotations: { ...object.metadata.annotations, ...syncAnnotations(sync) },
  },
});
