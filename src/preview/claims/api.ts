import { groupOf } from '#manifests/identity.ts';
import type { Manifest } from '#manifests/manifest.ts';
import { fieldOf, isJsonObject, type JsonObject, textOf } from '../render/composition.ts';
import type { FunctionPackage } from '../render/pipeline.ts';

/**
 * What a cluster offers to claim: the CompositeResourceDefinitions, Compositions and Functions among its manifests.
 * Anybody's: what is not as it should be counts for nothing here, and its schema says what is wrong with it.
 */
export interface Offer {
  /** By the group and kind of claims and of composites. */
  readonly kinds: ReadonlyMap<string, OfferedKind>;
  /** Kinds that a CustomResourceDefinition defines, which are no claims. */
  readonly others: ReadonlySet<string>;
  /** Groups that some CompositeResourceDefinition belongs to. */
  readonly groups: ReadonlySet<string>;
  readonly compositions: readonly Manifest[];
  readonly functions: readonly FunctionPackage[];
}

export interface OfferedKind {
  readonly api: Api;
  readonly isClaim: boolean;
}

/** A CompositeResourceDefinition. */
export interface Api {
  readonly manifest: Manifest;
  readonly group: string;
  /** Kind of the composite. */
  readonly kind: string;
  /** The version that composites have. */
  readonly referenceable: string;
  /** Schema of that version. */
  readonly schema: JsonObject;
  readonly enforcedComposition: string;
  readonly defaultComposition: string;
  readonly updatePolicy: string;
}

export const kindKey = (group: string, kind: string): string => `${kind}.${group}`;

export function offerOf(manifests: readonly Manifest[]): Offer {
  const kinds = new Map<string, OfferedKind>();
  const others = new Set<string>();
  const groups = new Set<string>();
  const compositions: Manifest[] = [];
  const functions: FunctionPackage[] = [];
  for (const manifest of manifests) {
    const { apiVersion, kind, metadata } = manifest.object;
    const group = groupOf(apiVersion);
    if (group === 'apiextensions.crossplane.io' && kind === 'CompositeResourceDefinition') {
      const api = apiOf(manifest);
      if (api === undefined) continue;
      groups.add(api.group);
      kinds.set(kindKey(api.group, api.kind), { api, isClaim: false });
      const claimKind = textOf(fieldOf(fieldOf(manifest.object, 'spec'), 'claimNames'), 'kind');
      if (claimKind !== '') kinds.set(kindKey(api.group, claimKind), { api, isClaim: true });
    } else if (group === 'apiextensions.crossplane.io' && kind === 'Composition') {
      compositions.push(manifest);
    } else if (group === 'pkg.crossplane.io' && kind === 'Function') {
      functions.push({ name: metadata.name, package: textOf(fieldOf(manifest.object, 'spec'), 'package') });
    } else if (group === 'apiextensions.k8s.io' && kind === 'CustomResourceDefinition') {
      const spec = fieldOf(manifest.object, 'spec');
      others.add(kindKey(textOf(spec, 'group'), textOf(fieldOf(spec, 'names'), 'kind')));
    }
  }
  return { kinds, others, groups, compositions, functions };
}

function apiOf(manifest: Manifest): Api | undefined {
  const spec = fieldOf(manifest.object, 'spec');
  const versions = fieldOf(spec, 'versions');
  const version = (Array.isArray(versions) ? versions : []).find(
    (one) => fieldOf(one, 'referenceable') === true,
  );
  const schema = fieldOf(fieldOf(version, 'schema'), 'openAPIV3Schema');
  const kind = textOf(fieldOf(spec, 'names'), 'kind');
  if (version === undefined || kind === '') return undefined;
  return {
    manifest,
    group: textOf(spec, 'group'),
    kind,
    referenceable: textOf(version, 'name'),
    schema: isJsonObject(schema) ? schema : {},
    enforcedComposition: textOf(fieldOf(spec, 'enforcedCompositionRef'), 'name'),
    defaultComposition: textOf(fieldOf(spec, 'defaultCompositionRef'), 'name'),
    updatePolicy: textOf(spec, 'defaultCompositionUpdatePolicy') || 'Automatic',
  };
}
