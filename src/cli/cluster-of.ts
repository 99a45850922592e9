import { fileName } from '#manifests/identity.ts';
import type { Manifest } from '#manifests/manifest.ts';
import { environmentFolder } from './bootstrap-copies.ts';

/**
 * Which cluster each manifest goes to, as far as its file tells. In plimsoll's own layout
 * (`dist/<environment>/<application>/<identity>.yaml`, known by the file's name) each environment is a cluster of its
 * own, so several may have the same objects; whatever else lies below such an environment belongs to it too. Manifests
 * in any other layout count as going to one cluster.
 */
export function clusters(manifests: readonly Manifest[]): (manifest: Manifest) => string {
  const roots = new Set(
    manifests.filter(isLaidOut).map(({ file }) => foldersOf(file).slice(0, -1).join('/')),
  );
  const known = new Map<string, string>();
  return ({ file }) => {
    if (roots.size === 0) return '';
    const folder = file.slice(0, Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    const begun = environmentFolder(file);
    if (begun !== undefined && roots.has(begun)) return begun;
    const cluster = known.get(folder) ?? rootOf(foldersOf(file), roots);
    known.set(folder, cluster);
    return cluster;
  };
}

function rootOf(folders: readonly string[], roots: ReadonlySet<string>): string {
  for (let length = folders.length; length > 0; length--) {
    const root = folders.slice(0, length).join('/');
    if (roots.has(root)) return root;
  }
  return '';
}

/** An identity holds `_`, which the names of most other files do not. */
const isLaidOut = ({ object, file }: Manifest): boolean =>
  file.includes('_') && foldersOf(file).length > 1 && file.split(/[\\/]/).at(-1) === fileName(object);

const foldersOf = (file: string): readonly string[] => file.split(/[\\/]/).slice(0, -1);
