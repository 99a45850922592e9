import { describe, expect, it } from 'vitest';
import { readCustomKind } from '../../src/imports/custom-kind.ts';
import { lock, sum, VESSEL, vesselYaml } from './fleet.ts';

function read(text: string) {
  const { sources } = lock();
  const source = sources['fleet'];
  if (source === undefined) throw new Error('the fixture has a source');
  const sha256 = sum(text);
  return readCustomKind({ file: { source: 'fleet', file: VESSEL, sha256 }, source, text, sha256 });
}

describe('a custom kind', () => {
  it('keeps what validates and loses the prose, but no property that is called like it', () => {
    const version = read(vesselYaml).value?.versions.find(({ storage }) => storage);
    expect(version?.schema).toEqual({
      type: 'object',
      required: ['spec'],
      properties: {
        spec: {
          type: 'object',
          required: ['draught'],
          'x-kubernetes-validations': [{ rule: 'self.draught < 20', message: 'too deep' }],
          properties: {
            draught: { type: 'integer' },
            description: { type: 'string', default: { description: 'kept' } },
          },
        },
        status: { type: 'object', properties: { berth: { type: 'string' } } },
      },
    });
  });

  it('keeps every version with its state', () => {
    const versions = read(vesselYaml).value?.versions.map(({ schema: _, ...state }) => state);
    expect(versions).toEqual([
      { name: 'v1alpha1', served: true, storage: false, deprecated: true },
      { name: 'v1', served: true, storage: true, deprecated: false },
    ]);
  });

  it.each([
    ['a group that leads out of the folder', vesselYaml.replace('group: fleet', 'group: ../fleet')],
    ['a group that is a prototype', vesselYaml.replace('group: fleet.tideline.example', 'group: __proto__')],
    ['a kind that leads out of the folder', vesselYaml.replace('kind: Vessel', 'kind: ../Vessel')],
    ['a version that is code', vesselYaml.replace('name: v1\n', 'name: v1;process.exit()\n')],
    ['a scope that there is not', vesselYaml.replace('scope: Namespaced', 'scope: Harbour')],
    ['a version without schema', vesselYaml.replace('openAPIV3Schema: {', 'schema: {')],
    ['another kind', vesselYaml.replace('kind: CustomResourceDefinition', 'kind: ConfigMap')],
    ['two documents', `${vesselYaml}---${vesselYaml}`],
    ['an alias', `${vesselYaml}\nbomb: [&a 1, *a]`],
    ['broken YAML', 'a: [1'],
    ['nothing', ''],
  ])('refuses %s', (_, text) => {
    const { value, problems } = read(text);
    expect(value).toBeUndefined();
    expect(problems.map(({ code }) => code)).toEqual(['source-unusable']);
  });

  it('sets no prototype', () => {
    const { value } = read(
      vesselYaml.replace('draught: {', '__proto__: { type: string }\n                draught: {'),
    );
    const schema = JSON.stringify(value?.versions[1]?.schema);
    expect(schema).toContain('"__proto__":{"type":"string"}');
    expect(Object.hasOwn(Object.prototype, 'type')).toBe(false);
  });
});
