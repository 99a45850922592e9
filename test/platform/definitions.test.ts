import { describe, expect, it } from 'vitest';
import { claimCrd, compositeCrd } from '#platform/crd.ts';
import { platformDefinitions } from '#platform/definitions.ts';
import { type StructuralSchema, structural } from '#platform/structural.ts';
import { compositeResourceDefinition } from '#platform/xrd.ts';
import { objections, schemaOf } from './schemas.ts';

/** Fields that Crossplane adds by itself; a definition that has them would be overwritten. */
const RESERVED = [
  'compositionRef',
  'compositionSelector',
  'compositionRevisionRef',
  'compositionRevisionSelector',
  'compositionUpdatePolicy',
  'compositeDeletePolicy',
  'resourceRef',
  'resourceRefs',
  'claimRef',
  'writeConnectionSecretToRef',
  'publishConnectionDetailsTo',
];

interface Node {
  readonly path: string;
  readonly schema: StructuralSchema;
  readonly isRequired: boolean;
}

function nodes(schema: StructuralSchema, path = '', isRequired = true): readonly Node[] {
  const { properties = {}, items, additionalProperties } = schema;
  return [
    { path, schema, isRequired },
    ...Object.entries(properties).flatMap(([name, child]) =>
      nodes(child, `${path}/${name}`, schema.required?.includes(name) ?? false),
    ),
    ...(items === undefined ? [] : nodes(items, `${path}/*`)),
    ...(additionalProperties === undefined ? [] : nodes(additionalProperties, `${path}/*`)),
  ];
}

const names = (found: readonly Node[]) => found.map(({ path }) => path);

describe.each(platformDefinitions.map((definition) => ({ kind: definition.kind, definition })))(
  '$kind',
  ({ definition }) => {
    const xrd = compositeResourceDefinition(definition);
    const spec = structural(definition.spec);
    const all = nodes(spec, '/spec');

    it('makes an XRD that the CRD of XRDs accepts', () => {
      expect(objections(schemaOf(xrd.apiVersion, xrd.kind), xrd)).toEqual([]);
    });

    it('has names of which the composite and the claim share none', () => {
      const { names, claimNames } = xrd.spec;
      expect(xrd.metadata.name).toBe(`${names.plural}.${xrd.spec.group}`);
      for (const name of ['kind', 'plural', 'singular', 'listKind'] as const)
        expect(names[name]).not.toBe(claimNames[name]);
    });

    it('uses no field that belongs to Crossplane', () => {
      expect(Object.keys(spec.properties ?? {}).filter((name) => RESERVED.includes(name))).toEqual([]);
      expect(Object.keys(definition.status.properties)).not.toContain('conditions');
      expect(Object.keys(definition.status.properties)).not.toContain('connectionDetails');
    });

    it('is structural: every part has a type', () => {
      const parts = [...all, ...nodes(structural(definition.status), '/status')];
      expect(names(parts.filter(({ schema }) => schema.type === undefined))).toEqual([]);
      expect(
        names(
          parts.filter(
            ({ schema }) => schema.properties !== undefined && schema.additionalProperties !== undefined,
          ),
        ),
      ).toEqual([]);
    });

    it('bounds every string, list, map and number, which the cost of CEL depends on too', () => {
      const unbounded = all.filter(({ schema }) => {
        if (schema.enum !== undefined) return false;
        if (schema.type === 'string') return schema['maxLength'] === undefined;
        if (schema.type === 'array') return schema['maxItems'] === undefined;
        if (schema.type === 'integer')
          return schema['minimum'] === undefined || schema['maximum'] === undefined;
        return schema.additionalProperties !== undefined && schema['maxProperties'] === undefined;
      });
      expect(names(unbounded)).toEqual([]);
    });

    it('describes every field', () => {
      const bare = all.filter(({ path, schema }) => !path.endsWith('/*') && schema.description === undefined);
      expect(names(bare)).toEqual([]);
    });

    it('puts rules about change only where the field can neither appear nor vanish', () => {
      const loose = all.filter(
        ({ schema, isRequired }) =>
          !isRequired && JSON.stringify(schema['x-kubernetes-validations'] ?? []).includes('self == oldSelf'),
      );
      expect(names(loose)).toEqual([]);
    });

    it('makes CRDs that Kubernetes accepts in shape', () => {
      for (const crd of [claimCrd(xrd), compositeCrd(xrd)]) {
        const [version] = crd.spec.versions;
        const schema = version?.schema.openAPIV3Schema ?? {};
        expect(version).toMatchObject({ name: 'v1alpha1', served: true, storage: true });
        expect(schema.properties?.['spec']?.required).toEqual(spec.required);
        expect(schema.properties?.['spec']?.['x-kubernetes-validations']).toEqual(
          spec['x-kubernetes-validations'],
        );
        expect(schema.properties?.['status']?.properties).toHaveProperty('conditions');
      }
    });
  },
);

describe('the CRDs that Crossplane makes of an XRD', () => {
  const xrd = compositeResourceDefinition(platformDefinitions[0] ?? expect.fail());
  const fields = (schema: StructuralSchema | undefined) =>
    Object.keys(schema?.properties?.['spec']?.properties ?? {}).filter((name) => RESERVED.includes(name));

  it('gives the claim its machinery', () => {
    const { spec } = claimCrd(xrd);
    expect(spec.scope).toBe('Namespaced');
    expect(fields(spec.versions[0]?.schema.openAPIV3Schema).sort()).toEqual([
      'compositeDeletePolicy',
      'compositionRef',
      'compositionRevisionRef',
      'compositionRevisionSelector',
      'compositionSelector',
      'compositionUpdatePolicy',
      'resourceRef',
      'writeConnectionSecretToRef',
    ]);
    const properties = spec.versions[0]?.schema.openAPIV3Schema.properties?.['spec']?.properties;
    expect(properties?.['compositeDeletePolicy']?.['default']).toBe('Foreground');
    expect(properties?.['compositionUpdatePolicy']).not.toHaveProperty('default');
  });

  it('gives the composite its machinery', () => {
    const { spec } = compositeCrd(xrd);
    expect(spec.scope).toBe('Cluster');
    expect(fields(spec.versions[0]?.schema.openAPIV3Schema).sort()).toEqual([
      'claimRef',
      'compositionRef',
      'compositionRevisionRef',
      'compositionRevisionSelector',
      'compositionSelector',
      'compositionUpdatePolicy',
      'resourceRefs',
      'writeConnectionSecretToRef',
    ]);
    const properties = spec.versions[0]?.schema.openAPIV3Schema.properties?.['spec']?.properties;
    expect(properties?.['compositionUpdatePolicy']?.['default']).toBe('Automatic');
    expect(properties?.['writeConnectionSecretToRef']?.required).toEqual(['name', 'namespace']);
  });
});
