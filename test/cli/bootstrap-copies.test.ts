import { expect, test } from 'vitest';
import { withoutCopies } from '#cli/bootstrap-copies.ts';
import { clusters } from '#cli/cluster-of.ts';
import { readManifestText } from '#manifests/read/read.ts';

const project = (file: string, description: string) =>
  readManifestText(
    `{ apiVersion: argoproj.io/v1alpha1, kind: AppProject, metadata: { name: platform, namespace: argocd }, spec: { description: ${description} } }`,
    file,
  ).manifests;
const original = project('dist/production/argocd/appproject.argoproj.io_argocd_platform.yaml', 'Ships');

test('a copy in the file that begins an environment is judged where it comes from', () => {
  const copy = project('dist/bootstrap/production.yaml', 'Ships');
  expect(withoutCopies([...copy, ...original])).toEqual(original);
});

test('one that differs stays, and goes to the same cluster', () => {
  const other = project('dist/bootstrap/production.yaml', 'Boats');
  const manifests = [...other, ...original];
  expect(withoutCopies(manifests)).toEqual(manifests);
  expect(manifests.map(clusters(manifests).clusterOf)).toEqual(['dist/production', 'dist/production']);
});

test.each([
  'dist/bootstrap/staging.yaml',
  'dist/production/bootstrap/production.yaml',
  'bootstrap/production.yaml',
  'elsewhere/platform.yaml',
])('the same in %s is none', (file) => {
  const manifests = [...project(file, 'Ships'), ...original];
  expect(withoutCopies(manifests)).toEqual(manifests);
});
