import { Failure } from '../failure.ts';
import { type Input, type Patch, type Template, typeOf } from './input.ts';

/** Templates with the patches of the patch sets that they name; messages count patches after this. */
export function inlinePatchSets({ patchSets = [], resources = [] }: Input): readonly Template[] {
  const sets = new Map(patchSets.map(({ name = '', patches = [] }) => [name, patches]));
  return resources.map((template) => ({
    ...template,
    patches: (template.patches ?? []).flatMap((patch) => inlined(patch, sets)),
  }));
}

function inlined(patch: Patch, sets: ReadonlyMap<string, readonly Patch[]>): readonly Patch[] {
  if (typeOf(patch) !== 'PatchSet') return [patch];
  const name = patch.patchSetName ?? '';
  const patches = sets.get(name);
  if (patches === undefined) throw new Failure(`cannot find PatchSet by name ${name}`);
  return patches;
}
