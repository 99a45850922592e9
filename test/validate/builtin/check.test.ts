import { describe, expect, it } from 'vitest';
import { checkBuiltin } from '#validate/builtin/check.ts';

/** The ship's own services: valid as they stand; each case changes one place, and names what must be found there. */

const labels = { app: 'bookings' };
const container = {
  name: 'bookings',
  image: 'registry.tideline.example/bookings:1.4.0',
  ports: [{ name: 'http', containerPort: 8080 }],
  env: [{ name: 'PORT', value: '8080' }],
  volumeMounts: [{ name: 'cargo', mountPath: '/cargo' }],
  readinessProbe: { httpGet: { path: '/ready', port: 'http' } },
  resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '128Mi' } },
};
const podSpec = {
  containers: [container],
  volumes: [{ name: 'cargo', emptyDir: {} }],
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: 'topology.kubernetes.io/zone',
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: labels },
    },
  ],
  tolerations: [{ key: 'ice', operator: 'Exists', effect: 'NoSchedule' }],
};
const template = { metadata: { labels }, spec: podSpec };
const selector = { matchLabels: labels };

const objects = {
  Deployment: { apiVersion: 'apps/v1', spec: { replicas: 2, selector, template } },
  StatefulSet: { apiVersion: 'apps/v1', spec: { serviceName: 'bookings', selector, template } },
  DaemonSet: { apiVersion: 'apps/v1', spec: { selector, template } },
  Job: {
    apiVersion: 'batch/v1',
    spec: { template: { spec: { ...podSpec, restartPolicy: 'Never' } }, backoffLimit: 2 },
  },
  CronJob: {
    apiVersion: 'batch/v1',
    spec: {
      schedule: '15 3 * * mon-fri',
      timeZone: 'Europe/Berlin',
      jobTemplate: { spec: { template: { spec: { ...podSpec, restartPolicy: 'OnFailure' } } } },
    },
  },
  Service: {
    apiVersion: 'v1',
    spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
  },
  Ingress: {
    apiVersion: 'networking.k8s.io/v1',
    spec: {
      ingressClassName: 'alb',
      rules: [
        {
          host: 'ship.tideline.example',
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name: 'bookings', port: { name: 'http' } } },
              },
            ],
          },
        },
      ],
    },
  },
  NetworkPolicy: {
    apiVersion: 'networking.k8s.io/v1',
    spec: {
      podSelector: selector,
      policyTypes: ['Egress'],
      egress: [
        { to: [{ ipBlock: { cidr: '10.20.0.0/16', except: ['10.20.4.0/24'] } }], ports: [{ port: 443 }] },
      ],
    },
  },
  HorizontalPodAutoscaler: {
    apiVersion: 'autoscaling/v2',
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'bookings' },
      minReplicas: 2,
      maxReplicas: 6,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
        },
      ],
    },
  },
  PodDisruptionBudget: { apiVersion: 'policy/v1', spec: { selector, maxUnavailable: 1 } },
  ConfigMap: { apiVersion: 'v1', data: { 'harbours.json': '[]' } },
  Secret: { apiVersion: 'v1', type: 'kubernetes.io/tls', data: { 'tls.crt': 'YQ==', 'tls.key': 'YQ==' } },
  PersistentVolumeClaim: {
    apiVersion: 'v1',
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '20Gi' } } },
  },
  IngressClass: {
    apiVersion: 'networking.k8s.io/v1',
    spec: { controller: 'ingress.k8s.aws/alb', parameters: { kind: 'IngressClassParams', name: 'alb' } },
  },
  StorageClass: { apiVersion: 'storage.k8s.io/v1', provisioner: 'ebs.csi.aws.com', reclaimPolicy: 'Retain' },
  ResourceQuota: { apiVersion: 'v1', spec: { hard: { pods: '10', 'requests.cpu': '4' } } },
  LimitRange: {
    apiVersion: 'v1',
    spec: { limits: [{ type: 'Container', default: { cpu: '1' }, defaultRequest: { cpu: '500m' } }] },
  },
  PriorityClass: { apiVersion: 'scheduling.k8s.io/v1', value: 1000 },
  Role: {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
  },
  RoleBinding: {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'bookings' },
    subjects: [{ kind: 'ServiceAccount', name: 'bookings', namespace: 'tideline' }],
  },
  ValidatingAdmissionPolicy: {
    apiVersion: 'admissionregistration.k8s.io/v1',
    spec: {
      matchConstraints: {
        resourceRules: [
          { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['deployments'] },
        ],
      },
      validations: [{ expression: 'true' }],
    },
  },
  ValidatingAdmissionPolicyBinding: {
    apiVersion: 'admissionregistration.k8s.io/v1',
    spec: { policyName: 'bookings', validationActions: ['Deny'] },
  },
} as const;

