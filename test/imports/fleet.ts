import { createHash } from 'node:crypto';
import type { Lock, SourceFile } from '../../src/imports/lock.ts';

/** A small upstream project of the shipping line: one custom kind, one Kubernetes group version. */

export const VESSEL = 'fleet.tideline.example_vessels.yaml';
export const CORE = 'api/v1.json';

export const vesselYaml = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: vessels.fleet.tideline.example }
spec:
  group: fleet.tideline.example
  names: { kind: Vessel, plural: vessels }
  scope: Namespaced
  versions:
    - name: v1alpha1
      served: true
      storage: false
      deprecated: true
      schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object } } } }
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          description: Prose.
          type: object
          required: [spec]
          properties:
            spec:
              type: object
              description: Prose.
              required: [draught]
              x-kubernetes-validations: [{ rule: self.draught < 20, message: too deep }]
              properties:
                draught: { type: integer, description: Prose. }
                description: { type: string, default: { description: kept } }
            status: { type: object, properties: { berth: { type: string } } }
`;

const kind = (name: string) => ({ group: '', version: 'v1', kind: name });
export const coreDocument = {
  openapi: '3.0.0',
  paths: {
    '/api/v1/namespaces': { post: { 'x-kubernetes-group-version-kind': kind('Namespace') } },
    '/api/v1/pods': { get: { 'x-kubernetes-group-version-kind': kind('Pod') } },
    '/api/v1/namespaces/{namespace}/pods': { post: { 'x-kubernetes-group-version-kind': kind('Pod') } },
    '/api/v1/namespaces/{namespace}/pods/{name}/eviction': {
      post: { 'x-kubernetes-group-version-kind': kind('Eviction') },
    },
  },
  components: {
    schemas: {
      'core.Namespace': { type: 'object', 'x-kubernetes-group-version-kind': [kind('Namespace')] },
      'core.NamespaceList': { type: 'object', 'x-kubernetes-group-version-kind': [kind('NamespaceList')] },
      'core.Pod': {
        type: 'object',
        'x-kubernetes-group-version-kind': [kind('Pod')],
        properties: {
          spec: {
            description: 'Prose.',
            allOf: [{ $ref: '#/components/schemas/core.PodSpec' }],
            default: {},
          },
          protocol: { type: 'string', default: 'TCP' },
        },
      },
      'core.PodSpec': { type: 'object', properties: { description: { type: 'string', default: '' } } },
      'core.Eviction': { type: 'object', 'x-kubernetes-group-version-kind': [kind('Eviction')] },
    },
  },
};

export const sum = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Mirror path -> content, as the lock below expects it. */
export const mirror = (): Map<string, string> =>
  new Map([
    [`crds/fleet/${VESSEL}`, vesselYaml],
    [`openapi/1.34/${CORE}`, JSON.stringify(coreDocument)],
  ]);

export function lock(...more: readonly SourceFile[]): Lock {
  return {
    sources: {
      fleet: {
        repository: 'tideline/fleet',
        version: 'v1.2.3',
        commit: 'a'.repeat(40),
        licence: 'Apache-2.0',
        url: 'https://sources.tideline.example/fleet/{commit}/{file}',
        mirror: 'crds/fleet/{file}',
      },
      'kubernetes-1.34': {
        repository: 'tideline/kubernetes',
        version: 'v1.34.0',
        commit: 'b'.repeat(40),
        licence: 'Apache-2.0',
        url: 'https://sources.tideline.example/kubernetes/{commit}/{file}',
        mirror: 'openapi/1.34/{file}',
        kubernetes: '1.34',
      },
    },
    files: [
      { source: 'fleet', file: VESSEL, sha256: sum(vesselYaml), constructs: true },
      { source: 'kubernetes-1.34', file: CORE, sha256: sum(JSON.stringify(coreDocument)) },
      ...more,
    ],
    generated: { from: '', files: {} },
  };
}
