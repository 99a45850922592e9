import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import type { StructuralSchema } from '#platform/structural.ts';

/** The CRDs' schemas of imports/, and a strict judge of documents: unknown fields are errors, as in an apply. */

interface CrdSchema {
  readonly versions: readonly {
    readonly name: string;
    readonly schema: StructuralSchema;
    readonly deprecated: boolean;
  }[];
}

const FOLDER = new URL('../../imports/schemas/crds/', import.meta.url);

/** Kinds whose CRD imports/ doesn't hold: their fields are those of the CRDs in the provider's package. */
const HAND_WRITTEN: Readonly<Record<string, readonly string[]>> = {
  VPCEndpointSubnetAssociation: ['subnetId', 'vpcEndpointId'],
  VPCEndpointSecurityGroupAssociation: ['securityGroupId', 'vpcEndpointId'],
  VPCEndpointRouteTableAssociation: ['routeTableId', 'vpcEndpointId'],
};

const text: StructuralSchema = { type: 'string' };
const object = (properties: Record<string, StructuralSchema>): StructuralSchema => ({
  type: 'object',
  properties,
});
const selector = object({
  matchControllerRef: { type: 'boolean' },
  matchLabels: { type: 'object', additionalProperties: text },
});

function handWritten(kind: string, fields: readonly string[]): StructuralSchema {
  const references = fields.flatMap((field): readonly [string, StructuralSchema][] => [
    [field, text],
    [`${field}Ref`, object({ name: text })],
    [`${field}Selector`, selector],
  ]);
  const forProvider: StructuralSchema = {
    ...object({
      region: text,
      ...Object.fromEntries(references),
      ...(kind.includes('SecurityGroup') ? { replaceDefaultAssociation: { type: 'boolean' } } : {}),
    }),
    required: ['region'],
  };
  return object({
    apiVersion: text,
    kind: text,
    metadata: { type: 'object' },
    spec: object({
      deletionPolicy: { type: 'string', enum: ['Orphan', 'Delete'] },
      providerConfigRef: object({ name: text }),
      forProvider,
    }),
  });
}

const loaded = new Map<string, StructuralSchema>();

/** The schema of a custom kind; throws where imports/ has none. */
export function schemaOf(apiVersion: string, kind: string): StructuralSchema {
  const key = `${apiVersion}/${kind}`;
  const known = loaded.get(key);
  if (known !== undefined) return known;
  const schema = load(apiVersion, kind);
  loaded.set(key, schema);
  return schema;
}

function load(apiVersion: string, kind: string): StructuralSchema {
  const fields = HAND_WRITTEN[kind];
  if (fields !== undefined) return handWritten(kind, fields);
  const [group = '', version = ''] = apiVersion.split('/');
  const crd: CrdSchema = JSON.parse(
    readFileSync(new URL(`${group}/${kind.toLowerCase()}.json`, FOLDER), 'utf8'),
  );
  const found = crd.versions.find(({ name }) => name === version);
  if (found === undefined) throw new Error(`${kind} has no version ${version}`);
  // XRDs of version v1 are deprecated in Crossplane 2, and the only ones with claims.
  if (found.deprecated && group !== 'apiextensions.crossplane.io')
    throw new Error(`${kind} ${version} is deprecated`);
  return found.schema;
}

const compiled = new WeakMap<StructuralSchema, ValidateFunction>();
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });

/** What an API server would object to in a document, CEL aside: `/spec/x must be string`. */
export function objections(schema: StructuralSchema, document: unknown): readonly string[] {
  const validate = compiled.get(schema) ?? ajv.compile(strict(schema, true));
  compiled.set(schema, validate);
  validate(document);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

/** Objects that name their properties have no others, except metadata and what preserves unknown fields. */
function strict(schema: StructuralSchema, top = false): object {
  const { properties, items, additionalProperties, ...rest } = schema;
  const open =
    schema['x-kubernetes-preserve-unknown-fields'] === true ||
    schema['x-kubernetes-embedded-resource'] === true;
  return {
    ...rest,
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, child]) => [
              name,
              top && name === 'metadata' ? { type: 'object' } : strict(child),
            ]),
          ),
          ...(open ? {} : { additionalProperties: false }),
        }),
    ...(items === undefined ? {} : { items: strict(items) }),
    ...(typeof additionalProperties === 'object'
      ? { additionalProperties: strict(additionalProperties) }
      : {}),
  };
}
