import { fileName } from '#manifests/identity.ts';
import type { KubernetesObject, Manifest } from '#manifests/manifest.ts';
import { THIS_CLUSTER } from '#model/applications.ts';
import { HUB_ANNOTATION, ROOT_ANNOTATION } from '#model/topology.ts';
import type { Fleets } from '#validate/validate.ts';
import { environmentFolder } from './bootstrap-copies.ts';

/** Which cluster each manifest goes to, and which Argo CD takes it there. */
export interface Clusters {
  readonly clusterOf: (manifest: Manifest) => string;
  /** Environment that a manifest belongs to, where plimsoll's layout tells: the last folder of its root. */
  readonly environmentOf: (manifest: Manifest) => string;
  /** Undefined where no Argo CD delivers to more than one of them. */
  readonly fleets?: Fleets;
}

/**
 * In plimsoll's own layout (`dist/<environment>/<application>/<identity>.yaml`, known by the file's name) each
 * environment is a cluster of its own, so several may have the same objects; whatever else lies below such an
 * environment belongs to it too. Of an environment that has a hub, as its root Application says, what Applications bring
 * to the cluster of Argo CD belongs to the hub's. Manifests in any other layout count as going to one cluster.
 */
export function clusters(manifests: readonly Manifest[]): Clusters {
  const roots = new Set(
    manifests.filter(isLaidOut).map(({ file }) => foldersOf(file).slice(0, -1).join('/')),
  );
  const rootOf = rooted(roots);
  const hosted = hostedRoots(manifests, rootOf);
  const hubOf = (root: string): string => {
    const name = hosted.get(root)?.hub;
    return name === undefined ? root : [...root.split('/').slice(0, -1), name].join('/');
  };
  return {
    environmentOf: (manifest) => rootOf(manifest.file).split('/').at(-1) ?? '',
    clusterOf: ({ file }) => {
      const root = rootOf(file);
      return hosted.get(root)?.folders.has(foldersOf(file).join('/')) === true ? hubOf(root) : root;
    },
    ...(hosted.size > 0 && {
      fleets: {
        isApplication,
        fleetOf: ({ file }) => hubOf(rootOf(file)),
        servedOf: ({ file }) => rootOf(file),
        destinationOf: ({ object, file }) => {
          const root = rootOf(file);
          return isHere(object) ? hubOf(root) : root;
        },
      },
    }),
  };
}

function rooted(roots: ReadonlySet<string>): (file: string) => string {
  const known = new Map<string, string>();
  return (file) => {
    if (roots.size === 0) return '';
    const folder = file.slice(0, Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    const begun = environmentFolder(file);
    if (begun !== undefined && roots.has(begun)) return begun;
    const root = known.get(folder) ?? nearest(foldersOf(file), roots);
    known.set(folder, root);
    return root;
  };
}

interface Hosted {
  readonly hub: string;
  /** Folders that go to the hub. */
  readonly folders: ReadonlySet<string>;
}

function hostedRoots(
  manifests: readonly Manifest[],
  rootOf: (file: string) => string,
): ReadonlyMap<string, Hosted> {
  const applications = manifests.filter(isApplication);
  const hosted = new Map<string, Hosted>();
  for (const { object, file } of applications) {
    const hub = object.metadata.annotations?.[HUB_ANNOTATION];
    if (object.metadata.annotations?.[ROOT_ANNOTATION] === undefined || typeof hub !== 'string') continue;
    const root = rootOf(file);
    const own = applications.filter((one) => rootOf(one.file) === root && isHere(one.object));
    const folders = own.map(
      (one) => `${root}/${textAt(one.object, 'source', 'path').split('/').at(-1) ?? ''}`,
    );
    hosted.set(root, { hub, folders: new Set(folders) });
  }
  return hosted;
}

const isApplication = ({ object }: Manifest): boolean =>
  object.kind === 'Application' && object.apiVersion.startsWith('argoproj.io/');

/** Whether an Application stays in the cluster of its Argo CD. */
const isHere = (application: KubernetesObject): boolean =>
  textAt(application, 'destination', 'server') === THIS_CLUSTER ||
  textAt(application, 'destination', 'name') === 'in-cluster';

function textAt({ spec }: KubernetesObject, ...path: readonly string[]): string {
  const found = path.reduce<unknown>(
    (here, key) => (typeof here === 'object' && here !== null ? Reflect.get(here, key) : undefined),
    spec,
  );
  return typeof found === 'string' ? found : '';
}

function nearest(folders: readonly string[], roots: ReadonlySet<string>): string {
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
