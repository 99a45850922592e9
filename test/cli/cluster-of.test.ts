import { expect, test } from 'vitest';
import { clusters } from '#cli/cluster-of.ts';
import { readManifestText } from '#manifests/read/read.ts';

const service = (file: string) =>
  readManifestText('{ apiVersion: v1, kind: Service, metadata: { name: api, namespace: tideline } }', file)
    .manifests;

test('each environment of our own layout is a cluster, with whatever else lies in it', () => {
  const manifests = [
    'dist/production/service-api/service_tideline_api.yaml',
    'dist/production/service-api/renamed.yaml',
    'dist/production/stray.yaml',
    'dist/staging/service-api/service_tideline_api.yaml',
    'elsewhere/api.yaml',
  ].flatMap(service);
  expect(manifests.map(clusters(manifests).clusterOf)).toEqual([
    'dist/production',
    'dist/production',
    'dist/production',
    'dist/staging',
    '',
  ]);
});
