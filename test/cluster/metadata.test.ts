import { beforeAll, describe, expect, it } from 'vitest';
import { readManifestText } from '#manifests/read/read.ts';
import { checkSchemas } from '#validate/schema/check.ts';
import { crdsIn } from '#validate/schema/documents.ts';
import { withCrds } from '#validate/schema/store.ts';
import { store } from '../validate/schemas.ts';
import { ask, define, KUBECONFIG, tryCreate } from './api-server.ts';
import { HARBOUR, METADATA_CASES, type MetadataCase, NAMESPACE, SHIP } from './metadata-cases.ts';

/**
 * The API server as the oracle of names, labels, annotations, finalizers and owners: it refuses what plimsoll refuses,
 * and for the same field of the metadata. Runs where PLIMSOLL_KUBECONFIG names the kubeconfig of a cluster that may be
 * written to.
 */
const DEFINITIONS = [SHIP, HARBOUR].map(({ kind, plural, isNamespaced }) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${plural}.metadata.tideline.example` },
  spec: {
    group: 'metadata.tideline.example',
    scope: isNamespaced ? 'Namespaced' : 'Cluster',
    names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
  },
}));

const base = store();
const schemas = withCrds(
  base,
  crdsIn(readManifestText(JSON.stringify({ kind: 'List', items: DEFINITIONS }), 'crds').manifests, base).crds,
);

/** What plimsoll refuses: `metadata.labels`, to the part of the metadata. */
function refused(object: MetadataCase['object']): readonly string[] {
  const { manifests, findings } = readManifestText(JSON.stringify(object), 'ship.json');
  const all = [...findings, ...checkSchemas(manifests, schemas).findings];
  return parts(
    all.filter(({ severity }) => severity === 'error').map(({ pointer = '' }) => pointer.slice(1)),
    '/',
  );
}

/** Where the API server puts the name, so that it refuses it there a second time. */
const DERIVED: Readonly<Record<string, string>> = { Namespace: 'metadata.labels', Job: 'spec.template' };

const parts = (fields: readonly string[], separator: RegExp | string): readonly string[] =>
  [...new Set(fields.map((field) => field.split(separator).slice(0, 2).join('.')))].sort();

describe.runIf(KUBECONFIG !== '')('the API server', () => {
  beforeAll(async () => {
    await ask('POST', '/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: NAMESPACE },
    });
    await define(DEFINITIONS);
  }, 120_000);

  it.each(METADATA_CASES)('$name', async ({ object, plural, isNamespaced }) => {
    const answer = await tryCreate(object, plural, isNamespaced);
    const ours = refused(object);
    expect(ours.length === 0, `${answer.status} ${answer.message}\n${ours}`).toBe(answer.isAccepted);
    const theirs = parts(answer.fields, /[.[]/).filter((field) => field !== DERIVED[object.kind]);
    if (theirs.length > 0) expect(ours, answer.message).toEqual(theirs);
  });
});
