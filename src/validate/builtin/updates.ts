import { deepEqual } from '../cel/former.ts';
import { amountOf } from './amount.ts';
import {
  at,
  entries,
  type Field,
  forbidden,
  isFields,
  isFilled,
  isGiven,
  items,
  numberOf,
  type Report,
  textOf,
} from './field.ts';

/**
 * What can't change once an object is there. Only what both revisions say is compared: what the API server filled
 * in by itself stays.
 */
type Update = (report: Report, object: Field, former: Field) => void;

const BECAUSE = "it can't be changed once the object is there";

/** Fields, by path, that stay as they were. A field with a default is compared as if the default stood there. */
const fixed =
  (paths: readonly (readonly string[])[], defaults: Readonly<Record<string, unknown>> = {}): Update =>
  (report, object, former) => {
    for (const path of paths) {
      const [now, then] = [at(object, ...path), at(former, ...path)];
      const fallback = defaults[path.at(-1) ?? ''];
      if (!deepEqual(plain(now.value) ?? fallback, plain(then.value) ?? fallback))
        forbidden(report, now, BECAUSE);
    }
  };

/** Without what the API server drops: nulls, and what is empty with them. */
function plain(value: unknown): unknown {
  if (value === null || value === '') return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((item: unknown) => plain(item));
  if (!isFields(value)) return value;
  const kept = Object.entries(value)
    .map(([key, inner]) => [key, plain(inner)] as const)
    .filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(kept);
}

const selector = fixed([['spec', 'selector']]);

/** https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/ */
const statefulSet = fixed(
  [
    ['spec', 'serviceName'],
    ['spec', 'selector'],
    ['spec', 'podManagementPolicy'],
    ['spec', 'volumeClaimTemplates'],
  ],
  { podManagementPolicy: 'OrderedReady' },
);

const job = fixed(
  [
    ['spec', 'template'],
    ['spec', 'completionMode'],
    ['spec', 'podFailurePolicy'],
    ['spec', 'backoffLimitPerIndex'],
    ['spec', 'successPolicy'],
    ['spec', 'selector'],
  ],
  { completionMode: 'NonIndexed' },
);

const jobs: Update = (report, object, former) => {
  job(report, object, former);
  const [now, then] = [at(object, 'spec', 'completions'), at(former, 'spec', 'completions')];
  const isElastic =
    textOf(at(object, 'spec', 'completionMode')) === 'Indexed' &&
    deepEqual(now.value, at(object, 'spec', 'parallelism').value);
  if (!deepEqual(plain(now.value), plain(then.value)) && !isElastic) forbidden(report, now, BECAUSE);
};

/** Of a running pod only a few fields change: https://kubernetes.io/docs/concepts/workloads/pods/#pod-update-and-replacement */
const pod: Update = (report, object, former) => {
  const [now, then] = [at(object, 'spec'), at(former, 'spec')];
  if (!isFields(now.value) || !isFields(then.value)) return;
  const names = new Set([...Object.keys(now.value), ...Object.keys(then.value)]);
  for (const name of names) {
    if (CHANGEABLE.has(name)) continue;
    const [one, other] = [at(now, name), at(then, name)];
    const fallback = POD_DEFAULTS[name];
    const isSame =
      name === 'containers' || name === 'initContainers'
        ? deepEqual(withoutImages(one), withoutImages(other))
        : deepEqual(plain(one.value) ?? fallback, plain(other.value) ?? fallback);
    if (!isSame) forbidden(report, one, BECAUSE);
  }
  const [deadline, before] = [at(now, 'activeDeadlineSeconds'), at(then, 'activeDeadlineSeconds')];
  if (isGiven(before) && (numberOf(deadline) ?? Number.POSITIVE_INFINITY) > (numberOf(before) ?? 0))
    forbidden(report, deadline, 'a deadline only comes nearer');
  const gates = new Set(items(at(then, 'schedulingGates')).map((gate) => textOf(at(gate, 'name'))));
  for (const gate of items(at(now, 'schedulingGates')))
    if (!gates.has(textOf(at(gate, 'name')))) forbidden(report, gate, 'gates can only be taken away');
};

const CHANGEABLE = new Set(['activeDeadlineSeconds', 'tolerations', 'schedulingGates']);

const POD_DEFAULTS: Readonly<Record<string, unknown>> = {
  dnsPolicy: 'ClusterFirst',
  enableServiceLinks: true,
  restartPolicy: 'Always',
  schedulerName: 'default-scheduler',
  serviceAccountName: 'default',
  terminationGracePeriodSeconds: 30,
};

const withoutImages = (list: Field): unknown =>
  items(list).map(({ value }) => (isFields(value) ? plain({ ...value, image: '' }) : value));

const service: Update = (report, object, former) => {
  const type = (field: Field) => textOf(at(field, 'spec', 'type')) || 'ClusterIP';
  const [now, then] = [at(object, 'spec', 'clusterIP'), at(former, 'spec', 'clusterIP')];
  const isKept = type(object) !== 'ExternalName' && type(former) !== 'ExternalName';
  if (isKept && isFilled(now) && isFilled(then) && now.value !== then.value) forbidden(report, now, BECAUSE);
  const local = (field: Field) =>
    type(field) === 'LoadBalancer' && textOf(at(field, 'spec', 'externalTrafficPolicy')) === 'Local';
  const [port, portBefore] = [
    at(object, 'spec', 'healthCheckNodePort'),
    at(former, 'spec', 'healthCheckNodePort'),
  ];
  const isChecked = local(object) && local(former) && isFilled(port) && isFilled(portBefore);
  if (isChecked && port.value !== portBefore.value) forbidden(report, port, BECAUSE);
  const isBalanced = type(object) === 'LoadBalancer' && type(former) === 'LoadBalancer';
  if (isBalanced) fixed([['spec', 'loadBalancerClass']])(report, object, former);
};

