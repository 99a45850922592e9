/** Objects with good and bad metadata. What the API server makes of them the test asks; nothing is expected here. */
export interface MetadataCase {
  readonly name: string;
  readonly plural: string;
  readonly isNamespaced: boolean;
  readonly object: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: Readonly<Record<string, unknown>> & {
      readonly name: string;
      readonly namespace?: string;
    };
    readonly [field: string]: unknown;
  };
}

export const NAMESPACE = 'tideline-metadata-test';

interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly isNamespaced: boolean;
  readonly rest: (name: string) => Readonly<Record<string, unknown>>;
}

const namespaced = (
  apiVersion: string,
  kind: string,
  plural: string,
  rest: Kind['rest'] | object = {},
): Kind => ({
  apiVersion,
  kind,
  plural,
  isNamespaced: true,
  rest: typeof rest === 'function' ? (rest as Kind['rest']) : () => ({ ...rest }),
});

const clustered = (...parts: Parameters<typeof namespaced>): Kind => ({
  ...namespaced(...parts),
  isNamespaced: false,
});

const labels = { app: 'web' };
const containers = [{ name: 'web', image: 'registry.example/web:1' }];
const template = { metadata: { labels }, spec: { containers } };
const workload = { selector: { matchLabels: labels }, template };
const jobTemplate = { spec: { containers, restartPolicy: 'Never' } };
const rule = { apiGroups: [''], resources: ['pods'], verbs: ['get'] };
const roleRef = (kind: string) => ({ apiGroup: 'rbac.authorization.k8s.io', kind, name: 'reader' });
const capacity = { storage: '1Gi' };

/** A kind of our own, which the test defines. */
export const SHIP = namespaced('metadata.tideline.example/v1', 'Ship', 'ships');
export const HARBOUR = clustered('metadata.tideline.example/v1', 'Harbour', 'harbours');

const KINDS: readonly Kind[] = [
  SHIP,
  HARBOUR,
  namespaced('v1', 'ConfigMap', 'configmaps'),
  namespaced('v1', 'Secret', 'secrets'),
  namespaced('v1', 'ServiceAccount', 'serviceaccounts'),
  namespaced('v1', 'Service', 'services', { spec: { ports: [{ port: 80 }] } }),
  namespaced('v1', 'Pod', 'pods', { spec: { containers } }),
  namespaced('v1', 'PodTemplate', 'podtemplates', { template }),
  namespaced('v1', 'LimitRange', 'limitranges', { spec: { limits: [] } }),
  namespaced('v1', 'ResourceQuota', 'resourcequotas', { spec: { hard: { pods: '1' } } }),
  namespaced('v1', 'Endpoints', 'endpoints'),
  namespaced('v1', 'PersistentVolumeClaim', 'persistentvolumeclaims', {
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: capacity } },
  }),
  namespaced('v1', 'Event', 'events', {
    involvedObject: { namespace: NAMESPACE, kind: 'Pod', name: 'web' },
  }),
  clustered('v1', 'Namespace', 'namespaces'),
  clustered('v1', 'Node', 'nodes'),
  clustered('v1', 'PersistentVolume', 'persistentvolumes', {
    spec: { accessModes: ['ReadWriteOnce'], capacity, hostPath: { path: '/tmp' } },
  }),
  namespaced('apps/v1', 'Deployment', 'deployments', { spec: workload }),
  namespaced('apps/v1', 'StatefulSet', 'statefulsets', { spec: { ...workload, serviceName: 'web' } }),
  namespaced('apps/v1', 'DaemonSet', 'daemonsets', { spec: workload }),
  namespaced('apps/v1', 'ReplicaSet', 'replicasets', { spec: workload }),
  namespaced('apps/v1', 'ControllerRevision', 'controllerrevisions', { revision: 1, data: {} }),
  namespaced('batch/v1', 'Job', 'jobs', { spec: { template: jobTemplate } }),
  namespaced('batch/v1', 'CronJob', 'cronjobs', {
    spec: { schedule: '0 4 * * *', jobTemplate: { spec: { template: jobTemplate } } },
  }),
  namespaced('autoscaling/v2', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers', {
    spec: { maxReplicas: 2, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } },
  }),
  namespaced('policy/v1', 'PodDisruptionBudget', 'poddisruptionbudgets', {
    spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
  }),
  namespaced('networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies', { spec: { podSelector: {} } }),
  namespaced('networking.k8s.io/v1', 'Ingress', 'ingresses', {
    spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
  }),
  clustered('networking.k8s.io/v1', 'IngressClass', 'ingressclasses', {
    spec: { controller: 'ingress.example/alb' },
  }),
  namespaced('discovery.k8s.io/v1', 'EndpointSlice', 'endpointslices', {
    addressType: 'IPv4',
    endpoints: [],
  }),
  namespaced('coordination.k8s.io/v1', 'Lease', 'leases'),
  namespaced('rbac.authorization.k8s.io/v1', 'Role', 'roles', { rules: [rule] }),
  namespaced('rbac.authorization.k8s.io/v1', 'RoleBinding', 'rolebindings', { roleRef: roleRef('Role') }),
  clustered('rbac.authorization.k8s.io/v1', 'ClusterRole', 'clusterroles', { rules: [rule] }),
  clustered('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'clusterrolebindings', {
    roleRef: roleRef('ClusterRole'),
  }),
  clustered('scheduling.k8s.io/v1', 'PriorityClass', 'priorityclasses', { value: 10 }),
  clustered('storage.k8s.io/v1', 'StorageClass', 'storageclasses', { provisioner: 'ebs.csi.aws.com' }),
  clustered('storage.k8s.io/v1', 'CSIDriver', 'csidrivers', { spec: {} }),
  clustered('node.k8s.io/v1', 'RuntimeClass', 'runtimeclasses', { handler: 'gvisor' }),
  clustered('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', 'validatingadmissionpolicies', {
    spec: {
      matchConstraints: {
        resourceRules: [
          { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] },
        ],
      },
      validations: [{ expression: 'true' }],
    },
  }),
  clustered(
    'admissionregistration.k8s.io/v1',
    'ValidatingWebhookConfiguration',
    'validatingwebhookconfigurations',
  ),
  clustered('flowcontrol.apiserver.k8s.io/v1', 'FlowSchema', 'flowschemas', {
    spec: { priorityLevelConfiguration: { name: 'catch-all' } },
  }),
  clustered('apiregistration.k8s.io/v1', 'APIService', 'apiservices', {
    spec: {
      group: 'sailing.tideline.example',
      version: 'v1',
      groupPriorityMinimum: 100,
      versionPriority: 10,
      service: { name: 'web', namespace: NAMESPACE },
      insecureSkipTLSVerify: true,
    },
  }),
  clustered('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'customresourcedefinitions', {
    spec: {
      group: 'sailing.tideline.example',
      scope: 'Namespaced',
      names: { kind: 'Sail', plural: 'sails', singular: 'sail', listKind: 'SailList' },
      versions: [
        { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } },
      ],
    },
  }),
];

