import { expect, test } from 'vitest';
import { delivered } from '#helm/documents.ts';
import { readManifestText } from '#manifests/read/read.ts';

/** What of a chart Argo CD never prunes, whatever the chart wants of it. */
const optionsOf = (kind: string, annotations: string): unknown => {
  const text = `{ apiVersion: v1, kind: ${kind}, metadata: { name: tides, annotations: { ${annotations} } } }`;
  const [object] = delivered(readManifestText(text, 'all.yaml').manifests, 'tides', () => 'Namespaced');
  return object?.metadata.annotations?.['argocd.argoproj.io/sync-options'];
};
const KEPT = 'Prune=false,Delete=false';
const OWN = 'argocd.argoproj.io/sync-options';

test.each([
  ['CustomResourceDefinition', '', KEPT],
  ['CustomResourceDefinition', `${OWN}: "ServerSideApply=true"`, `ServerSideApply=true,${KEPT}`],
  ['CustomResourceDefinition', `${OWN}: "Prune=confirm, Replace=true"`, `Replace=true,${KEPT}`],
  ['CustomResourceDefinition', `${OWN}: ""`, KEPT],
  ['PersistentVolumeClaim', '', KEPT],
  ['ConfigMap', 'helm.sh/resource-policy: keep', KEPT],
  ['ConfigMap', 'helm.sh/resource-policy: " Keep"', KEPT],
  ['ConfigMap', 'helm.sh/resource-policy: delete', undefined],
  ['ConfigMap', `${OWN}: "Prune=confirm"`, 'Prune=confirm'],
])('%s with { %s } has %s', (kind, annotations, options) => {
  expect(optionsOf(kind, annotations)).toBe(options);
});
