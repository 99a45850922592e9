import { type CustomResourceDefinition, claimCrd, compositeCrd, modernCompositeCrd } from './crd.ts';
import type { StructuralSchema } from './structural.ts';
import type { KindNames } from './xrd.ts';

/**
 * XRDs that somebody else wrote, as far as their kinds can be told from them.
 * In: any document. Out: the CRDs that Crossplane makes of it; none for what is no XRD, whose kinds stay unknown,
 * which is a finding and not a silence.
 */

interface Names {
  readonly kind: string;
  readonly plural: string;
  readonly singular?: string;
  readonly listKind?: string;
  readonly shortNames?: readonly string[];
}

interface Xrd {
  readonly apiVersion: string;
  readonly spec: {
    readonly group: string;
    readonly names: Names;
    readonly claimNames?: Names;
    readonly scope?: 'LegacyCluster' | 'Namespaced' | 'Cluster';
    readonly defaultCompositeDeletePolicy?: 'Background' | 'Foreground';
    readonly defaultCompositionUpdatePolicy?: 'Automatic' | 'Manual';
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly referenceable: boolean;
      readonly schema: { readonly openAPIV3Schema: object };
    }[];
  };
}

type Is = (value: unknown) => boolean;

const isText: Is = (value) => typeof value === 'string';
const isYesOrNo: Is = (value) => typeof value === 'boolean';
const isObject: Is = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const one =
  (...values: readonly string[]): Is =>
  (value) =>
    typeof value === 'string' && values.includes(value);
const list =
  (is: Is): Is =>
  (value) =>
    Array.isArray(value) && value.every(is);
const optional =
  (is: Is): Is =>
  (value) =>
    value === undefined || is(value);
const fields =
  (shape: Readonly<Record<string, Is>>): Is =>
  (value) =>
    isObject(value) &&
    Object.entries(shape).every(([name, is]) =>
      is(Object.hasOwn(Object(value), name) ? Reflect.get(Object(value), name) : undefined),
    );

const isNames = fields({
  kind: isText,
  plural: isText,
  singular: optional(isText),
  listKind: optional(isText),
  shortNames: optional(list(isText)),
});

/** By hand: a library for it would be half of the time in which a single document is validated. */
const hasShape = fields({
  apiVersion: one('apiextensions.crossplane.io/v1', 'apiextensions.crossplane.io/v2'),
  kind: one('CompositeResourceDefinition'),
  metadata: fields({ name: isText }),
  spec: fields({
    group: isText,
    names: isNames,
    claimNames: optional(isNames),
    scope: optional(one('LegacyCluster', 'Namespaced', 'Cluster')),
    defaultCompositeDeletePolicy: optional(one('Background', 'Foreground')),
    defaultCompositionUpdatePolicy: optional(one('Automatic', 'Manual')),
    versions: (value) =>
      Array.isArray(value) &&
      value.length > 0 &&
      value.every(
        fields({
          name: isText,
          served: isYesOrNo,
          referenceable: isYesOrNo,
          schema: fields({
            openAPIV3Schema: fields({
              properties: optional(
                (given) => isObject(given) && Object.values(Object(given)).every(isObject),
              ),
            }),
          }),
        }),
      ),
  }),
});

/** The check behind which the rest relies on the type. */
const isXrd = (document: unknown): document is Xrd => hasShape(document);

/** The CRDs of the composite and, if it has one, of the claim. */
export function crdsOfXrd(document: unknown): readonly CustomResourceDefinition[] {
  if (!isXrd(document)) return [];
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
const completed = ({ kind, plural, singular, listKind, shortNames }: Names): KindNames => ({
  kind,
  plural,
  singular: singular ?? kind.toLowerCase(),
  listKind: listKind ?? `${kind}List`,
  ...(shortNames === undefined ? {} : { shortNames }),
});