function made(kind: Kind, metadata: Readonly<Record<string, unknown>>, about: string): MetadataCase {
  const named = { name: 'web', ...metadata };
  const object = {
    ...kind.rest(named.name),
    apiVersion: kind.apiVersion,
    kind: kind.kind,
    metadata: kind.isNamespaced ? { namespace: NAMESPACE, ...named } : named,
  };
  return { name: `${kind.kind}: ${about}`, plural: kind.plural, isNamespaced: kind.isNamespaced, object };
}

/** Names that some kinds take and others refuse. */
const NAMES = [
  'web',
  'web.example',
  '1web',
  'Web',
  'web_1',
  'a'.repeat(64),
  'system:web',
  '-web',
  'web-',
  'a/b',
  'a%b',
];

const perKind = KINDS.flatMap((kind) => NAMES.map((name) => made(kind, { name }, `name ${name}`)));

const fixedNames = [
  ...KINDS.filter(({ kind }) => kind === 'CustomResourceDefinition').map((kind) =>
    made(kind, { name: 'sails.sailing.tideline.example' }, 'its own name'),
  ),
  ...KINDS.filter(({ kind }) => kind === 'APIService').map((kind) =>
    made(kind, { name: 'v1.sailing.tideline.example' }, 'its own name'),
  ),
];

