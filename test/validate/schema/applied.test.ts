import { describe, expect, it } from 'vitest';
import { readManifestText } from '#manifests/read/read.ts';
import { checkSchemas } from '#validate/schema/check.ts';
import { crdsIn } from '#validate/schema/documents.ts';
import { withCrds } from '#validate/schema/store.ts';
import { store } from '../schemas.ts';

/** Changes of what is there, as server-side apply makes them. The mutation test holds them against the API server. */

const read = (object: object) => readManifestText(JSON.stringify(object), 'ship.yaml').manifests;

const text = { type: 'string' };
const map = { type: 'object', additionalProperties: text };
const crd = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'voyages.applied.tideline.example' },
  spec: {
    group: 'applied.tideline.example',
    scope: 'Namespaced',
    names: { kind: 'Voyage', plural: 'voyages' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                properties: {
                  crew: map,
                  whole: { ...map, 'x-kubernetes-map-type': 'atomic' },
                  nothing: { ...map, nullable: true },
                  agent: { ...map, default: { port: 'NLRTM' } },
                  route: { type: 'object', properties: { by: { ...text, default: 'sea' }, to: text } },
                  ports: { type: 'array', items: text },
                  flags: { type: 'array', items: text, 'x-kubernetes-list-type': 'set' },
                  calls: {
                    type: 'array',
                    'x-kubernetes-list-type': 'map',
                    'x-kubernetes-list-map-keys': ['port'],
                    items: { type: 'object', required: ['port'], properties: { port: text, tugs: map } },
                  },
                },
              },
            },
          },
        },
      },
    ],
  },
};
const schemas = withCrds(store(), crdsIn(read(crd), store()).crds);

const found = (object: object, former: object) =>
  checkSchemas(read(object), schemas, { previous: () => former }).findings.map(
    ({ code, severity, pointer }) => `${severity} ${code} ${pointer}`,
  );

const voyage = (spec: object) => ({
  apiVersion: 'applied.tideline.example/v1',
  kind: 'Voyage',
  metadata: { name: 'a', namespace: 'tideline' },
  spec,
});
const change = (former: object, spec: object) => found(voyage(spec), voyage(former));
const CALL = { port: 'NLRTM', tugs: { smit: '1' } };

describe('what was emptied', () => {
  it.each([
    ['/spec/crew', { crew: { pilot: 'a' } }, { crew: {} }],
    ['/spec/flags', { flags: ['a'] }, { flags: [] }],
    ['/spec/calls', { calls: [CALL] }, { calls: [] }],
    ['/spec/calls/0/tugs', { calls: [CALL] }, { calls: [{ port: 'NLRTM', tugs: {} }] }],
  ])('%s becomes null, which is refused', (pointer, former, spec) => {
    expect(change(former, spec)).toEqual([`error schema-emptied ${pointer}`]);
  });

  it.each([
    ['gone altogether', { crew: { pilot: 'a' } }, {}],
    ['empty before', { crew: {} }, { crew: {} }],
    ['new', {}, { crew: {} }],
    ['replaced as a whole', { whole: { a: 'b' } }, { whole: {} }],
    ['a list that is replaced as a whole', { ports: ['a'] }, { ports: [] }],
    ['allowed to be null', { nothing: { a: 'b' } }, { nothing: {} }],
    ['given a default', { agent: { a: 'b' } }, { agent: {} }],
    ['filled with defaults', { route: { to: 'NLRTM' } }, { route: {} }],
    ['of another item', { calls: [CALL] }, { calls: [{ port: 'DEHAM', tugs: {} }] }],
  ])('is right where it is %s', (_, former, spec) => {
    expect(change(former, spec)).toEqual([]);
  });
});

describe('items that can not be told apart', () => {
  const account = (secrets: readonly object[]) => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'a', namespace: 'tideline' },
    secrets,
  });
  const one = account([{ name: 'token' }]);
  const twice = account([{ name: 'token' }, { name: 'token' }]);

  it('are refused in a change, and a warning in a new object', () => {
    expect(found(twice, one)).toEqual(['error schema-duplicate-item /secrets/1']);
    expect(found(account([{}]), one)).toEqual(['error schema-required /secrets/0/name']);
    const anew = (object: object) =>
      checkSchemas(read(object), schemas).findings.map(({ code, severity }) => `${severity} ${code}`);
    expect(anew(twice)).toEqual(['warning schema-duplicate-item']);
    expect(anew(account([{}]))).toEqual(['warning schema-required']);
    expect(anew(one)).toEqual([]);
  });
});
