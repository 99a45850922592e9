import { Type } from 'typebox';
import { Check } from 'typebox/value';
import { type CustomResourceDefinition, claimCrd, compositeCrd } from './crd.ts';
import type { StructuralSchema } from './structural.ts';
import type { CompositeResourceDefinition, KindNames } from './xrd.ts';

/**
 * XRDs that somebody else wrote, as far as their kinds can be told from them.
 * In: any document. Out: the CRDs that Crossplane makes of it; none for what is no XRD, and none for the XRDs
 * without claims of Crossplane 2 (`v2`, or with another `scope`), whose machinery differs: their kinds stay
 * unknown, which is a finding and not a silence.
 */

const Names = Type.Object({
  kind: Type.String(),
  plural: Type.String(),
  singular: Type.Optional(Type.String()),
  listKind: Type.Optional(Type.String()),
  shortNames: Type.Optional(Type.Array(Type.String())),
});

const Xrd = Type.Object({
  apiVersion: Type.Literal('apiextensions.crossplane.io/v1'),
  kind: Type.Literal('CompositeResourceDefinition'),
  metadata: Type.Object({ name: Type.String() }),
  spec: Type.Object({
    group: Type.String(),
    names: Names,
    claimNames: Type.Optional(Names),
    scope: Type.Optional(Type.Literal('LegacyCluster')),
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
  const { names, claimNames, versions, ...spec } = document.spec;
  const xrd: Omit<CompositeResourceDefinition, 'spec'> & {
    readonly spec: Omit<CompositeResourceDefinition['spec'], 'claimNames'>;
  } = {
    ...document,
    spec: {
      group: spec.group,
      names: completed(names),
      defaultCompositeDeletePolicy: spec.defaultCompositeDeletePolicy ?? 'Background',
      defaultCompositionUpdatePolicy: spec.defaultCompositionUpdatePolicy ?? 'Automatic',
      versions: versions.map(({ name, served, referenceable, schema }) => ({
        name,
        served,
        referenceable,
        // Whether it's a sound structural schema, whoever compiles it finds out.
        schema: { openAPIV3Schema: schema.openAPIV3Schema as StructuralSchema },
      })),
    },
  };
  const claims =
    claimNames === undefined
      ? []
      : [claimCrd({ ...xrd, spec: { ...xrd.spec, claimNames: completed(claimNames) } })];
  return [...claims, compositeCrd(xrd)];
}

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
