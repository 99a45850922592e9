import { beforeAll, describe, expect, it } from 'vitest';
import { readManifestText } from '#manifests/read/read.ts';
import { checkSchemas } from '#validate/schema/check.ts';
import { crdsIn } from '#validate/schema/documents.ts';
import { withCrds } from '#validate/schema/store.ts';
import { store } from '../validate/schemas.ts';
import { define, KUBECONFIG, steps, tryCreate } from './api-server.ts';
import { STRUCTURE_CASES } from './structure-cases.ts';

/**
 * The API server as the oracle of the structure of custom resources: it refuses what plimsoll refuses, for the same
 * fields. Runs where PLIMSOLL_KUBECONFIG names the kubeconfig of a cluster that may be written to.
 */
const GROUP = 'structure.tideline.example';
const DEFINITION = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `hulls.${GROUP}` },
  spec: {
    group: GROUP,
    scope: 'Namespaced',
    names: { kind: 'Hull', plural: 'hulls', singular: 'hull', listKind: 'HullList' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                properties: Object.fromEntries(
                  Object.entries(STRUCTURE_CASES).map(([name, { schema }]) => [name, schema]),
                ),
              },
              status: { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } },
            },
          },
        },
      },
    ],
  },
};

const read = (object: object) => readManifestText(JSON.stringify(object), 'hull.json').manifests;
const base = store();
const schemas = withCrds(base, crdsIn(read(DEFINITION), base).crds);

const hull = (content: object) => ({
  apiVersion: `${GROUP}/v1`,
  kind: 'Hull',
  metadata: { name: 'ann', namespace: 'default' },
  ...content,
});

const refused = (object: object) =>
  checkSchemas(read(object), schemas).findings.filter(({ severity }) => severity === 'error');

/** Of labels and the like, the API server tells no more than where they all are. */
const place = (field: string) => steps(field).replace(/^(spec embedded metadata [a-zA-Z]+) .*/, '$1');

const CASES = Object.entries(STRUCTURE_CASES).flatMap(([name, { values }]) =>
  values.map((value) => ({ name, value, shown: JSON.stringify(value) })),
);

describe.runIf(KUBECONFIG !== '')('the API server', () => {
  beforeAll(() => define([DEFINITION]), 120_000);

  it.each(CASES)('judges $name: $shown', async ({ name, value }) => {
    const object = hull({ spec: { [name]: value } });
    const answer = await tryCreate(object, 'hulls', true);
    const ours = refused(object);
    const told = `${answer.message}\n${JSON.stringify(ours.map(({ code, pointer, args }) => ({ code, pointer, args })))}`;
    expect(ours.length === 0, told).toBe(answer.isAccepted);
    // Of alternatives, the API server tells what is wrong in each; strict decoding tells no fields.
    if (['anyOf', 'oneOf', 'not', 'intOrString'].includes(name) || answer.fields.length === 0) return;
    const places = new Set(ours.map(({ pointer = '' }) => place(pointer)));
    expect([...places].sort(), told).toEqual([...new Set(answer.fields.map(place))].sort());
  });

  it.each([{ a: 'x' }, {}, { b: 1 }, 'x', { a: 1 }])('drops the status %j', async (status) => {
    const object = hull({ status });
    const answer = await tryCreate(object, 'hulls', true);
    expect(refused(object).length === 0, answer.message).toBe(answer.isAccepted);
  });
});
