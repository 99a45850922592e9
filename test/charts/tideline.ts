import { renderEnvironment } from '#charts/render.ts';
import { readSourceFiles } from '#environments/files.ts';
import { type LoadedEnvironment, readEnvironments } from '#environments/read.ts';
import type { KubernetesObject, Manifest } from '#manifests/manifest.ts';

/** The environments that the repository holds, rendered. */

const loadedFrom = (folder: string): readonly LoadedEnvironment[] =>
  readEnvironments(readSourceFiles(folder)).value ?? [];

const tideline = loadedFrom('environments');
const samples = [...tideline, ...loadedFrom('examples/online-boutique/environments')];

export interface Rendered extends LoadedEnvironment {
  readonly name: string;
  readonly manifests: readonly Manifest[];
}

export const rendered: readonly Rendered[] = samples.map((loaded) => ({
  ...loaded,
  name: `${loaded.environment.spec.product} ${loaded.environment.metadata.name}`,
  manifests: renderEnvironment(loaded),
}));

export const production: Rendered =
  rendered.find(({ name }) => name === 'tideline production') ?? fail('no environment production');

/** The manifest of a kind and name; throws where there is none. */
export const manifestOf = (manifests: readonly Manifest[], kind: string, name: string): Manifest =>
  manifests.find(({ object }) => object.kind === kind && object.metadata.name === name) ??
  fail(`no ${kind} ${name}`);

/** What stands at a path of an object: `at(object, 'spec', 'ports', 0)`. */
export const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (here, key) => (typeof here === 'object' && here !== null ? Reflect.get(here, key) : undefined),
    value,
  );

export const objectsOf = (manifests: readonly Manifest[], kind: string): readonly KubernetesObject[] =>
  manifests.filter(({ object }) => object.kind === kind).map(({ object }) => object);

function fail(reason: string): never {
  throw new Error(reason);
}
