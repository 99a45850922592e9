import type { PrinterColumn } from './definition.ts';
import type { StructuralSchema } from './structural.ts';
import type { CompositeResourceDefinition, KindNames, XrdVersion } from './xrd.ts';

/**
 * XRD -> the CRDs that Crossplane makes of it: one for the claim (namespaced), one for the composite (cluster); of an
 * XRD with the scope Namespaced or Cluster, which Crossplane 2 alone knows, one for the composite.
 * In: an XRD of apiextensions.crossplane.io. Out: a CustomResourceDefinition with the machinery's fields.
 * Guarantees: the same fields that Crossplane 2.x adds to an XRD without `scope` (its package internal/xcrd,
 * files crd.go and schemas.go). Crossplane 1.20 adds the same and `publishConnectionDetailsTo`, which 2.x
 * removed: it's left out, so what passes here is accepted by both.
 */

export interface CustomResourceDefinition {
  readonly apiVersion: 'apiextensions.k8s.io/v1';
  readonly kind: 'CustomResourceDefinition';
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: string;
    readonly names: KindNames & { readonly categories: readonly string[] };
    readonly scope: 'Namespaced' | 'Cluster';
    readonly versions: readonly CrdVersion[];
  };
}

interface CrdVersion {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly additionalPrinterColumns: readonly PrinterColumn[];
  readonly schema: { readonly openAPIV3Schema: StructuralSchema };
  readonly subresources: { readonly status: Readonly<Record<string, never>> };
}

/** An XRD of either version, which need not offer a claim. */
interface ClaimlessXrd {
  readonly spec: Omit<CompositeResourceDefinition['spec'], 'claimNames'>;
}

/** The claim's CRD. */
export function claimCrd(xrd: Pick<CompositeResourceDefinition, 'spec'>): CustomResourceDefinition {
  return crd(xrd, {
    names: xrd.spec.claimNames,
    scope: 'Namespaced',
    category: 'claim',
    spec: {
      ...selection(),
      compositeDeletePolicy: {
        type: 'string',
        enum: ['Background', 'Foreground'],
        default: xrd.spec.defaultCompositeDeletePolicy,
      },
      resourceRef: reference('apiVersion', 'kind', 'name'),
      writeConnectionSecretToRef: reference('name'),
    },
    status: { ...conditions, ...published, ...claimConditions },
    column: column('CONNECTION-SECRET', '.spec.writeConnectionSecretToRef.name'),
  });
}

/** The composite's CRD. */
export function compositeCrd(xrd: ClaimlessXrd): CustomResourceDefinition {
  return crd(xrd, {
    names: xrd.spec.names,
    scope: 'Cluster',
    category: 'composite',
    spec: {
      ...selection(xrd.spec.defaultCompositionUpdatePolicy),
      claimRef: reference('apiVersion', 'kind', 'namespace', 'name'),
      resourceRefs: resourceRefs('apiVersion', 'name', 'namespace', 'kind'),
      writeConnectionSecretToRef: reference('name', 'namespace'),
    },
    status: { ...conditions, ...published, ...claimConditions },
    column: column('COMPOSITION', '.spec.compositionRef.name'),
  });
}

/** The CRD of a composite without claims, whose machinery lies apart from its own fields. */
export function modernCompositeCrd(
  xrd: ClaimlessXrd,
  scope: 'Namespaced' | 'Cluster',
): CustomResourceDefinition {
  // What lives in a namespace refers to nothing in another one.
  const refs = ['apiVersion', 'name', 'kind', ...(scope === 'Cluster' ? ['namespace'] : [])];
  const machinery = {
    ...selection(xrd.spec.defaultCompositionUpdatePolicy),
    resourceRefs: resourceRefs(...refs),
  };
  return crd(xrd, {
    names: xrd.spec.names,
    scope,
    category: 'composite',
    spec: { crossplane: { type: 'object', properties: machinery } },
    status: { ...conditions, crossplane: { type: 'object', properties: published } },
    column: column('COMPOSITION', '.spec.crossplane.compositionRef.name'),
  });
}

/** What tells one CRD of an XRD from another. */
interface Shape {
  readonly names: KindNames;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly category: string;
  readonly spec: Readonly<Record<string, StructuralSchema>>;
  readonly status: Readonly<Record<string, StructuralSchema>>;
  readonly column: PrinterColumn;
}

