import { expect, test } from 'vitest';
import { delivered } from '#helm/documents.ts';
import { readManifestText } from '#manifests/read/read.ts';

/** What of a chart Argo CD never prunes, whatever the chart wants of it. */
const optionsOf = (of: string, annotations: string): unknown => {
  const [kind = '', apiVersion = 'v1'] = of.split(' of ');
  const text = `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: tides, annotations: { ${annotations} } } }`;
  const [object] = delivered(readManifestText(text, 'all.yaml').manifests, 'tides', () => 'Namespaced');
  return object?.metadata.annotations?.['argocd.argoproj.io/sync-options'];
};
const CRD = 'CustomResourceDefinition of apiextensions.k8s.io/v1';
const KEPT = 'Prune=false,Delete=false';
const OWN = 'argocd.argoproj.io/sync-options';

test.each([
  [CRD, '', KEPT],
  [CRD, `${OWN}: "ServerSideApply=true"`, `ServerSideApply=true,${KEPT}`],
  [CRD, `${OWN}: "Prune=confirm, Replace=true"`, `Replace=true,${KEPT}`],
  [CRD, `${OWN}: ""`, KEPT],
  ['PersistentVolumeClaim', '', KEPT],
  ['PersistentVolumeClaim of storage.example.org/v1', '', undefined],
  ['ConfigMap', 'helm.sh/resource-policy: keep', KEPT],
  ['ConfigMap', 'helm.sh/resource-policy: " Keep"', KEPT],
  ['ConfigMap', 'helm.sh/resource-policy: delete', undefined],
  ['ConfigMap', `${OWN}: "Prune=confirm"`, 'Prune=confirm'],
])('%s with { %s } has %s', (of, annotations, options) => {
  expect(optionsOf(of, annotations)).toBe(options);
});
