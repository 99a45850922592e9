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
  ['PriorityClass', '/value', 2_000_000_000, 'builtin-invalid'],
  ['Role', '/rules/0/verbs', [], 'builtin-required'],
  ['RoleBinding', '/subjects/0/kind', 'Captain', 'builtin-unsupported'],
  ['RoleBinding', '/roleRef/kind', 'Rule', 'builtin-unsupported'],
  ['ValidatingAdmissionPolicy', '/spec/validations', [], 'builtin-required'],
  ['ValidatingAdmissionPolicyBinding', '/spec/validationActions', ['Deny', 'Warn'], 'builtin-forbidden'],
];

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
