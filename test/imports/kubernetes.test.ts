import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Fetched } from '../../src/imports/fetch.ts';
import { type KubernetesApi, mergeKubernetesApi } from '../../src/imports/kubernetes.ts';
import { CORE, coreDocument, lock } from './fleet.ts';

function document(content: unknown): Fetched {
  const source = lock().sources['kubernetes-1.34'];
  if (source === undefined) throw new Error('the fixture has a source');
  const text = JSON.stringify(content);
  return { file: { source: 'kubernetes-1.34', file: CORE, sha256: '' }, source, text, sha256: '' };
}

describe('the API of a Kubernetes minor', () => {
  it('knows what can be applied, and where', () => {
    expect(mergeKubernetesApi([document(coreDocument)]).value?.index).toEqual({
      v1: {
        Namespace: { definition: 'core.Namespace', plural: 'namespaces', scope: 'Cluster' },
        Pod: { definition: 'core.Pod', plural: 'pods', scope: 'Namespaced' },
      },
    });
  });

  it('keeps real defaults and loses zero values and prose', () => {
    expect(mergeKubernetesApi([document(coreDocument)]).value?.definitions['core.Pod']).toEqual({
      type: 'object',
      properties: {
        spec: { $ref: '#/definitions/core.PodSpec' },
        protocol: { type: 'string', default: 'TCP' },
      },
    });
  });

  it('refuses two documents that disagree, and what is no OpenAPI document', () => {
    const other = structuredClone(coreDocument);
    other.components.schemas['core.PodSpec'].properties.description.default = 'changed';
    expect(mergeKubernetesApi([document(coreDocument), document(other)]).value).toBeUndefined();
    expect(mergeKubernetesApi([document([])]).problems.map(({ code }) => code)).toEqual(['source-unusable']);
  });
});

const folder = new URL('../../imports/schemas/kubernetes/', import.meta.url);
describe.each(['1.30', '1.33', '1.34', '1.35'])('the committed API of Kubernetes %s', (minor) => {
  const read = (name: string): unknown =>
    JSON.parse(fs.readFileSync(new URL(`${minor}/${name}.json`, folder), 'utf8'));
  const { index, definitions } = { index: read('index'), definitions: read('definitions') } as KubernetesApi;

  it('has a definition behind every kind and every reference', () => {
    const references = [...JSON.stringify(definitions).matchAll(/"\$ref":"#\/definitions\/([^"]+)"/g)];
    const kinds = Object.values(index).flatMap((group) => Object.values(group));
    const named = [...references.map(([, name]) => name ?? ''), ...kinds.map(({ definition }) => definition)];
    expect(references.length).toBeGreaterThan(500);
    expect(named.filter((name) => !Object.hasOwn(definitions, name))).toEqual([]);
    expect(JSON.stringify(definitions)).not.toContain('#/components');
  });

  it.each([
    ['v1', 'Namespace', 'Cluster'],
    ['v1', 'Pod', 'Namespaced'],
    ['v1', 'PersistentVolume', 'Cluster'],
    ['apps/v1', 'Deployment', 'Namespaced'],
    ['autoscaling/v2', 'HorizontalPodAutoscaler', 'Namespaced'],
    ['networking.k8s.io/v1', 'IngressClass', 'Cluster'],
    ['storage.k8s.io/v1', 'StorageClass', 'Cluster'],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole', 'Cluster'],
    ['admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', 'Cluster'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'Cluster'],
  ])('knows %s %s', (apiVersion, kind, scope) => {
    expect(index[apiVersion]?.[kind]?.scope).toBe(scope);
  });

  it('knows nothing that cannot be applied', () => {
    const kinds = Object.values(index).flatMap((group) => Object.keys(group));
    expect(
      kinds.filter((kind) => /List$|^(Status|DeleteOptions|Scale|Eviction|WatchEvent)$/.test(kind)),
    ).toEqual([]);
  });
});
