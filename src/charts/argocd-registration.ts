import { KubeRole, KubeRoleBinding } from 'cdk8s-plus-30/lib/imports/k8s.js';
import { ProviderConfig, ProviderConfigSpecCredentialsSource } from '#imports/kubernetes.crossplane.io.ts';
import { DeploymentRuntimeConfig, Provider as ProviderPackage } from '#imports/pkg.crossplane.io.ts';
import { ARGOCD_NAMESPACE, CROSSPLANE_NAMESPACE } from '#model/names.ts';
import { KUBERNETES_PROVIDER_CONFIG } from '#platform/wiring.ts';
import { metadata } from './annotations.ts';
import { KUBERNETES_PROVIDER } from './crossplane-packages.ts';
import type { Folder } from './folder.ts';

/**
 * Lets a composition tell Argo CD of its cluster: the provider for Kubernetes itself, which may write secrets where
 * Argo CD looks for clusters, and do nothing else. Any secret of that namespace: a hub's file doesn't say which clusters
 * other files give it.
 */
export function argocdRegistration(folder: Folder, isHub: boolean): void {
  const cause = isHub ? { pointer: '/spec/delivery/hub' } : { pointer: '/spec/cluster/argoCd' };
  const { name, image } = KUBERNETES_PROVIDER;
  folder.add(
    DeploymentRuntimeConfig,
    {
      metadata: metadata({ name }, { wave: 'crossplane' }),
      // A name of its own instead of one that ends in the revision, so that a role can be bound to it.
      spec: { serviceAccountTemplate: { metadata: { name } } },
    },
    cause,
  );
  folder.add(
    ProviderPackage,
    {
      metadata: metadata({ name }, { wave: 'packages', isKept: true }),
      spec: {
        package: image,
        runtimeConfigRef: { apiVersion: 'pkg.crossplane.io/v1beta1', kind: 'DeploymentRuntimeConfig', name },
      },
    },
    cause,
  );
  const role = { name: `crossplane-${name}`, namespace: ARGOCD_NAMESPACE };
  folder.add(
    KubeRole,
    {
      metadata: metadata(role, { wave: 'packages' }),
      rules: [
        { apiGroups: [''], resources: ['secrets'], verbs: ['get', 'create', 'update', 'patch', 'delete'] },
      ],
    },
    cause,
  );
  folder.add(
    KubeRoleBinding,
    {
      metadata: metadata(role, { wave: 'packages' }),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: role.name },
      subjects: [{ kind: 'ServiceAccount', name, namespace: CROSSPLANE_NAMESPACE }],
    },
    cause,
  );
  folder.add(
    ProviderConfig,
    {
      metadata: metadata(
        { name: KUBERNETES_PROVIDER_CONFIG },
        { wave: 'providerConfigs', isKept: true, isLate: true },
      ),
      spec: { credentials: { source: ProviderConfigSpecCredentialsSource.INJECTED_IDENTITY } },
    },
    cause,
  );
}