type Kind = keyof typeof objects;

/** A copy with one place changed; `undefined` removes it. */
function changed(kind: Kind, pointer: string, value: unknown): Record<string, unknown> {
  const object: Record<string, unknown> = structuredClone({
    kind,
    metadata: { name: 'bookings' },
    ...objects[kind],
  });
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/'));
  const last = keys.pop() ?? '';
  let here: Record<string, unknown> = object;
  for (const key of keys) {
    here[key] ??= {};
    here = here[key] as Record<string, unknown>;
  }
  if (value === undefined) delete here[last];
  else here[last] = value;
  return object;
}

const found = (object: Record<string, unknown>) =>
  checkBuiltin([
    {
      object: object as never,
      file: 'bookings.yaml',
      locate: () => ({ file: 'bookings.yaml', line: 1, column: 1 }),
    },
  ]).findings.map(({ code, pointer }) => `${code} ${pointer}`);

const claiming = (metadata: object) => ({
  name: 'cargo',
  ephemeral: { volumeClaimTemplate: { metadata, spec: objects.PersistentVolumeClaim.spec } },
});
const local = (more: object) => ({
  ...objects.Service.spec,
  type: 'LoadBalancer',
  externalTrafficPolicy: 'Local',
  ...more,
});
const BOUNDED = { type: 'Container', min: { cpu: '500m' }, max: { cpu: '2' } };
const node = (value: string) => ({
  matchExpressions: [{ key: 'node.kubernetes.io/instance-type', operator: 'In', values: [value] }],
});
const preferring = (value: string) => ({
  nodeAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: node(value) }],
  },
});
const requiring = (value: string) => ({
  nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [node(value)] } },
});
const divided = (divisor: string) => ({
  name: 'CPU',
  valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor } },
});
const measured = (name: string) => ({
  type: 'ContainerResource',
  containerResource: {
    name,
    container: 'bookings',
    target: { type: 'Utilization', averageUtilization: 70 },
  },
});

const POD = '/spec/template/spec';
const FIRST = `${POD}/containers/0`;

