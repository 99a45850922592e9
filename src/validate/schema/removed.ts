/**
 * API versions that Kubernetes stopped serving, or will.
 * https://kubernetes.io/docs/reference/using-api/deprecation-guide/
 */
export interface RemovedVersion {
  readonly removedIn: string;
  /** The apiVersion to use instead; absent where the kind is gone. */
  readonly successor?: string;
}

type Row = readonly [removedIn: string, apiVersion: string, kinds: readonly string[], successor?: string];

const WORKLOADS = ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'];
const ACCESS = ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'];
const REVIEWS = [
  'LocalSubjectAccessReview',
  'SelfSubjectAccessReview',
  'SelfSubjectRulesReview',
  'SubjectAccessReview',
];
const FLOW = ['FlowSchema', 'PriorityLevelConfiguration'];

const ROWS: readonly Row[] = [
  ['1.16', 'extensions/v1beta1', WORKLOADS, 'apps/v1'],
  ['1.16', 'apps/v1beta1', WORKLOADS, 'apps/v1'],
  ['1.16', 'apps/v1beta2', WORKLOADS, 'apps/v1'],
  ['1.16', 'extensions/v1beta1', ['NetworkPolicy'], 'networking.k8s.io/v1'],
  ['1.16', 'extensions/v1beta1', ['PodSecurityPolicy']],
  [
    '1.22',
    'admissionregistration.k8s.io/v1beta1',
    ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
    'admissionregistration.k8s.io/v1',
  ],
  ['1.22', 'apiextensions.k8s.io/v1beta1', ['CustomResourceDefinition'], 'apiextensions.k8s.io/v1'],
  ['1.22', 'apiregistration.k8s.io/v1beta1', ['APIService'], 'apiregistration.k8s.io/v1'],
  ['1.22', 'authentication.k8s.io/v1beta1', ['TokenReview'], 'authentication.k8s.io/v1'],
  ['1.22', 'authorization.k8s.io/v1beta1', REVIEWS, 'authorization.k8s.io/v1'],
  ['1.22', 'certificates.k8s.io/v1beta1', ['CertificateSigningRequest'], 'certificates.k8s.io/v1'],
  ['1.22', 'coordination.k8s.io/v1beta1', ['Lease'], 'coordination.k8s.io/v1'],
  ['1.22', 'extensions/v1beta1', ['Ingress'], 'networking.k8s.io/v1'],
  ['1.22', 'networking.k8s.io/v1beta1', ['Ingress', 'IngressClass'], 'networking.k8s.io/v1'],
  ['1.22', 'rbac.authorization.k8s.io/v1beta1', ACCESS, 'rbac.authorization.k8s.io/v1'],
  ['1.22', 'rbac.authorization.k8s.io/v1alpha1', ACCESS, 'rbac.authorization.k8s.io/v1'],
  ['1.22', 'scheduling.k8s.io/v1beta1', ['PriorityClass'], 'scheduling.k8s.io/v1'],
  [
    '1.22',
    'storage.k8s.io/v1beta1',
    ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment'],
    'storage.k8s.io/v1',
  ],
  ['1.25', 'autoscaling/v2beta1', ['HorizontalPodAutoscaler'], 'autoscaling/v2'],
  ['1.25', 'batch/v1beta1', ['CronJob'], 'batch/v1'],
  ['1.25', 'discovery.k8s.io/v1beta1', ['EndpointSlice'], 'discovery.k8s.io/v1'],
  ['1.25', 'events.k8s.io/v1beta1', ['Event'], 'events.k8s.io/v1'],
  ['1.25', 'node.k8s.io/v1beta1', ['RuntimeClass'], 'node.k8s.io/v1'],
  ['1.25', 'policy/v1beta1', ['PodDisruptionBudget'], 'policy/v1'],
  ['1.25', 'policy/v1beta1', ['PodSecurityPolicy']],
  ['1.26', 'autoscaling/v2beta2', ['HorizontalPodAutoscaler'], 'autoscaling/v2'],
  ['1.26', 'flowcontrol.apiserver.k8s.io/v1beta1', FLOW, 'flowcontrol.apiserver.k8s.io/v1'],
  ['1.27', 'storage.k8s.io/v1beta1', ['CSIStorageCapacity'], 'storage.k8s.io/v1'],
  ['1.29', 'flowcontrol.apiserver.k8s.io/v1beta2', FLOW, 'flowcontrol.apiserver.k8s.io/v1'],
  ['1.32', 'flowcontrol.apiserver.k8s.io/v1beta3', FLOW, 'flowcontrol.apiserver.k8s.io/v1'],
];

const REMOVED: ReadonlyMap<string, RemovedVersion> = new Map(
  ROWS.flatMap(([removedIn, apiVersion, kinds, successor]) =>
    kinds.map((kind): [string, RemovedVersion] => [
      `${apiVersion} ${kind}`,
      successor === undefined ? { removedIn } : { removedIn, successor },
    ]),
  ),
);

/** What became of a version of a kind; undefined where nothing did. */
export const removedVersion = (apiVersion: string, kind: string): RemovedVersion | undefined =>
  REMOVED.get(`${apiVersion} ${kind}`);
