import { fileName } from '#manifests/identity.ts';
import type { KubernetesObject, Manifest } from '#manifests/manifest.ts';
import { ROOT_FOLDER } from '#model/applications.ts';
import { ROOT_ANNOTATION } from '#model/topology.ts';

/**
 * What a person applies, once: Argo CD's settings, the projects, and the root Application, which brings all the rest
 * and keeps these, too. They are in the root's folder as well, word by word, so nothing is ever applied by hand again.
 */

/** Folder of the files that are applied by hand, beside those of the environments. */
const FOLDER = 'bootstrap';

export const bootstrapFile = (environment: string): string => `${FOLDER}/${environment}.yaml`;

/** Path below `dist/`: a folder for each environment, and what begins each of them. */
export const DIST_LAYOUT = /^([^/]+\/[^/]+\/[^/]+\.yaml|bootstrap\/[^/]+\.yaml)$/;

/** Environment that a file below `dist/` belongs to. */
export const environmentOf = (file: string): string =>
  /^bootstrap\/([^/]+)\.yaml$/.exec(file)?.[1] ?? file.split('/')[0] ?? '';

/** The objects of that file, in an order that a server can take: settings, projects, then what needs both. */
export function bootstrapObjects(
  manifests: readonly Manifest[],
  environment: string,
): readonly KubernetesObject[] {
  const own = manifests.filter(({ file }) => file.startsWith(`${environment}/${ROOT_FOLDER}/`));
  return ['ConfigMap', 'AppProject', 'Application'].flatMap((kind) =>
    own
      .map(({ object }) => object)
      .filter((object) => object.kind === kind)
      .filter(
        (object) => kind !== 'Application' || object.metadata.annotations?.[ROOT_ANNOTATION] !== undefined,
      )
      .sort((a, b) => (fileName(a) < fileName(b) ? -1 : 1)),
  );
}