/** https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-immutable */
const immutable: Update = (report, object, former) => {
  if (at(former, 'immutable').value !== true) return;
  if (at(object, 'immutable').value !== true) forbidden(report, at(object, 'immutable'), BECAUSE);
  fixed([['data'], ['binaryData']])(report, object, former);
};

const secret: Update = (report, object, former) => {
  immutable(report, object, former);
  fixed([['type']], { type: 'Opaque' })(report, object, former);
};

const volume: Update = (report, object, former) => {
  const sources = ['csi', 'nfs', 'hostPath', 'local', 'awsElasticBlockStore'].map((name) => ['spec', name]);
  fixed([...sources, ['spec', 'volumeMode'], ['spec', 'nodeAffinity']], { volumeMode: 'Filesystem' })(
    report,
    object,
    former,
  );
};

const claimed = fixed(
  [
    ['spec', 'accessModes'],
    ['spec', 'selector'],
    ['spec', 'storageClassName'],
    ['spec', 'volumeMode'],
    ['spec', 'volumeName'],
    ['spec', 'resources', 'limits'],
  ],
  { volumeMode: 'Filesystem' },
);

/** Of a claim that has its volume only what it asks for changes, and that only grows. */
const claim: Update = (report, object, former) => {
  claimed(report, object, former);
  // Either of the two says the same, and what is taken out of one stays in the other.
  const source = (field: Field) =>
    ['dataSource', 'dataSourceRef'].map((name) => at(field, 'spec', name)).find(isGiven);
  const [now, then] = [source(object), source(former)];
  if (now !== undefined && !deepEqual(plain(now.value), plain(then?.value))) forbidden(report, now, BECAUSE);
  const asked = (field: Field) => at(field, 'spec', 'resources', 'requests');
  for (const entry of entries(asked(object))) {
    const before = at(asked(former), entry.key);
    const [now, then] = [amountOf(entry.value), amountOf(before.value)];
    if (now === undefined || (isGiven(before) && then === undefined)) continue;
    if (entry.key !== 'storage' ? now !== then : now < (then ?? 0n)) forbidden(report, entry, BECAUSE);
  }
};

const roleReference = fixed(
  [
    ['roleRef', 'kind'],
    ['roleRef', 'name'],
    ['roleRef', 'apiGroup'],
  ],
  {
    apiGroup: 'rbac.authorization.k8s.io',
  },
);

/** The order of scopes says nothing. */
const quota: Update = (report, object, former) => {
  const scopes = (field: Field) => new Set(items(at(field, 'spec', 'scopes')).map(textOf));
  const [now, then] = [scopes(object), scopes(former)];
  if (now.size !== then.size || [...now].some((scope) => !then.has(scope)))
    forbidden(report, at(object, 'spec', 'scopes'), BECAUSE);
};

/** What names a kind stays, and so does the version in which objects are stored: some may still be. */
const customKind: Update = (report, object, former) => {
  fixed([
    ['spec', 'group'],
    ['spec', 'scope'],
    ['spec', 'names', 'kind'],
    ['spec', 'names', 'plural'],
  ])(report, object, former);
  const versions = at(object, 'spec', 'versions');
  const names = new Set(items(versions).map((version) => textOf(at(version, 'name'))));
  for (const version of items(at(former, 'spec', 'versions'))) {
    const name = textOf(at(version, 'name'));
    if (at(version, 'storage').value === true && !names.has(name))
      report({ code: 'builtin-stored-version', field: versions, args: { version: name } });
  }
};

/** `apiVersion kind` -> what can't change. */
export const updates: Readonly<Record<string, Update>> = {
  'v1 Pod': pod,
  'v1 Service': service,
  'v1 ConfigMap': immutable,
  'v1 Secret': secret,
  'v1 PersistentVolume': volume,
  'v1 PersistentVolumeClaim': claim,
  'v1 ResourceQuota': quota,
  'apiextensions.k8s.io/v1 CustomResourceDefinition': customKind,
  'apps/v1 Deployment': selector,
  'apps/v1 DaemonSet': selector,
  'apps/v1 ReplicaSet': selector,
  'apps/v1 StatefulSet': statefulSet,
  'batch/v1 Job': jobs,
  'networking.k8s.io/v1 IngressClass': fixed([['spec', 'controller']]),
  'rbac.authorization.k8s.io/v1 RoleBinding': roleReference,
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding': roleReference,
  'scheduling.k8s.io/v1 PriorityClass': fixed([['value'], ['preemptionPolicy']], {
    preemptionPolicy: 'PreemptLowerPriority',
  }),
  'storage.k8s.io/v1 StorageClass': fixed(
    [['parameters'], ['provisioner'], ['reclaimPolicy'], ['volumeBindingMode']],
    { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' },
  ),
};
