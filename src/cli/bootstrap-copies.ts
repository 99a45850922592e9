import { emit } from '#manifests/emit.ts';
import { identity } from '#manifests/identity.ts';
import type { Manifest } from '#manifests/manifest.ts';

/**
 * Manifests without the copies in `bootstrap/<environment>.yaml`: each object that is there word by word in the folder
 * of its environment, too, is judged there, once. One that differs stays, and is a second object of the same name.
 */
export function withoutCopies(manifests: readonly Manifest[]): readonly Manifest[] {
  const begun = manifests.filter(({ file }) => environmentFolder(file) !== undefined);
  if (begun.length === 0) return manifests;
  const wanted = new Set(begun.map(({ object }) => identity(object)));
  const originals = new Set(
    manifests
      .filter(({ object }) => wanted.has(identity(object)))
      .map(({ file, object }) => `${parentFolder(parentFolder(file))}\n${emit(object)}`),
  );
  return manifests.filter(({ file, object }) => {
    const folder = environmentFolder(file);
    return folder === undefined || !originals.has(`${folder}\n${emit(object)}`);
  });
}

/** `dist/bootstrap/production.yaml` -> `dist/production`; undefined for every other file. */
export function environmentFolder(file: string): string | undefined {
  const [, above = '', environment = ''] = /^(.*[\\/])?bootstrap[\\/]([^\\/]+)\.yaml$/.exec(file) ?? [];
  return environment === '' ? undefined : `${above}${environment}`.replaceAll('\\', '/');
}

const parentFolder = (file: string): string => file.split(/[\\/]/).slice(0, -1).join('/');
