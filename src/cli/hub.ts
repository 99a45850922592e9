import { renderEnvironment } from '#charts/render.ts';
import type { LoadedEnvironment } from '#environments/read.ts';
import { fileName } from '#manifests/identity.ts';
import type { Manifest } from '#manifests/manifest.ts';
import type { Environment } from '#model/environment/environment.ts';
import type { Finding } from '#model/finding.ts';
import { claimNamespace } from '#model/names.ts';
import { pointerTo } from '#model/pointer.ts';
import { HUB_ANNOTATION, isHosted, ROOT_ANNOTATION } from '#model/topology.ts';
import { findingAt } from '#validate/finding.ts';
import type { Policies } from './policy-manifests.ts';

/** What environments and their hubs have of each other. */

/** The folders of a hub that others' claims rely on. */
const RELIED_ON = new Set(['cluster', 'crossplane', 'platform-api']);

export const isReliedOn = ({ file }: Manifest): boolean => RELIED_ON.has(file.split('/')[1] ?? '');

/** An environment's hub among those that were read; undefined where it has none, or none that could be read. */
export const hubOf = (
  { spec }: Environment,
  all: readonly LoadedEnvironment[],
): LoadedEnvironment | undefined =>
  spec.topology === 'hub' ? all.find(({ environment }) => environment.metadata.name === spec.hub) : undefined;

/** What a hub has before anybody claims anything: namespaces, policies, Crossplane's packages, definitions, Compositions. */
export const reliedOn = (hub: LoadedEnvironment, policies: Policies): readonly Manifest[] => [
  ...renderEnvironment(hub).filter(isReliedOn),
  ...clusterPolicies(hub.environment, policies),
];

/** The hub that an environment's root Application names. */
export const hubNameIn = (manifests: readonly Manifest[]): string | undefined =>
  manifests
    .map(({ object }) => object.metadata.annotations)
    .find((annotations) => annotations?.[ROOT_ANNOTATION] !== undefined)?.[HUB_ANNOTATION];

/** Told of each environment whose hub is not among the manifests. */
export function absentHubs(manifests: readonly Manifest[]): readonly Finding[] {
  const roots = manifests.flatMap((manifest) => {
    const { annotations = {} } = manifest.object.metadata;
    const [root, hub] = [annotations[ROOT_ANNOTATION], annotations[HUB_ANNOTATION]];
    return root === undefined ? [] : [{ manifest, root, hub }];
  });
  const there = new Set(roots.map(({ root }) => root));
  return roots.flatMap(({ manifest, hub }) =>
    hub === undefined || there.has(hub)
      ? []
      : [
          findingAt(
            manifest,
            { code: 'application-hub-absent', severity: 'warning', args: { hub } },
            pointerTo('metadata', 'annotations', HUB_ANNOTATION),
          ),
        ],
  );
}

/** The policies, as files of the environment: its cluster has them all, its hub those of the hub for its claims. */
export function environmentPolicies(environment: Environment, policies: Policies): readonly Manifest[] {
  const { name } = environment.metadata;
  if (!isHosted(environment)) return clusterPolicies(environment, policies);
  const bindings = policies.hostedManifests({ environment: name, namespace: claimNamespace(environment) });
  return [...clusterPolicies(environment, policies), ...bindings.map(inFolder(`${name}/hub`))];
}

const clusterPolicies = (
  { metadata: { name } }: Environment,
  { policyManifests, derivedManifests }: Policies,
): readonly Manifest[] => [...policyManifests, ...derivedManifests].map(inFolder(`${name}/cluster`));

const inFolder =
  (folder: string) =>
  (manifest: Manifest): Manifest => ({ ...manifest, file: `${folder}/${fileName(manifest.object)}` });
