import { fileName } from '#manifests/identity.ts';
import type { Manifest } from '#manifests/manifest.ts';
import { BOOTSTRAP_FOLDER, ROOT_FOLDER } from '#model/applications.ts';
import type { Finding } from '#model/finding.ts';
import { ROOT_ANNOTATION } from '#model/topology.ts';
import { findingAt } from '../finding.ts';

/**
 * Folders beside environments that no Argo CD delivers: one that an environment left behind, or that somebody put there.
 *
 * Input: manifests of any clusters. Output: one finding for each such folder, an error where its files are named as synth
 * names them. Which folders are environments the root Applications tell (`<output>/<environment>/argocd/`).
 */
export function checkEnvironments(manifests: readonly Manifest[]): readonly Finding[] {
  const delivered = new Set(manifests.flatMap(environmentOf));
  const outputs = new Set([...delivered].map((folder) => folder.slice(0, folder.lastIndexOf('/') + 1)));
  const found = new Map<string, Finding>();
  for (const manifest of outputs.size === 0 ? [] : manifests)
    for (const [output, folder] of foldersOn(slashed(manifest.file))) {
      if (!outputs.has(output) || folder === `${output}${BOOTSTRAP_FOLDER}`) continue;
      if (delivered.has(folder) || found.has(folder)) continue;
      const isOurs = isNamedBySynth(manifest);
      // Nothing tells where the output begins: what isn't synth's may be anything.
      if (!isOurs && output === '') continue;
      const severity = isOurs ? 'error' : 'warning';
      found.set(folder, findingAt(manifest, { code: 'application-none', severity, args: { folder } }, ''));
    }
  return [...found.values()];
}

/** The folder of the environment whose root Application this is; not a copy of it in `bootstrap/`. */
function environmentOf(manifest: Manifest): readonly string[] {
  const { annotations } = manifest.object.metadata;
  if (annotations?.[ROOT_ANNOTATION] === undefined || !isNamedBySynth(manifest)) return [];
  const [folder, root] = slashed(manifest.file).split(/\/(?=[^/]*\/[^/]*$)/);
  return folder !== undefined && root?.startsWith(`${ROOT_FOLDER}/`) === true ? [folder] : [];
}

/** `a/b/x.yaml` -> `''`, `a`; `a/`, `a/b`: each folder on the way, and what it is in. */
function* foldersOn(file: string): Generator<readonly [outer: string, folder: string]> {
  let outer = 0;
  for (let end = file.indexOf('/'); end !== -1; end = file.indexOf('/', outer)) {
    yield [file.slice(0, outer), file.slice(0, end)];
    outer = end + 1;
  }
}

const isNamedBySynth = ({ file, object }: Manifest): boolean =>
  slashed(file).split('/').at(-1) === fileName(object);

const slashed = (file: string): string => (file.includes('\\') ? file.replaceAll('\\', '/') : file);
