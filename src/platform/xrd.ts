import { PLATFORM_GROUP, PLATFORM_VERSION } from '#model/names.ts';
import type { Definition, PrinterColumn } from './definition.ts';
import { type StructuralSchema, structural } from './structural.ts';

/** Names of a kind, as CRDs and XRDs spell them. */
export interface KindNames {
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly listKind: string;
  readonly shortNames?: readonly string[];
}

/** A CompositeResourceDefinition, as far as plimsoll writes it. */
export interface CompositeResourceDefinition {
  readonly apiVersion: 'apiextensions.crossplane.io/v1';
  readonly kind: 'CompositeResourceDefinition';
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly group: string;
    readonly names: KindNames;
    readonly claimNames: KindNames;
    readonly connectionSecretKeys?: readonly string[];
    readonly defaultCompositeDeletePolicy: 'Background' | 'Foreground';
    readonly defaultCompositionUpdatePolicy: 'Automatic' | 'Manual';
    readonly versions: readonly XrdVersion[];
  };
}

export interface XrdVersion {
  readonly name: string;
  readonly served: boolean;
  readonly referenceable: boolean;
  readonly additionalPrinterColumns?: readonly PrinterColumn[];
  readonly schema: { readonly openAPIV3Schema: StructuralSchema };
}

/** Annotation by which an XRD says which of its fields only choose a composition: no check misses a patch of them. */
const SHAPE_FIELDS = 'plimsoll.dev/shape-fields';

/** Kind of the composite resource behind a claim. */
export const compositeKind = (definition: Definition): string => `X${definition.kind}`;

const compositePlural = (definition: Definition): string => `x${definition.plural}`;

const namesOf = (kind: string, plural: string): KindNames => ({
  kind,
  plural,
  singular: kind.toLowerCase(),
  listKind: `${kind}List`,
});

/**
 * The XRD of a service. Version v1 of the API with claims works on Crossplane 1.20 and 2.x; fields that only
 * one of them knows (`scope`, `defaultCompositionRevisionSelector`) are left out.
 * https://docs.crossplane.io/v1.20/concepts/composite-resource-definitions/
 */
export function compositeResourceDefinition(definition: Definition): CompositeResourceDefinition {
  const { kind, plural, shortNames, connectionSecretKeys, printerColumns, shapes = [] } = definition;
  return {
    apiVersion: 'apiextensions.crossplane.io/v1',
    kind: 'CompositeResourceDefinition',
    metadata: {
      name: `${compositePlural(definition)}.${PLATFORM_GROUP}`,
      ...(shapes.length === 0 ? {} : { annotations: { [SHAPE_FIELDS]: shapes.join(',') } }),
    },
    spec: {
      group: PLATFORM_GROUP,
      names: namesOf(compositeKind(definition), compositePlural(definition)),
      claimNames: { ...namesOf(kind, plural), ...(shortNames.length === 0 ? {} : { shortNames }) },
      ...(connectionSecretKeys.length === 0 ? {} : { connectionSecretKeys }),
      defaultCompositeDeletePolicy: 'Foreground',
      defaultCompositionUpdatePolicy: 'Automatic',
      versions: [
        {
          name: PLATFORM_VERSION,
          served: true,
          referenceable: true,
          ...(printerColumns.length === 0 ? {} : { additionalPrinterColumns: printerColumns }),
          schema: { openAPIV3Schema: schemaOf(definition) },
        },
      ],
    },
  };
}

function schemaOf(definition: Definition): StructuralSchema {
  return {
    type: 'object',
    description: definition.description,
    required: ['spec'],
    properties: { spec: structural(definition.spec), status: structural(definition.status) },
  };
}