const cases: readonly (readonly [Kind, string, unknown, string, string?])[] = [
  ['Deployment', '/spec/replicas', -1, 'builtin-invalid'],
  ['Deployment', '/spec/selector', undefined, 'builtin-required'],
  ['Deployment', '/spec/selector', {}, 'builtin-required'],
  ['Deployment', '/spec/template/metadata/labels', { app: 'cargo' }, 'builtin-invalid'],
  ['Deployment', '/spec/strategy', { type: 'Blue' }, 'builtin-unsupported', '/spec/strategy/type'],
  [
    'Deployment',
    '/spec/strategy',
    { type: 'Recreate', rollingUpdate: {} },
    'builtin-forbidden',
    '/spec/strategy/rollingUpdate',
  ],
  [
    'Deployment',
    '/spec/strategy',
    { rollingUpdate: { maxSurge: 0, maxUnavailable: '0%' } },
    'builtin-invalid',
    '/spec/strategy/rollingUpdate/maxUnavailable',
  ],
  ['Deployment', '/spec/progressDeadlineSeconds', 0, 'builtin-invalid'],
  ['Deployment', `${POD}/restartPolicy`, 'Never', 'builtin-unsupported'],
  ['Deployment', `${POD}/containers`, [], 'builtin-required'],
  ['Deployment', `${FIRST}/name`, 'Bookings', 'builtin-invalid'],
  ['Deployment', `${FIRST}/image`, undefined, 'builtin-required'],
  [
    'Deployment',
    `${POD}/initContainers`,
    [{ name: 'bookings', image: 'a' }],
    'builtin-duplicate',
    `${FIRST}/name`,
  ],
  ['Deployment', `${FIRST}/ports/0/containerPort`, 0, 'builtin-required'],
  ['Deployment', `${FIRST}/ports/0/name`, 'a-name-that-is-long', 'builtin-invalid'],
  [
    'Deployment',
    `${FIRST}/env/0/valueFrom`,
    { fieldRef: { fieldPath: 'metadata.name' } },
    'builtin-forbidden',
  ],
  [
    'Deployment',
    `${FIRST}/env/0`,
    { name: 'A', valueFrom: { fieldRef: { fieldPath: 'spec.harbour' } } },
    'builtin-invalid',
    `${FIRST}/env/0/valueFrom/fieldRef/fieldPath`,
  ],
  ['Deployment', `${FIRST}/envFrom`, [{}], 'builtin-required', `${FIRST}/envFrom/0`],
  ['Deployment', `${FIRST}/volumeMounts/0/name`, 'carga', 'builtin-not-found'],
  [
    'Deployment',
    `${FIRST}/volumeMounts/1`,
    { name: 'cargo', mountPath: '/cargo' },
    'builtin-duplicate',
    `${FIRST}/volumeMounts/1/mountPath`,
  ],
  ['Deployment', `${FIRST}/readinessProbe`, { periodSeconds: 5 }, 'builtin-required'],
  [
    'Deployment',
    `${FIRST}/livenessProbe`,
    { tcpSocket: { port: 1 }, successThreshold: 2 },
    'builtin-invalid',
    `${FIRST}/livenessProbe/successThreshold`,
  ],
  ['Deployment', `${FIRST}/resources/requests/memory`, '256Mi', 'builtin-invalid'],
  ['Deployment', `${FIRST}/resources/requests/ram`, '1', 'builtin-invalid'],
  [
    'Deployment',
    `${FIRST}/securityContext`,
    { privileged: true, allowPrivilegeEscalation: false },
    'builtin-forbidden',
    `${FIRST}/securityContext/allowPrivilegeEscalation`,
  ],
  [
    'Deployment',
    `${POD}/volumes/0`,
    { name: 'cargo', emptyDir: {}, secret: { secretName: 'a' } },
    'builtin-forbidden',
    `${POD}/volumes/0/secret`,
  ],
  ['Deployment', `${POD}/topologySpreadConstraints/0/maxSkew`, 0, 'builtin-invalid'],
  ['Deployment', `${POD}/tolerations/0/value`, 'thick', 'builtin-forbidden'],
  [
    'Deployment',
    `${POD}/affinity`,
    { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{}] } },
    'builtin-required',
    `${POD}/affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/0/topologyKey`,
  ],
  ['StatefulSet', '/spec/podManagementPolicy', 'Random', 'builtin-unsupported'],
  [
    'DaemonSet',
    '/spec/updateStrategy',
    { rollingUpdate: { maxSurge: 1 } },
    'builtin-forbidden',
    '/spec/updateStrategy/rollingUpdate/maxSurge',
  ],
  ['Job', '/spec/template/spec/restartPolicy', 'Always', 'builtin-required'],
  ['Job', '/spec/completionMode', 'Indexed', 'builtin-required', '/spec/completions'],
  ['CronJob', '/spec/schedule', '61 3 * * *', 'builtin-invalid'],
  ['CronJob', '/spec/timeZone', 'Europe/Atlantis', 'builtin-invalid'],
  ['CronJob', '/spec/jobTemplate/spec/template/spec/restartPolicy', undefined, 'builtin-required'],
  ['Service', '/spec/ports', undefined, 'builtin-required'],
  ['Service', '/spec/ports/1', { port: 81 }, 'builtin-required', '/spec/ports/1/name'],
  ['Service', '/spec/ports/0/nodePort', 30_000, 'builtin-forbidden'],
  ['Service', '/spec/type', 'ExternalName', 'builtin-required', '/spec/externalName'],
  ['Ingress', '/spec/rules', [], 'builtin-required'],
  ['Ingress', '/spec/rules/0/host', '10.0.0.1', 'builtin-invalid'],
  ['Ingress', '/spec/rules/0/http/paths/0/path', 'a', 'builtin-invalid'],
  ['Ingress', '/spec/rules/0/http/paths/0/backend/service/port', { number: 0 }, 'builtin-required'],
  [
    'NetworkPolicy',
    '/spec/egress/0/to/0/ipBlock/except',
    ['10.21.0.0/24'],
    'builtin-invalid',
    '/spec/egress/0/to/0/ipBlock/except/0',
  ],
  ['NetworkPolicy', '/spec/egress/0/ports/0/endPort', 80, 'builtin-invalid'],
  ['HorizontalPodAutoscaler', '/spec/maxReplicas', 1, 'builtin-invalid'],
  ['HorizontalPodAutoscaler', '/spec/metrics/0/type', 'Pods', 'builtin-required', '/spec/metrics/0/pods'],
  [
    'HorizontalPodAutoscaler',
    '/spec/behavior',
    { scaleDown: { policies: [] } },
    'builtin-required',
    '/spec/behavior/scaleDown/policies',
  ],
  ['PodDisruptionBudget', '/spec/minAvailable', 1, 'builtin-forbidden', '/spec/maxUnavailable'],
  ['PodDisruptionBudget', '/spec/maxUnavailable', '150%', 'builtin-invalid'],
  ['ConfigMap', '/data/har bours', 'a', 'builtin-invalid'],
  ['ConfigMap', '/data/large', 'a'.repeat(1024 * 1024), 'builtin-too-long', '/data'],
  ['Secret', '/data/tls.key', undefined, 'builtin-required'],
  ['PersistentVolumeClaim', '/spec/accessModes', [], 'builtin-required'],
  ['PersistentVolumeClaim', '/spec/resources/requests/storage', '0', 'builtin-invalid'],
  ['StorageClass', '/reclaimPolicy', 'Burn', 'builtin-unsupported'],
  ['ResourceQuota', '/spec/hard/pods', '1500m', 'builtin-invalid'],
  ['LimitRange', '/spec/limits/0/max', { cpu: '250m' }, 'builtin-invalid', '/spec/limits/0/max/cpu'],
  [
    'LimitRange',
    '/spec/limits/0',
    { ...BOUNDED, maxLimitRequestRatio: { cpu: '5' } },
    'builtin-invalid',
    '/spec/limits/0/maxLimitRequestRatio/cpu',
  ],
  [
    'Deployment',
    `${POD}/affinity`,
    requiring('t4g micro'),
    'builtin-invalid',
    `${POD}/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms/0/matchExpressions/0/values/0`,
  ],
  ['PriorityClass', '/value', 2_000_000_000, 'builtin-invalid'],
  ['Role', '/rules/0/verbs', [], 'builtin-required'],
  ['RoleBinding', '/subjects/0/kind', 'Captain', 'builtin-unsupported'],
  ['RoleBinding', '/roleRef/kind', 'Rule', 'builtin-unsupported'],
  [
    'Deployment',
    '/spec/template/metadata/annotations',
    { 'har bour': 'a' },
    'builtin-invalid',
    '/spec/template/metadata/annotations/har bour',
  ],
  [
    'Deployment',
    `${POD}/dnsConfig`,
    { nameservers: [null] },
    'builtin-required',
    `${POD}/dnsConfig/nameservers/0`,
  ],
  ['Deployment', `${POD}/dnsConfig`, { searches: [''] }, 'builtin-required', `${POD}/dnsConfig/searches/0`],
  [
    'Deployment',
    `${POD}/hostAliases`,
    [{ ip: '10.1.2.3', hostnames: [null] }],
    'builtin-required',
    `${POD}/hostAliases/0/hostnames/0`,
  ],
  ['Deployment', `${POD}/subdomain`, 'book=ings', 'builtin-invalid'],
  [
    'Deployment',
    `${POD}/topologySpreadConstraints/0/matchLabelKeys`,
    [''],
    'builtin-required',
    `${POD}/topologySpreadConstraints/0/matchLabelKeys/0`,
  ],
  [
    'Deployment',
    `${FIRST}/env/0`,
    divided('2m'),
    'builtin-unsupported',
    `${FIRST}/env/0/valueFrom/resourceFieldRef/divisor`,
  ],
  [
    'Deployment',
    `${FIRST}/env/0`,
    { name: 'A', valueFrom: { configMapKeyRef: { name: 'a b', key: 'c' } } },
    'builtin-invalid',
    `${FIRST}/env/0/valueFrom/configMapKeyRef/name`,
  ],
  ['Deployment', `${FIRST}/resources/limits/cpu`, null, 'builtin-invalid', `${FIRST}/resources/requests/cpu`],
  [
    'Deployment',
    `${POD}/volumes/0`,
    { name: 'cargo', csi: { driver: 'efs csi' } },
    'builtin-invalid',
    `${POD}/volumes/0/csi/driver`,
  ],
  [
    'Deployment',
    `${POD}/volumes/0`,
    { name: 'cargo', csi: { driver: 'efs', nodePublishSecretRef: { name: 'a/b' } } },
    'builtin-invalid',
    `${POD}/volumes/0/csi/nodePublishSecretRef/name`,
  ],
  [
    'Deployment',
    `${POD}/volumes/0`,
    claiming({ name: 'cargo' }),
    'builtin-forbidden',
    `${POD}/volumes/0/ephemeral/volumeClaimTemplate/metadata/name`,
  ],
  [
    'Deployment',
    `${POD}/volumes/0`,
    claiming({ labels: { app: 'a ' } }),
    'builtin-invalid',
    `${POD}/volumes/0/ephemeral/volumeClaimTemplate/metadata/labels/app`,
  ],
  [
    'Deployment',
    `${FIRST}/volumeDevices`,
    [
      { name: 'raw', devicePath: '/a' },
      { name: 'raw', devicePath: '/b' },
    ],
    'builtin-duplicate',
    `${FIRST}/volumeDevices/1/name`,
  ],
  [
    'Service',
    '/spec',
    local({ healthCheckNodePort: 70_000 }),
    'builtin-invalid',
    '/spec/healthCheckNodePort',
  ],
  [
    'Service',
    '/spec',
    { ...local({}), loadBalancerSourceRanges: ['10.1.1.0/33'] },
    'builtin-invalid',
    '/spec/loadBalancerSourceRanges/0',
  ],
  ['Service', '/spec/externalIPs', ['010.1.1.256'], 'builtin-invalid', '/spec/externalIPs/0'],
  ['Ingress', '/spec/tls', [{ hosts: [null] }], 'builtin-invalid', '/spec/tls/0/hosts/0'],
  [
    'NetworkPolicy',
    '/spec/egress/0/to/0/ipBlock/except',
    [null],
    'builtin-invalid',
    '/spec/egress/0/to/0/ipBlock/except/0',
  ],
  ['NetworkPolicy', '/spec/egress/0/to/0/ipBlock/cidr', '10.20.0.0/+16', 'builtin-invalid'],
  ['HorizontalPodAutoscaler', '/spec/scaleTargetRef/apiVersion', undefined, 'builtin-invalid'],
  [
    'HorizontalPodAutoscaler',
    '/spec/metrics/0',
    measured('memoryx'),
    'builtin-invalid',
    '/spec/metrics/0/containerResource/name',
  ],
  [
    'PersistentVolumeClaim',
    '/spec/dataSource',
    { kind: 'PersistentVolumeClaim', name: '' },
    'builtin-required',
    '/spec/dataSource/name',
  ],
  [
    'PersistentVolumeClaim',
    '/spec/dataSourceRef',
    { kind: 'Chart', name: 'a' },
    'builtin-invalid',
    '/spec/dataSourceRef/kind',
  ],
  [
    'Job',
    '/spec/podFailurePolicy',
    { rules: [{ action: 'Ignore', onExitCodes: { operator: 'In', values: [null] } }] },
    'builtin-invalid',
    '/spec/podFailurePolicy/rules/0/onExitCodes/values/0',
  ],
  [
    'IngressClass',
    '/spec/parameters',
    { kind: 'Params', name: '/a' },
    'builtin-invalid',
    '/spec/parameters/name',
  ],
  [
    'ValidatingAdmissionPolicy',
    '/spec/paramKind',
    { apiVersion: 'v1', kind: 'Config%Map' },
    'builtin-invalid',
    '/spec/paramKind/kind',
  ],
  [
    'ValidatingAdmissionPolicy',
    '/spec/paramKind',
    { apiVersion: 'ConfigMap', kind: 'ConfigMap' },
    'builtin-invalid',
    '/spec/paramKind/apiVersion',
  ],
  ['ValidatingAdmissionPolicy', '/spec/validations/0/expression', "'true'", 'builtin-invalid'],
  ['ValidatingAdmissionPolicy', '/spec/validations/0/messageExpression', 'true', 'builtin-invalid'],
  [
    'ValidatingAdmissionPolicy',
    '/spec/matchConstraints/resourceRules/0/resources',
    [null],
    'builtin-required',
    '/spec/matchConstraints/resourceRules/0/resources/0',
  ],
  ['ValidatingAdmissionPolicy', '/spec/validations', [], 'builtin-required'],
  ['ValidatingAdmissionPolicyBinding', '/spec/validationActions', ['Deny', 'Warn'], 'builtin-forbidden'],
];

