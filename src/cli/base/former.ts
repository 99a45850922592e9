import { identity } from '#manifests/identity.ts';
import type { Manifest } from '#manifests/manifest.ts';
import type { PreviewedClaim } from '#preview/claims/preview.ts';
import { admitted } from '#validate/policy/admitted.ts';
import { isSame } from '#validate/policy/requests.ts';

/**
 * What was there before a change, object by object: by identity, so that an object that moved to another file is still
 * the same. What Crossplane makes of a claim is known by the claim and its name in the composition.
 */

/** Documents of clusters and what will come of the claims among them. */
export interface State {
  readonly manifests: readonly Manifest[];
  readonly claims: readonly PreviewedClaim[];
}

type ClusterOf = (manifest: Manifest) => string;

export interface Former {
  /** What an object was; undefined for one that is new. */
  readonly previous: (manifest: Manifest) => unknown;
  /** What was there and is no more. */
  readonly deleted: readonly Manifest[];
  /** The claims that were there, where anything changed. */
  readonly claims: readonly PreviewedClaim[];
  /** How many of the written documents are new, others than before, or no more. */
  readonly counts: { readonly added: number; readonly changed: number; readonly removed: number };
}

/**
 * Compares two states.
 *
 * @param claimsOf Previews the claims of the former state; asked only where something changed.
 * @param clusterOf Which cluster a written document goes to, where there are several.
 */
export function formerOf(
  current: State,
  former: readonly Manifest[],
  claimsOf: (manifests: readonly Manifest[]) => readonly PreviewedClaim[],
  clusterOf: ClusterOf = () => '',
): Former {
  const keyOf = (manifest: Manifest): string => `${clusterOf(manifest)} ${identity(manifest.object)}`;
  const before = new Map(former.map((manifest) => [keyOf(manifest), manifest]));
  const present = new Set(current.manifests.map(keyOf));
  const removed = [...before].flatMap(([key, manifest]) => (present.has(key) ? [] : [manifest]));
  let added = 0;
  let changed = 0;
  const previous = new Map<Manifest, unknown>();
  for (const manifest of current.manifests) {
    const own = before.get(keyOf(manifest));
    if (own === undefined) added += 1;
    else {
      previous.set(manifest, own.object);
      if (!isSame(admitted(own.object), admitted(manifest.object))) changed += 1;
    }
  }
  const isChanged = added + changed + removed.length > 0;
  const claims = isChanged ? claimsOf(former) : [];
  const managed = formerManaged(current.claims, isChanged ? claims : current.claims, keyOf);
  return {
    previous: (manifest) => previous.get(manifest) ?? managed.previous.get(manifest),
    deleted: [...removed, ...managed.deleted],
    claims,
    counts: { added, changed, removed: removed.length },
  };
}

function formerManaged(
  claims: readonly PreviewedClaim[],
  former: readonly PreviewedClaim[],
  keyOf: ClusterOf,
): { readonly previous: ReadonlyMap<Manifest, unknown>; readonly deleted: readonly Manifest[] } {
  const before = byEntry(former, keyOf);
  const previous = new Map<Manifest, unknown>();
  for (const [key, manifest] of byEntry(claims, keyOf)) {
    const own = before.get(key);
    if (own !== undefined) previous.set(manifest, own.object);
    before.delete(key);
  }
  return { previous, deleted: [...before.values()] };
}

/** Managed resources by claim, kind and name in the composition. */
function byEntry(claims: readonly PreviewedClaim[], keyOf: ClusterOf): Map<string, Manifest> {
  const managed = new Map<string, Manifest>();
  for (const { claim, resources } of claims) {
    for (const { entry, manifest } of resources) {
      const { apiVersion, kind } = manifest.object;
      managed.set(`${keyOf(claim)} ${apiVersion} ${kind} ${entry}`, manifest);
    }
  }
  return managed;
}
