import type { KubernetesDocument } from './json.ts';

/**
 * A ProviderConfig, which no namespace holds -> a ClusterProviderConfig, which no namespace holds either. (A namespaced
 * ProviderConfig would need its secret in the product's namespace, where every service could name it.)
 */
export const namespacedProviderConfig = (
  config: KubernetesDocument,
  apiVersion: string,
): KubernetesDocument => ({ ...config, apiVersion, kind: CLUSTER_PROVIDER_CONFIG });

export const CLUSTER_PROVIDER_CONFIG = 'ClusterProviderConfig';
