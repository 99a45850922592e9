import type { ComposedResource } from './composed.ts';
import { constant, from } from './patches.ts';

/**
 * A resource that keeps nothing and that an environment can give up: when it leaves the composition, it leaves AWS,
 * whatever happens to the rest when the claim is deleted. Orphaned, a role that was taken off a list would keep its
 * access, and an endpoint would be paid for ever after. `source` is any text that the composite always has.
 */
export const expendableBy =
  (source: string) =>
  (resource: ComposedResource): ComposedResource => ({
    ...resource,
    patches: [...resource.patches, from(source, 'spec.deletionPolicy', constant('Delete'))],
  });

export const expendable = expendableBy('spec.name');
