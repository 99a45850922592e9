import { expect, it } from 'vitest';
import { readManifestText } from '#manifests/read/read.ts';
import { checkIdentities } from '#validate/graph/identity.ts';
import { store } from '../schemas.ts';

const schemas = store();

const object = (apiVersion: string, kind: string, metadata: string) =>
  `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { ${metadata} } }`;
const read = (...documents: readonly string[]) =>
  readManifestText(documents.join('\n---\n'), 'ship.yaml').manifests;

it('names both places of one object', () => {
  const manifests = read(
    object('apps/v1', 'Deployment', 'name: web, namespace: tideline'),
    object('apps/v1beta1', 'Deployment', 'name: web, namespace: tideline'),
  );
  expect(checkIdentities(manifests, schemas).findings).toMatchObject([
    {
      code: 'manifest-duplicate',
      severity: 'error',
      pointer: '/metadata/name',
      origin: { file: 'ship.yaml', line: 3 },
      args: { identity: 'Deployment tideline/web', other: 'ship.yaml:1:54' },
    },
  ]);
});

it('tells apart what the API server tells apart', () => {
  const manifests = read(
    object('apps/v1', 'Deployment', 'name: web, namespace: tideline'),
    object('apps/v1', 'Deployment', 'name: web, namespace: harbour'),
    object('apps/v1', 'Deployment', 'name: web'),
    object('extensions/v1beta1', 'Deployment', 'name: web, namespace: tideline'),
    object('apps/v1', 'StatefulSet', 'name: web, namespace: tideline'),
  );
  expect(checkIdentities(manifests, schemas).findings).toEqual([]);
});

it.each([
  [
    'an empty namespace and none',
    object('v1', 'ConfigMap', 'name: berths, namespace: ""'),
    object('v1', 'ConfigMap', 'name: berths'),
  ],
  [
    'a namespace on what has none',
    object('v1', 'Namespace', 'name: tideline, namespace: harbour'),
    object('v1', 'Namespace', 'name: tideline'),
  ],
  [
    'two namespaces on what has none',
    object('storage.k8s.io/v1', 'StorageClass', 'name: gp3, namespace: a'),
    object('storage.k8s.io/v1', 'StorageClass', 'name: gp3, namespace: b'),
  ],
  [
    'two namespaces on what has none, in a version that is gone',
    object('storage.k8s.io/v1beta1', 'StorageClass', 'name: gp3, namespace: a'),
    object('storage.k8s.io/v1', 'StorageClass', 'name: gp3'),
  ],
])('%s are one object', (_, one, other) => {
  expect(checkIdentities(read(one, other), schemas).findings).toHaveLength(1);
});
