import { CROSSPLANE_NAMESPACE, PLATFORM_GROUP, PLATFORM_VERSION } from '#model/names.ts';
import type { ComposedResource } from './composed.ts';
import type { Definition } from './definition.ts';
import { AUTO_READY, PATCH_AND_TRANSFORM } from './functions.ts';
import { from, merged, type Patch } from './patches.ts';
import { compositeKind } from './xrd.ts';

/** Input of function-patch-and-transform. */
interface PatchAndTransform {
  readonly apiVersion: 'pt.fn.crossplane.io/v1beta1';
  readonly kind: 'Resources';
  readonly patchSets: readonly PatchSet[];
  readonly resources: readonly ComposedResource[];
}

interface PatchSet {
  readonly name: string;
  readonly patches: readonly Patch[];
}

/** A Composition, as far as plimsoll writes it. */
export interface Composition {
  readonly apiVersion: 'apiextensions.crossplane.io/v1';
  readonly kind: 'Composition';
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly compositeTypeRef: { readonly apiVersion: string; readonly kind: string };
    readonly mode: 'Pipeline';
    readonly writeConnectionSecretsToNamespace?: string;
    readonly pipeline: readonly [PipelineStep & { readonly input: PatchAndTransform }, PipelineStep];
  };
}

interface PipelineStep {
  readonly step: string;
  readonly functionRef: { readonly name: string };
}

/** Patches that most resources share. Of these, a composition carries those that it uses. */
const PATCH_SETS: readonly PatchSet[] = [
  {
    name: 'provider',
    patches: [
      from('spec.providerConfigName', 'spec.providerConfigRef.name'),
      from('spec.deletionPolicy', 'spec.deletionPolicy'),
    ],
  },
  {
    name: 'atlas-provider',
    patches: [
      from('spec.atlasProviderConfigName', 'spec.providerConfigRef.name'),
      from('spec.deletionPolicy', 'spec.deletionPolicy'),
    ],
  },
  { name: 'region', patches: [from('spec.region', 'spec.forProvider.region')] },
  { name: 'tags', patches: [merged(from('spec.tags', 'spec.forProvider.tags'))] },
];

/**
 * A Composition of a service. `mode` is explicit because Crossplane 1.20 takes another one by default; only
 * fields that 1.20 and 2.x both know are written.
 */
export function composition(
  definition: Definition,
  name: string,
  resources: readonly ComposedResource[],
): Composition {
  const used = new Set(resources.flatMap(({ patches }) => patches.map(({ patchSetName }) => patchSetName)));
  return {
    apiVersion: 'apiextensions.crossplane.io/v1',
    kind: 'Composition',
    metadata: { name },
    spec: {
      compositeTypeRef: {
        apiVersion: `${PLATFORM_GROUP}/${PLATFORM_VERSION}`,
        kind: compositeKind(definition),
      },
      mode: 'Pipeline',
      ...(definition.connectionSecretKeys.length === 0
        ? {}
        : { writeConnectionSecretsToNamespace: CROSSPLANE_NAMESPACE }),
      pipeline: [
        {
          step: 'compose',
          functionRef: { name: PATCH_AND_TRANSFORM },
          input: {
            apiVersion: 'pt.fn.crossplane.io/v1beta1',
            kind: 'Resources',
            patchSets: PATCH_SETS.filter((set) => used.has(set.name)),
            resources,
          },
        },
        { step: 'ready', functionRef: { name: AUTO_READY } },
      ],
    },
  };
}