function crd(xrd: ClaimlessXrd, shape: Shape): CustomResourceDefinition {
  const { names, scope, category } = shape;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${names.plural}.${xrd.spec.group}` },
    spec: {
      group: xrd.spec.group,
      names: { ...names, categories: [category] },
      scope,
      versions: xrd.spec.versions.map((version) => ({
        name: version.name,
        served: version.served,
        storage: version.referenceable,
        additionalPrinterColumns: [...(version.additionalPrinterColumns ?? []), ...columns(shape.column)],
        schema: { openAPIV3Schema: schema(version, shape) },
        subresources: { status: {} },
      })),
    },
  };
}

/** Of the XRD's schema, Crossplane takes over these keywords of `spec` and of `status`, and no others. */
const TAKEN = ['description', 'required', 'x-kubernetes-validations', 'oneOf'];

/** Names are label values too, hence 63. */
function schema(version: XrdVersion, { spec, status }: Shape): StructuralSchema {
  const { description, properties = {} } = version.schema.openAPIV3Schema;
  const nameLimit = properties['metadata']?.properties?.['name']?.['maxLength'];
  const maxLength = typeof nameLimit === 'number' ? Math.min(nameLimit, 63) : 63;
  return {
    type: 'object',
    ...(description === undefined ? {} : { description }),
    required: ['spec'],
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object', properties: { name: { type: 'string', maxLength } } },
      spec: part(properties['spec'], [...TAKEN, 'x-kubernetes-preserve-unknown-fields'], spec),
      status: part(properties['status'], TAKEN, status),
    },
  };
}

const part = (
  given: StructuralSchema = {},
  taken: readonly string[],
  added: Readonly<Record<string, StructuralSchema>>,
): StructuralSchema => ({
  ...Object.fromEntries(Object.entries(given).filter(([keyword]) => taken.includes(keyword))),
  type: 'object',
  properties: { ...given.properties, ...added },
});

const strings = (...names: readonly string[]): Record<string, StructuralSchema> =>
  Object.fromEntries(names.map((name) => [name, { type: 'string' }]));

const reference = (...names: readonly string[]): StructuralSchema => ({
  type: 'object',
  required: names,
  properties: strings(...names),
});

const resourceRefs = (...fields: readonly string[]): StructuralSchema => ({
  type: 'array',
  items: { type: 'object', required: ['apiVersion', 'kind'], properties: strings(...fields) },
  'x-kubernetes-list-type': 'atomic',
});

const selector: StructuralSchema = {
  type: 'object',
  required: ['matchLabels'],
  properties: { matchLabels: { type: 'object', additionalProperties: { type: 'string' } } },
};

/** How a composition is chosen. Only the composite's update policy has a default. */
const selection = (updatePolicy?: string): Record<string, StructuralSchema> => ({
  compositionRef: reference('name'),
  compositionSelector: selector,
  compositionRevisionRef: reference('name'),
  compositionRevisionSelector: selector,
  compositionUpdatePolicy: {
    type: 'string',
    enum: ['Automatic', 'Manual'],
    ...(updatePolicy === undefined ? {} : { default: updatePolicy }),
  },
});

const conditions: Readonly<Record<string, StructuralSchema>> = {
  conditions: {
    description: 'Conditions of the resource.',
    type: 'array',
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['type'],
    items: {
      type: 'object',
      required: ['lastTransitionTime', 'reason', 'status', 'type'],
      properties: {
        lastTransitionTime: { type: 'string', format: 'date-time' },
        ...strings('message', 'reason', 'status', 'type'),
        observedGeneration: { type: 'integer', format: 'int64' },
      },
    },
  },
};

const published: Readonly<Record<string, StructuralSchema>> = {
  connectionDetails: {
    type: 'object',
    properties: { lastPublishedTime: { type: 'string', format: 'date-time' } },
  },
};

const claimConditions: Readonly<Record<string, StructuralSchema>> = {
  claimConditionTypes: { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'string' } },
};

const column = (name: string, jsonPath: string, type: PrinterColumn['type'] = 'string'): PrinterColumn => ({
  name,
  type,
  jsonPath,
});

const columns = (own: PrinterColumn): readonly PrinterColumn[] => [
  column('SYNCED', ".status.conditions[?(@.type=='Synced')].status"),
  column('READY', ".status.conditions[?(@.type=='Ready')].status"),
  own,
  column('AGE', '.metadata.creationTimestamp', 'date'),
];
