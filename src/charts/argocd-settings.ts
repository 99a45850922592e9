import { KubeConfigMap } from 'cdk8s-plus-30/lib/imports/k8s.js';
import { ARGOCD_NAMESPACE, PLATFORM_GROUP } from '#model/names.ts';
import { metadata } from './annotations.ts';
import { APPLICATION_HEALTH, CROSSPLANE_HEALTH } from './argocd-health.ts';
import type { Folder } from './folder.ts';

/**
 * What Argo CD must be told so that waves wait for the right things. Server-side apply adds these keys to the
 * ConfigMap of Argo CD's installation and leaves the others alone.
 */
export function argocdSettings(folder: Folder, pointer: string): void {
  folder.add(
    KubeConfigMap,
    {
      metadata: metadata(
        {
          name: 'argocd-cm',
          namespace: ARGOCD_NAMESPACE,
          // Argo CD ignores a ConfigMap without it.
          labels: { 'app.kubernetes.io/name': 'argocd-cm', 'app.kubernetes.io/part-of': 'argocd' },
        },
        { wave: 'projects', isKept: true },
      ),
      data: {
        // Tracking by label would take Crossplane's copies of a claim for leftovers, and prune them.
        'application.resourceTrackingMethod': 'annotation',
        'resource.customizations': CUSTOMIZATIONS,
        'resource.customizations.health.argoproj.io_Application': APPLICATION_HEALTH,
        'resource.exclusions': EXCLUSIONS,
      },
    },
    { pointer },
  );
}

/** Groups by pattern, which keys of their own can't have: no character of a pattern may be in the key of a ConfigMap. */
const CUSTOMIZATIONS = [`${PLATFORM_GROUP}/*`, '*.crossplane.io/*', '*.upbound.io/*']
  .map((pattern) => `"${pattern}":\n  health.lua: |\n${CROSSPLANE_HEALTH.replaceAll(/^(?=.)/gm, '    ')}`)
  .join('');

/** The key holds one list: what Argo CD's own installation leaves out, and what Crossplane makes by the hundreds. */
const EXCLUSIONS = [
  [
    ['', 'discovery.k8s.io'],
    ['Endpoints', 'EndpointSlice'],
  ],
  [['coordination.k8s.io'], ['Lease']],
  [
    ['authentication.k8s.io', 'authorization.k8s.io'],
    [
      'SelfSubjectReview',
      'TokenReview',
      'LocalSubjectAccessReview',
      'SelfSubjectAccessReview',
      'SelfSubjectRulesReview',
      'SubjectAccessReview',
    ],
  ],
  [['certificates.k8s.io'], ['CertificateSigningRequest']],
  [['cert-manager.io'], ['CertificateRequest']],
  [['cilium.io'], ['CiliumIdentity', 'CiliumEndpoint', 'CiliumEndpointSlice']],
  [
    ['kyverno.io', 'reports.kyverno.io', 'wgpolicyk8s.io'],
    [
      'PolicyReport',
      'ClusterPolicyReport',
      'EphemeralReport',
      'ClusterEphemeralReport',
      'AdmissionReport',
      'ClusterAdmissionReport',
      'BackgroundScanReport',
      'ClusterBackgroundScanReport',
      'UpdateRequest',
    ],
  ],
  [['*'], ['ProviderConfigUsage']],
]
  .map(
    ([groups, kinds]) =>
      `- apiGroups: ${JSON.stringify(groups)}\n  kinds: ${JSON.stringify(kinds)}\n  clusters: ["*"]\n`,
  )
  .join('');