const INDEXED = { completionMode: 'Indexed', completions: 6 };
const reports = (kind: Kind, pointer: string, value: unknown) => found(changed(kind, pointer, value));

/** What looks wrong, and is not to the API server. */
const accepted: readonly (readonly [Kind, string, unknown])[] = [
  ['StatefulSet', `${POD}/subdomain`, 'book=ings'],
  ['Deployment', `${POD}/hostAliases`, [{ ip: '010.1.2.3' }]],
  ['Deployment', `${FIRST}/env/0`, divided('m')],
  ['NetworkPolicy', '/spec/egress/0/to/0/ipBlock', { cidr: '010.020.0.0/016', except: ['10.20.4.0/024'] }],
  ['NetworkPolicy', '/spec/egress/0/to/0/ipBlock', { cidr: 'fd00:00040::/032' }],
  ['Service', '/spec/externalIPs', ['010.1.1.1']],
  ['PersistentVolumeClaim', '/spec/dataSource', { apiGroup: 'tideline.example', kind: 'Chart', name: '' }],
  ['PersistentVolumeClaim', '/spec/dataSource', {}],
  ['PersistentVolumeClaim', '/spec/accessModes', ['ReadWriteOncePod', 'ReadWriteOncePod']],
  ['Job', '/spec/podFailurePolicy', {}],
  ['PriorityClass', '/value', undefined],
  ['LimitRange', '/spec/limits/0', { ...BOUNDED, maxLimitRequestRatio: { cpu: '4' } }],
  ['LimitRange', '/spec/limits/0', { ...BOUNDED, maxLimitRequestRatio: { cpu: '1e99' } }],
  ['Deployment', `${POD}/affinity`, preferring('t4g micro')],
  [
    'HorizontalPodAutoscaler',
    '/spec/metrics/0',
    {
      type: 'Object',
      object: {
        describedObject: { kind: 'Ingress', name: 'bookings' },
        metric: { name: 'requests' },
        target: { type: 'Value', value: 10 },
      },
    },
  ],
];

