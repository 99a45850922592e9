import { wrapping } from '../failure.ts';
import { type Patch, typeOf } from './input.ts';
import { applyPatch } from './patch.ts';
import type { Composing } from './template.ts';

/**
 * Patches between the composite and the environment, which run before any template. A failure of one ends all. `To`
 * and `From` mean the composite as well as the environment: both names of a direction do the same.
 */
export function applyEnvironmentPatches(patches: readonly Patch[], composing: Composing): void {
  for (const [index, patch] of patches.entries()) {
    const type = typeOf(patch);
    wrapping(`cannot apply the ${JSON.stringify(type)} environment patch at index ${index}`, () =>
      apply(patch, type, composing),
    );
  }
}

function apply(patch: Patch, type: string, { observedComposite, composite, environment }: Composing): void {
  switch (type) {
    case 'FromCompositeFieldPath':
    case 'ToEnvironmentFieldPath':
    case 'CombineFromComposite':
      applyPatch(patch, observedComposite, environment);
      break;
    case 'ToCompositeFieldPath':
    case 'FromEnvironmentFieldPath':
    case 'CombineToComposite':
      applyPatch(patch, environment.object, composite);
      break;
    default:
    // Other combine patches pass validation and do nothing.
  }
}
