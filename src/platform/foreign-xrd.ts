import { Type } from 'typebox';
import { Check } from 'typebox/value';
import { type CustomResourceDefinition, claimCrd, compositeCrd, modernCompositeCrd } from './crd.ts';
import type { StructuralSchema } from './structural.ts';
import type { KindNames } from './xrd.ts';

/**
 * XRDs that somebody else wrote, as far as their kinds can be told from them.
 * In: any document. Out: the CRDs that Crossplane makes of it; none for what is no XRD, whose kinds stay unknown,
 * which is a finding and not a silence.
 */

const Names = Type.Object({
  kind: Type.String(),
  plural: Type.String(),
  singular: Type.Optional(Type.String()),
  listKind: Type.Optional(Type.String()),
  shortNames: Type.Optional(Type.Array(Type.String())),
});

const Xrd = Type.Object({
  apiVersion: Type.Enum(['apiextensions.crossplane.io/v1', 'apiextensions.crossplane.io/v2']),
  kind: Type.Literal('CompositeResourceDefinition'),
  metadata: Type.Object({ name: Type.String() }),
  spec: Type.Object({
    group: Type.String(),
    names: Names,
    claimNames: Type.Optional(Names),
    scope: Type.Optional(Type.Enum(['LegacyCluster', 'Namespaced', 'Cluster'])),
    defaultCompositeDeletePolicy: Type.Optional(Type.Enum(['Background', 'Foreground'])),
    defaultCompositionUpdatePolicy: Type.Optional(Type.Enum(['Automatic', 'Manual'])),
    versions: Type.Array(
      Type.Object({
        name: Type.String(),
        served: Type.Boolean(),
        referenceable: Type.Boolean(),
        schema: Type.Object({
          openAPIV3Schema: Type.Object({
            properties: Type.Optional(Type.Record(Type.String(), Type.Object({}))),
          }),
        }),
      }),
      { minItems: 1 },
    ),
  }),
});

/** The CRDs of the composite and, if it has one, of the claim. */
export function crdsOfXrd(document: unknown): readonly CustomResourceDefinition[] {
  if (!Check(Xrd, document)) return [];
  const isFirst = document.apiVersion.endsWith('/v1');
  const { names, claimNames, versions, scope = isFirst ? LEGACY : 'Namespaced', ...given } = document.spec;
  // Neither does the second version know composites with claims, nor the first any others with claims.
  if (scope === LEGACY ? !isFirst : claimNames !== undefined) return [];
  const spec = {
    group: given.group,
    names: completed(names),
    defaultCompositeDeletePolicy: given.defaultCompositeDeletePolicy ?? 'Background',
    defaultCompositionUpdatePolicy: given.defaultCompositionUpdatePolicy ?? 'Automatic',
    versions: versions.map(({ name, served, referenceable, schema }) => ({
      name,
      served,
      referenceable,
      // Whether it's a sound structural schema, whoever compiles it finds out.
      schema: { openAPIV3Schema: schema.openAPIV3Schema as StructuralSchema },
    })),
  } as const;
  if (scope !== LEGACY) return [modernCompositeCrd({ spec }, scope)];
  return claimNames === undefined
    ? [compositeCrd({ spec })]
    : [claimCrd({ spec: { ...spec, claimNames: completed(claimNames) } }), compositeCrd({ spec })];
}

/** Composites of no namespace that can have claims: the only ones before Crossplane 2. */
const LEGACY = 'LegacyCluster';

/** Names with what the API server fills in. */
const completed = ({
  kind,
  plural,
  singular,
  listKind,
  shortNames,
}: Type.Static<typeof Names>): KindNames => ({
  kind,
  plural,
  singular: singular ?? kind.toLowerCase(),
  listKind: listKind ?? `${kind}List`,
  ...(shortNames === undefined ? {} : { shortNames }),
});
