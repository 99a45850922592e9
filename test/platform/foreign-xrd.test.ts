import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crdsOfXrd } from '#platform/foreign-xrd.ts';

const berth = {
  apiVersion: 'apiextensions.crossplane.io/v1',
  kind: 'CompositeResourceDefinition',
  metadata: { name: 'xberths.harbour.tideline.example' },
  spec: {
    group: 'harbour.tideline.example',
    names: { kind: 'XBerth', plural: 'xberths' },
    claimNames: { kind: 'Berth', plural: 'berths' },
    versions: [
      {
        name: 'v1',
        served: true,
        referenceable: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              metadata: { type: 'object', properties: { name: { type: 'string', maxLength: 20 } } },
              spec: {
                type: 'object',
                required: ['length'],
                anyOf: [{ required: ['length'] }],
                properties: { length: { type: 'integer' } },
              },
            },
          },
        },
      },
    ],
  },
};

const without = (field: string) => ({
  ...berth,
  spec: Object.fromEntries(Object.entries(berth.spec).filter(([name]) => name !== field)),
});

describe('XRDs of others', () => {
  it('become the CRDs of claim and composite', () => {
    const [claim, composite] = crdsOfXrd(berth);
    expect(claim?.spec).toMatchObject({
      scope: 'Namespaced',
      names: { kind: 'Berth', singular: 'berth', listKind: 'BerthList' },
    });
    expect(composite?.spec).toMatchObject({ scope: 'Cluster', names: { kind: 'XBerth' } });
  });

  it('keep of the schema what Crossplane keeps', () => {
    const properties = crdsOfXrd(berth)[0]?.spec.versions[0]?.schema.openAPIV3Schema.properties;
    expect(properties?.['spec']?.required).toEqual(['length']);
    expect(properties?.['spec']).not.toHaveProperty('anyOf');
    expect(properties?.['metadata']?.properties?.['name']?.['maxLength']).toBe(20);
    expect(properties?.['spec']?.properties?.['compositeDeletePolicy']?.['default']).toBe('Background');
  });

  it('need not offer a claim', () => {
    expect(crdsOfXrd(without('claimNames')).map(({ spec }) => spec.names.kind)).toEqual(['XBerth']);
  });

  it.each([
    ['no XRD', { ...berth, kind: 'ConfigMap' }],
    ['claims in version v2', { ...berth, apiVersion: 'apiextensions.crossplane.io/v2' }],
    ['claims of a namespaced composite', { ...berth, spec: { ...berth.spec, scope: 'Namespaced' } }],
    ['no versions', without('versions')],
    ['no names', without('names')],
  ])('%s gives nothing', (_, document) => {
    expect(crdsOfXrd(document)).toEqual([]);
  });

  it('whatever they are, nothing is thrown', () => {
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        expect(crdsOfXrd(anything)).toEqual([]);
        crdsOfXrd({ ...berth, spec: { ...berth.spec, versions: anything } });
      }),
    );
  });
});
