import { ARGOCD_NAMESPACE } from '#model/names.ts';
import type { ComposedResource } from '../composed.ts';
import { expendable } from '../expendable.ts';
import { combine, from, required } from '../patches.ts';

/**
 * The cluster as Argo CD knows it: a Secret, in which nothing is secret, because Argo CD signs in with an IAM role.
 * https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#eks
 *
 * Wrapped into an Object of provider-kubernetes: Crossplane 1.20 can't compose things that live in a namespace
 * (a composite's `resourceRefs` have none there), and a composite in a namespace can't reach into another one.
 * imports/ has no construct of Object, whose name is JavaScript's own, so its fields are written here.
 */
export const registration = (): ComposedResource =>
  expendable({
    name: 'argocd-cluster',
    base: {
      apiVersion: 'kubernetes.crossplane.io/v1alpha2',
      kind: 'Object',
      spec: {
        forProvider: {
          manifest: {
            apiVersion: 'v1',
            kind: 'Secret',
            metadata: {
              namespace: ARGOCD_NAMESPACE,
              labels: { 'argocd.argoproj.io/secret-type': 'cluster' },
            },
            type: 'Opaque',
            stringData: {},
          },
        },
      },
    },
    patches: [
      from('spec.argoCd.providerConfigName', 'spec.providerConfigRef.name'),
      combine('%s-argocd', 'metadata.name', 'spec.name'),
      combine('cluster-%s', `${MANIFEST}.metadata.name`, 'spec.name'),
      from('spec.argoCd.name', `${MANIFEST}.stringData.name`),
      required(from('status.endpoint', `${MANIFEST}.stringData.server`)),
      required(
        combine(
          CONFIG,
          `${MANIFEST}.stringData.config`,
          'spec.name',
          'spec.argoCd.roleArn',
          'status.certificateAuthority',
        ),
      ),
    ],
  });

const MANIFEST = 'spec.forProvider.manifest';

const CONFIG = JSON.stringify({
  awsAuthConfig: { clusterName: '%[1]s', roleARN: '%[2]s' },
  tlsClientConfig: { insecure: false, caData: '%[3]s' },
});
