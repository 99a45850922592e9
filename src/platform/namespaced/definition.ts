import { type Json, jsonOf, type KubernetesDocument, listOf, textOf } from './json.ts';

/** Fields of version 1 that say how claims and their secrets are made, and that version 2 knows no more. */
const CLAIMS = new Set(['claimNames', 'connectionSecretKeys', 'defaultCompositeDeletePolicy', 'names']);

/**
 * An XRD of version 1 -> one of version 2 whose composites live in namespaces, by the names that the claims had.
 * Crossplane writes no connection secret for those: the function composes it, by the name that a field of the spec
 * says, which the schema declares here.
 * https://docs.crossplane.io/latest/composition/composite-resource-definitions/
 */
export function namespacedDefinition(definition: KubernetesDocument): KubernetesDocument {
  const { metadata, spec, ...rest } = definition;
  const given = jsonOf(spec);
  const names = jsonOf(given['claimNames'] ?? given['names']);
  const kept = Object.entries(given).filter(([field]) => !CLAIMS.has(field));
  const hasSecret = listOf(given['connectionSecretKeys']).length > 0;
  return {
    ...rest,
    apiVersion: 'apiextensions.crossplane.io/v2',
    metadata: { ...metadata, name: `${textOf(names['plural'])}.${textOf(given['group'])}` },
    spec: {
      ...Object.fromEntries(kept),
      scope: 'Namespaced',
      names,
      versions: listOf(given['versions']).map((version) =>
        hasSecret ? withSecret(jsonOf(version)) : version,
      ),
    },
  };
}

function withSecret(version: Json): Json {
  const schema = jsonOf(jsonOf(version['schema'])['openAPIV3Schema']);
  const properties = jsonOf(schema['properties']);
  const spec = jsonOf(properties['spec']);
  return {
    ...version,
    schema: {
      ...jsonOf(version['schema']),
      openAPIV3Schema: {
        ...schema,
        properties: {
          ...properties,
          spec: {
            ...spec,
            properties: { ...jsonOf(spec['properties']), writeConnectionSecretToRef: SECRET },
          },
        },
      },
    },
  };
}

const SECRET = {
  type: 'object',
  description: 'Secret with the connection details, in the same namespace.',
  required: ['name'],
  properties: { name: { type: 'string', maxLength: 253, description: 'Name of the secret.' } },
};
