import type { EnvironmentState } from '#change/state.ts';
import { identity } from '#manifests/identity.ts';
import { type Manifest, subjectOf } from '#manifests/manifest.ts';
import type { PreviewedClaim } from '#preview/claims/preview.ts';

/** What an environment comes to, as a state that can be compared: its manifests, and what Crossplane makes of them. */
export function stateOf(
  name: string,
  manifests: readonly Manifest[],
  claims: readonly PreviewedClaim[],
  described?: EnvironmentState['described'],
): EnvironmentState {
  const managed = claims.flatMap(({ claim, resources }) =>
    resources.map(({ manifest, late, entry }) => ({
      manifest,
      late,
      madeOf: { claim: subjectOf(claim), entry },
    })),
  );
  return {
    name,
    ...(described && { described }),
    resources: [...manifests.map((manifest) => ({ manifest, late: [] })), ...managed],
  };
}

/**
 * The manifests that were delivered, each with the line of the environment that it came from, where the same one is
 * still rendered from it; else with its place in its own file.
 */
export function withOrigins(
  delivered: readonly Manifest[],
  rendered: readonly Manifest[],
): readonly Manifest[] {
  const origins = new Map(rendered.map((manifest) => [identity(manifest.object), manifest.locate]));
  return delivered.map((manifest) => {
    const locate = origins.get(identity(manifest.object));
    return locate === undefined ? manifest : { ...manifest, locate };
  });
}