const succeeding = (rule: object) => ({
  ...objects.Job.spec,
  ...INDEXED,
  successPolicy: { rules: [rule] },
});

describe('what the API server lets pass', () => {
  it.each(accepted.map(([kind, pointer, value]) => ({ kind, pointer, value })))(
    '$kind $pointer: $value',
    ({ kind, pointer, value }) => {
      expect(reports(kind, pointer, value)).toEqual([]);
    },
  );
});

it('a secret that is null is there, and empty', () => {
  const type = 'kubernetes.io/dockerconfigjson';
  const secret = (data: object) => found({ ...changed('Secret', '/type', type), data });
  expect(secret({ '.dockerconfigjson': 'e30=' })).toEqual([]);
  expect(secret({ '.dockerconfigjson': null })).toEqual(['builtin-invalid /data/.dockerconfigjson']);
});

describe('indexes of a success policy', () => {
  const place = '/spec/successPolicy/rules/0/succeededIndexes';
  it('are numbers and ranges that ascend, below completions', () => {
    for (const succeededIndexes of ['', '0,2-4', '5', '01', '+1', '1-+2'])
      expect(reports('Job', '/spec', succeeding({ succeededIndexes }))).toEqual([]);
    const bad = [',2-4', '0,', '2-1', '0-6', '6', '2-2', '1,1', '1-3,2-4', ' 1', '1-2-3', '-1', 'a', '1-'];
    for (const succeededIndexes of bad)
      expect(reports('Job', '/spec', succeeding({ succeededIndexes })), succeededIndexes).toEqual([
        `builtin-invalid ${place}`,
      ]);
  });

  it('are at least as many as must succeed', () => {
    const of = (rule: object) => reports('Job', '/spec', succeeding(rule));
    const count = '/spec/successPolicy/rules/0/succeededCount';
    expect(of({ succeededCount: 6 })).toEqual([]);
    expect(of({ succeededCount: 7 })).toEqual([`builtin-invalid ${count}`]);
    expect(of({ succeededIndexes: '0,2-4', succeededCount: 4 })).toEqual([]);
    expect(of({ succeededIndexes: '0,2-4', succeededCount: 5 })).toEqual([`builtin-invalid ${count}`]);
  });
});

describe('what the API server checks in its own code', () => {
  it.each(Object.keys(objects) as Kind[])('%s passes as it stands', (kind) => {
    expect(found(changed(kind, '/metadata/name', 'bookings'))).toEqual([]);
  });

  it.each(
    cases.map(([kind, pointer, value, code, place = pointer]) => ({ kind, pointer, value, code, place })),
  )('$kind $pointer: $code', ({ kind, pointer, value, code, place }) => {
    expect(found(changed(kind, pointer, value))).toContain(`${code} ${place}`);
  });

  it('passes over values of any type, and never throws', () => {
    for (const kind of Object.keys(objects) as Kind[])
      for (const value of [null, 7, 'ahoy', true, [], {}, [null], [[{}]], { a: null }])
        for (const key of Object.keys(objects[kind]))
          expect(() => found(changed(kind, `/${key}`, value))).not.toThrow();
  });
});
