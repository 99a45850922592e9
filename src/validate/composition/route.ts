import type { PlacedPatch } from './function-input.ts';

/** Which way patches go. */
export type Side = 'composite' | 'resource' | 'environment';

/** Whence and where to a patch goes; undefined for types that do nothing here. */
export function routeOf({ type }: PlacedPatch): { readonly from: Side; readonly to: Side } | undefined {
  switch (type) {
    case 'FromCompositeFieldPath':
    case 'CombineFromComposite':
      return { from: 'composite', to: 'resource' };
    case 'ToCompositeFieldPath':
    case 'CombineToComposite':
      return { from: 'resource', to: 'composite' };
    case 'FromEnvironmentFieldPath':
    case 'CombineFromEnvironment':
      return { from: 'environment', to: 'resource' };
    case 'ToEnvironmentFieldPath':
    case 'CombineToEnvironment':
      return { from: 'resource', to: 'environment' };
    default:
      return undefined;
  }
}

/** The same for patches of the environment, where both names of a direction do the same. */
export function environmentRouteOf({
  type,
}: PlacedPatch): { readonly from: Side; readonly to: Side } | undefined {
  switch (type) {
    case 'FromCompositeFieldPath':
    case 'ToEnvironmentFieldPath':
    case 'CombineFromComposite':
      return { from: 'composite', to: 'environment' };
    case 'ToCompositeFieldPath':
    case 'FromEnvironmentFieldPath':
    case 'CombineToComposite':
      return { from: 'environment', to: 'composite' };
    default:
      return undefined;
  }
}

/** Whether a patch brings something into its resource. */
export const isInward = (patch: PlacedPatch): boolean => routeOf(patch)?.to === 'resource';

export const isRequired = ({ patch }: PlacedPatch): boolean => patch.policy?.fromFieldPath === 'Required';
