import { claimCrd, compositeCrd } from '#platform/crd.ts';
import { platformDefinitions } from '#platform/definitions.ts';
import { compositeResourceDefinition } from '#platform/xrd.ts';
import type { PlatformKind } from '../imports/generate.ts';

/** The platform's own kinds: claims, which charts construct, and composites, which Crossplane makes. */
export function platformKinds(): readonly PlatformKind[] {
  return platformDefinitions.map(compositeResourceDefinition).flatMap((xrd) => [
    { definition: claimCrd(xrd), constructs: true },
    { definition: compositeCrd(xrd), constructs: false },
  ]);
}