const owner = (fields: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', name: 'a', uid: 'b', ...fields });

/** What else metadata can say, tried on a kind of Kubernetes, on one with laxer finalizers, and on our own. */
const METADATA: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'a name of 253 characters': { name: 'a'.repeat(253) },
  'a name of 254 characters': { name: 'a'.repeat(254) },
  'a name with an umlaut': { name: 'schöner' },
  'a name with empty labels': { name: 'a..b' },
  'the name ..': { name: '..' },
  'a name that starts the kind of prefix': { generateName: 'web-' },
  'a prefix in capitals': { generateName: 'Web-' },
  'a prefix that ends in two dashes': { generateName: 'web--' },
  'a prefix that ends in a dot': { generateName: 'web.' },
  'a label': { labels: { 'app.kubernetes.io/name': 'web' } },
  'a label without a value': { labels: { app: '' } },
  'a label of 63': { labels: { ['a'.repeat(63)]: 'b'.repeat(63) } },
  'a label key of 64': { labels: { ['a'.repeat(64)]: 'b' } },
  'a label value of 64': { labels: { a: 'b'.repeat(64) } },
  'a label with a space': { labels: { a: 'b c' } },
  'a label with a slash': { labels: { a: 'b/c' } },
  'a label with a colon': { labels: { image: 'web:1' } },
  'a label that ends in a dash': { labels: { a: 'b-' } },
  'a label that starts with a dot': { labels: { a: '.b' } },
  'a label with dots and underscores': { labels: { 'A.b_c-d': 'A.b_c-d' } },
  'a label key with two slashes': { labels: { 'a/b/c': 'd' } },
  'a label key that starts with a slash': { labels: { '/b': 'd' } },
  'a label key that ends with a slash': { labels: { 'a/': 'd' } },
  'a label key with a domain in capitals': { labels: { 'Example.com/a': 'd' } },
  'a label key with an underscore in its domain': { labels: { 'my_example.com/a': 'd' } },
  'a label key with an umlaut': { labels: { größe: 'd' } },
  'an empty label key': { labels: { '': 'd' } },
  'an annotation': { annotations: { 'example.com/what': 'anything: at all, wherever.\nTwo lines' } },
  'an annotation key in capitals': { annotations: { 'Example.com/What': 'x' } },
  'an annotation key with a space': { annotations: { 'what is': 'x' } },
  'an annotation key with two slashes': { annotations: { 'a/b/c': 'x' } },
  'an annotation key of 64': { annotations: { ['a'.repeat(64)]: 'x' } },
  'an empty annotation key': { annotations: { '': 'x' } },
  'annotations of 256 KiB': { annotations: { a: 'b'.repeat(256 * 1024 - 1) } },
  'annotations of one byte more': { annotations: { a: 'b'.repeat(256 * 1024) } },
  'annotations of as much in umlauts': { annotations: { a: 'ö'.repeat(128 * 1024) } },
  'a finalizer': { finalizers: ['example.com/lock'] },
  'a finalizer without a domain': { finalizers: ['lock'] },
  'a standard finalizer': { finalizers: ['foregroundDeletion'] },
  'a finalizer that is a domain': { finalizers: ['lock.example.com'] },
  'a finalizer with a space': { finalizers: ['example.com/a lock'] },
  'an empty finalizer': { finalizers: [''] },
  'two finalizers that contradict': { finalizers: ['orphan', 'foregroundDeletion'] },
  'one finalizer twice': { finalizers: ['example.com/lock', 'example.com/lock'] },
  'an owner': { ownerReferences: [owner({})] },
  'an owner that controls': { ownerReferences: [owner({ controller: true, blockOwnerDeletion: true })] },
  'an owner without a uid': { ownerReferences: [owner({ uid: '' })] },
  'an owner without a name': { ownerReferences: [owner({ name: '' })] },
  'an owner without a kind': { ownerReferences: [owner({ kind: '' })] },
  'an owner without an apiVersion': { ownerReferences: [owner({ apiVersion: '' })] },
  'an owner with a group and no version': { ownerReferences: [owner({ apiVersion: 'example.com/' })] },
  'an owner with two slashes': { ownerReferences: [owner({ apiVersion: 'a/b/c' })] },
  'an owner that is an event': { ownerReferences: [owner({ kind: 'Event' })] },
  'two owners': { ownerReferences: [owner({}), owner({ uid: 'c', controller: true })] },
  'two owners that control': {
    ownerReferences: [owner({ controller: true }), owner({ uid: 'c', controller: true })],
  },
  'two owners of one uid': { ownerReferences: [owner({}), owner({ name: 'c' })] },
  'a resource version': { resourceVersion: '17' },
  'the resource version 0': { resourceVersion: '0' },
  'an empty resource version': { resourceVersion: '' },
  'a uid': { uid: '5b0a1e6c-0000-4000-8000-000000000000' },
  'a time of creation': { creationTimestamp: '2025-01-02T03:04:05Z' },
  'no time of creation': { creationTimestamp: null },
  'a time of deletion': { deletionTimestamp: '2025-01-02T03:04:05Z' },
  'a generation': { generation: 7 },
  'a negative generation': { generation: -1 },
  'a self link': { selfLink: '/api/v1/web' },
  'managed fields': {
    managedFields: [
      { manager: 'a', operation: 'Apply', apiVersion: 'v1', fieldsType: 'FieldsV1', fieldsV1: {} },
    ],
  },
  'managed fields that are none': { managedFields: [{ manager: 'a', operation: 'Sail' }] },
  'no managed fields': { managedFields: [] },
  'an unknown field': { owner: 'web' },
};

const everywhere = KINDS.filter(({ kind }) =>
  ['Ship', 'ConfigMap', 'PodDisruptionBudget', 'Lease', 'ClusterRole', 'Harbour'].includes(kind),
).flatMap((kind) => Object.entries(METADATA).map(([about, metadata]) => made(kind, metadata, about)));

const places = [
  made(HARBOUR, { namespace: NAMESPACE }, 'a namespace on what belongs to the cluster'),
  made(HARBOUR, { namespace: 'No Namespace' }, 'a namespace that is none, on what belongs to the cluster'),
  made(HARBOUR, { namespace: '' }, 'an empty namespace on what belongs to the cluster'),
  ...KINDS.filter(({ kind }) => kind === 'CronJob').flatMap((kind) => [
    made(kind, { name: 'a'.repeat(52) }, 'a name of 52'),
    made(kind, { name: 'a'.repeat(53) }, 'a name of 53'),
  ]),
  ...KINDS.filter(({ kind }) => kind === 'PriorityClass').flatMap((kind) => [
    made(kind, { name: 'system-important' }, 'a name of the system'),
  ]),
];

export const METADATA_CASES: readonly MetadataCase[] = [...perKind, ...fixedNames, ...everywhere, ...places];
