import { isObject, isTrue, type JsonSchema, schemaOf, schemasOf, textOf } from './jsonSchema.ts';

/** What a CustomResourceDefinition says, as far as validation needs it. The same shape as in `imports/schemas`. */
export interface CrdSchema {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly versions: readonly CrdVersion[];
}

export interface CrdVersion {
  readonly name: string;
  readonly served: boolean;
  readonly deprecated: boolean;
  readonly deprecationWarning?: string;
  /** Whether the status is written apart: whoever writes the object can't set it then. */
  readonly hasStatus: boolean;
  /** Structural schema. */
  readonly schema: JsonSchema;
}

/** An imported schema file, which is trusted to have its shape; undefined where it does not. */
export function crdSchemaOf(file: unknown): CrdSchema | undefined {
  if (!isObject(file)) return undefined;
  return assemble(file, file, schemasOf(file, 'versions'), (version) => schemaOf(version, 'schema'));
}

/** A CustomResourceDefinition as it is applied; undefined where it isn't one of apiextensions.k8s.io/v1. */
export function crdOfDocument(document: unknown): CrdSchema | undefined {
  if (!isObject(document) || !isCrd(document)) return undefined;
  const spec = schemaOf(document, 'spec') ?? {};
  const names = schemaOf(spec, 'names') ?? {};
  return assemble(spec, names, schemasOf(spec, 'versions'), (version) =>
    schemaOf(schemaOf(version, 'schema') ?? {}, 'openAPIV3Schema'),
  );
}

const isCrd = (document: JsonSchema) =>
  textOf(document, 'kind') === 'CustomResourceDefinition' &&
  textOf(document, 'apiVersion') === 'apiextensions.k8s.io/v1';

/** What was imported does not say; there, whoever declares a status means one that is written apart. */
function hasStatus(version: JsonSchema, schema: JsonSchema): boolean {
  const isImported = schemaOf(version, 'schema') === schema;
  return isImported
    ? schemaOf(schemaOf(schema, 'properties') ?? {}, 'status') !== undefined
    : schemaOf(schemaOf(version, 'subresources') ?? {}, 'status') !== undefined;
}

function assemble(
  from: JsonSchema,
  names: JsonSchema,
  versions: readonly JsonSchema[],
  schemaIn: (version: JsonSchema) => JsonSchema | undefined,
): CrdSchema | undefined {
  const group = textOf(from, 'group');
  const kind = textOf(names, 'kind');
  const plural = textOf(names, 'plural') ?? '';
  if (group === undefined || kind === undefined || versions.length === 0) return undefined;
  const read = versions.flatMap((version): readonly CrdVersion[] => {
    const name = textOf(version, 'name');
    const schema = schemaIn(version);
    if (name === undefined || schema === undefined) return [];
    const warning = textOf(version, 'deprecationWarning');
    return [
      {
        name,
        served: isTrue(version, 'served'),
        deprecated: isTrue(version, 'deprecated'),
        ...(warning === undefined ? {} : { deprecationWarning: warning }),
        hasStatus: hasStatus(version, schema),
        schema,
      },
    ];
  });
  const scope = textOf(from, 'scope') === 'Cluster' ? 'Cluster' : 'Namespaced';
  return read.length === 0 ? undefined : { group, kind, plural, scope, versions: read };
}
