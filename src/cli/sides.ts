import type { EnvironmentChange } from '#change/changes.ts';
import type { Resource } from '#change/state.ts';
import { emit } from '#manifests/emit.ts';
import { type KubernetesObject, subjectOf } from '#manifests/manifest.ts';
import { sideKey } from '#report/html/changes.ts';
import type { SideBySide } from '#report/html/sides.ts';

/** So many are shown beside each other; the others are in the repository, in dist/. */
const MOST = 500;

/** The manifests of what changes, as YAML. What a Secret holds is not in it. */
export function sidesOf(environment: string, { changes }: EnvironmentChange): readonly SideBySide[] {
  return changes
    .filter(({ action }) => action === 'changed' || action === 'renamed')
    .slice(0, MOST)
    .flatMap(({ before, after }) => {
      const resource = after ?? before;
      if (resource === undefined) return [];
      const { manifest, madeOf } = resource;
      const managed = madeOf && { ...madeOf, name: '' };
      const key = sideKey(environment, { subject: subjectOf(manifest), ...(managed && { managed }) });
      return [{ key, before: textOf(before), after: textOf(after) }];
    });
}

const textOf = (resource: Resource | undefined): string =>
  resource === undefined ? '' : emit(withoutSecrets(resource.manifest.object));

function withoutSecrets(object: KubernetesObject): KubernetesObject {
  if (object.kind !== 'Secret' || object.apiVersion !== 'v1') return object;
  const { data: _data, stringData: _stringData, ...rest } = object;
  return rest;
}
