import type { ComposedResource } from '#platform/composed.ts';
import type { Composition } from '#platform/composition.ts';
import type { Patch } from '#platform/patches.ts';

/** A field of managed resources that a field of the claim becomes. */
export interface Target {
  /** `Kind name` of each resource, in the order of the compositions. */
  readonly resources: readonly string[];
  readonly field: string;
}

/**
 * Path of a leaf in the claim's spec (`backup.retention`, `addons.<name>.version`) -> what it becomes, read off the
 * patches of the compositions. A list or map of plain values becomes what its entries become.
 */
export function becomes(compositions: readonly Composition[]): (path: string) => readonly Target[] {
  const uses = compositions.flatMap(patchesOf).flatMap(({ resource, patch }) =>
    patch.type === 'ToCompositeFieldPath'
      ? []
      : sourcesOf(patch)
          .filter((source) => source.startsWith('spec.'))
          .map((source) => ({
            path: plain(source.slice('spec.'.length)),
            field: shownField(patch.toFieldPath ?? ''),
            resource: `${resource.base.kind} ${resource.name}`,
          })),
  );
  return (path) => {
    const wanted = new RegExp(`^${path.split('<name>').map(literal).join('[^.]+')}(\\.[^.]+|\\[\\])?$`);
    const byField = new Map<string, Set<string>>();
    for (const use of uses)
      if (wanted.test(use.path))
        byField.set(use.field, (byField.get(use.field) ?? new Set()).add(use.resource));
    return [...byField].map(([field, resources]) => ({ field, resources: [...resources] }));
  };
}

/** `addons[vpc-cni].version` -> `addons.vpc-cni.version`; every index of a list is the same to a reader. */
const plain = (path: string): string => path.replaceAll(/\[\d+\]/g, '[]').replaceAll(/\[([^\]]+)\]/g, '.$1');

const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

const shownField = (path: string): string =>
  plain(path)
    .replace(/^spec\.forProvider\./, '')
    .replace('metadata.annotations.crossplane.io/external-name', 'name in AWS');

const sourcesOf = ({ fromFieldPath, combine }: Patch): readonly string[] =>
  combine === undefined
    ? fromFieldPath === undefined
      ? []
      : [fromFieldPath]
    : combine.variables.map((variable) => variable.fromFieldPath);

/** Every patch of a composition with its resource, patch sets laid open. */
function patchesOf(
  composition: Composition,
): readonly { readonly resource: ComposedResource; readonly patch: Patch }[] {
  const { patchSets, resources } = composition.spec.pipeline[0].input;
  const sets = new Map(patchSets.map(({ name, patches }) => [name, patches]));
  return resources.flatMap((resource) =>
    resource.patches
      .flatMap((patch) => (patch.type === 'PatchSet' ? (sets.get(patch.patchSetName ?? '') ?? []) : [patch]))
      .map((patch) => ({ resource, patch })),
  );
}
