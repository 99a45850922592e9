import { fileName } from '#manifests/identity.ts';
import type { Manifest } from '#manifests/manifest.ts';

/**
 * Which cluster a manifest goes to, as far as its file tells. In plimsoll's own layout
 * (`dist/<environment>/<application>/<identity>.yaml`, known by the file's name) each environment is a cluster of its
 * own, so both may have the same objects; manifests in any other layout count as going to one cluster.
 */
export function clusterOf({ object, file }: Manifest): string {
  const parts = file.split(/[\\/]/);
  return parts.at(-1) === fileName(object) && parts.length > 2 ? parts.slice(0, -2).join('/') : '';
}
