import { expect, it } from 'vitest';
import { readManifestText } from '#manifests/read/read.ts';
import { checkIdentities } from '#validate/graph/identity.ts';

const object = (apiVersion: string, kind: string, metadata: string) =>
  `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { ${metadata} } }`;
const read = (...documents: readonly string[]) =>
  readManifestText(documents.join('\n---\n'), 'ship.yaml').manifests;

it('names both places of one object', () => {
  const manifests = read(
    object('apps/v1', 'Deployment', 'name: web, namespace: tideline'),
    object('apps/v1beta1', 'Deployment', 'name: web, namespace: tideline'),
  );
  expect(checkIdentities(manifests).findings).toMatchObject([
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
  expect(checkIdentities(manifests).findings).toEqual([]);
});

it('judges each cluster by itself where there are several', () => {
  const staging = read(object('v1', 'Namespace', 'name: tideline'));
  const production = read(object('v1', 'Namespace', 'name: tideline'));
  const all = [...staging, ...production];
  expect(checkIdentities(all).findings).toHaveLength(1);
  expect(
    checkIdentities(all, (manifest) => (staging.includes(manifest) ? 'staging' : 'production')).findings,
  ).toEqual([]);
});
