import type { KubernetesObject } from '#manifests/manifest.ts';
import { type Random, random } from '../mutation/random.ts';

/**
 * Pods of all sorts: every field that the Pod Security Standards speak of, with every sort of value, alone and
 * together, on pods that keep a standard and on bare ones. Most are valid; what the API server finds invalid tells
 * nothing about policies.
 */
export interface Sample {
  readonly name: string;
  readonly pod: KubernetesObject;
}

type Fields = Record<string, unknown>;

interface Change {
  readonly name: string;
  readonly make: (pod: KubernetesObject) => KubernetesObject;
}

/** A copy with a value at a path; undefined takes away. Containers that are not there are made. */
function withValue(
  pod: KubernetesObject,
  path: readonly (string | number)[],
  value: unknown,
): KubernetesObject {
  const copy = structuredClone(pod);
  let inner: unknown = copy;
  path.forEach((key, index) => {
    if (typeof inner !== 'object' || inner === null) throw new Error(`no ${path.join('/')}`);
    if (index === path.length - 1) {
      if (value === undefined) Reflect.deleteProperty(inner, key);
      else Reflect.set(inner, key, value);
      return;
    }
    if (Reflect.get(inner, key) === undefined)
      Reflect.set(inner, key, typeof path[index + 1] === 'number' ? [] : {});
    inner = Reflect.get(inner, key);
  });
  return copy;
}

const hardened = (): Fields => ({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
const podContext = (): Fields => ({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
const container = (name: string, fields: Fields = {}): Fields => ({
  name,
  image: 'tideline/web:1',
  ...fields,
});

const podOf = (spec: Fields, metadata: Fields = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', ...metadata },
  spec,
});

const BASES: readonly Sample[] = [
  {
    name: 'restricted',
    pod: podOf({
      securityContext: podContext(),
      initContainers: [container('wait', { securityContext: hardened() })],
      containers: [
        container('web', { securityContext: hardened() }),
        container('proxy', { securityContext: { ...hardened(), runAsUser: 1000 } }),
      ],
    }),
  },
  {
    name: 'restricted by its containers',
    pod: podOf({
      containers: [container('web', { securityContext: { ...hardened(), ...podContext() } })],
      volumes: [{ name: 'scratch', emptyDir: {} }],
    }),
  },
  { name: 'bare', pod: podOf({ containers: [container('web')] }) },
  {
    name: 'windows',
    pod: podOf({
      os: { name: 'windows' },
      securityContext: { runAsNonRoot: true },
      containers: [container('web')],
    }),
  },
];

const SECCOMP: readonly unknown[] = [
  undefined,
  { type: 'RuntimeDefault' },
  { type: 'Unconfined' },
  { type: 'Localhost', localhostProfile: 'web.json' },
];
const APP_ARMOR: readonly unknown[] = [
  undefined,
  { type: 'RuntimeDefault' },
  { type: 'Unconfined' },
  { type: 'Localhost', localhostProfile: 'web' },
];
const SE_LINUX: readonly unknown[] = [
  undefined,
  {},
  { level: 's0:c123,c456' },
  ...[
    '',
    'container_t',
    'container_init_t',
    'container_kvm_t',
    'container_engine_t',
    'spc_t',
    'container_x',
  ].map((type) => ({ type })),
  { user: 'sysadm_u' },
  { user: '' },
  { role: 'sysadm_r' },
  { role: '', type: 'container_t' },
  { user: 'u', role: 'r', type: 't', level: 'l' },
];
const WINDOWS: readonly unknown[] = [
  {},
  { hostProcess: true },
  { hostProcess: false },
  { runAsUserName: 'ContainerUser' },
  { hostProcess: false, runAsUserName: 'ContainerAdministrator' },
];
const BOOLEANS: readonly unknown[] = [undefined, true, false];
const USERS: readonly unknown[] = [undefined, 0, 1, 1000, 2_147_483_647];

const CONTAINER_CONTEXT: Readonly<Record<string, readonly unknown[]>> = {
  privileged: BOOLEANS,
  allowPrivilegeEscalation: BOOLEANS,
  runAsNonRoot: BOOLEANS,
  runAsUser: USERS,
  runAsGroup: USERS,
  readOnlyRootFilesystem: BOOLEANS,
  seccompProfile: SECCOMP,
  appArmorProfile: APP_ARMOR,
  seLinuxOptions: SE_LINUX,
  windowsOptions: WINDOWS,
  procMount: [undefined, 'Default', 'Unmasked'],
  capabilities: [
    undefined,
    {},
    { drop: [] },
    { drop: ['ALL'] },
    { drop: ['all'] },
    { drop: ['NET_RAW'] },
    { drop: ['CAP_ALL'] },
    { drop: ['NET_RAW', 'ALL'] },
    { add: [] },
    ...[
      'AUDIT_WRITE',
      'CHOWN',
      'DAC_OVERRIDE',
      'FOWNER',
      'FSETID',
      'KILL',
      'MKNOD',
      'NET_BIND_SERVICE',
      'SETFCAP',
      'SETGID',
      'SETPCAP',
      'SETUID',
      'SYS_CHROOT',
      'NET_RAW',
      'NET_ADMIN',
      'SYS_ADMIN',
      'ALL',
      'all',
      'net_bind_service',
      'CAP_CHOWN',
      '',
    ].flatMap((name) => [{ add: [name] }, { add: [name], drop: ['ALL'] }]),
    { add: ['CHOWN', 'NET_ADMIN'], drop: ['ALL'] },
    { add: ['NET_BIND_SERVICE', 'NET_BIND_SERVICE'], drop: ['ALL'] },
  ],
};

const SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
  'net.ipv4.tcp_mem',
  'net/ipv4/tcp_syncookies',
  'net.core.somaxconn',
  'kernel.msgmax',
  'kernel.shm_rmid_forced2',
];

const POD_CONTEXT: Readonly<Record<string, readonly unknown[]>> = {
  runAsNonRoot: BOOLEANS,
  runAsUser: USERS,
  fsGroup: [undefined, 0, 1000],
  supplementalGroups: [undefined, [0], [1000]],
  seccompProfile: SECCOMP,
  appArmorProfile: APP_ARMOR,
  seLinuxOptions: SE_LINUX,
  windowsOptions: WINDOWS,
  sysctls: [
    undefined,
    [],
    ...SYSCTLS.map((name) => [{ name, value: '1' }]),
    [
      { name: 'net.ipv4.tcp_rmem', value: '1' },
      { name: 'kernel.sem', value: '1' },
    ],
  ],
};

const VOLUMES: readonly Fields[] = [
  // By default an emptyDir.
  {},
  { configMap: { name: 'ports' } },
  { secret: { secretName: 'ports' } },
  { emptyDir: {} },
  { emptyDir: { medium: 'Memory' } },
  { persistentVolumeClaim: { claimName: 'ports' } },
  { projected: { sources: [{ configMap: { name: 'ports' } }] } },
  { downwardAPI: { items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] } },
  { csi: { driver: 'secrets-store.csi.k8s.io' } },
  {
    ephemeral: {
      volumeClaimTemplate: {
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
    },
  },
  { image: { reference: 'tideline/charts:1' } },
  { hostPath: { path: '/var/run' } },
  { hostPath: { path: '/', type: 'Directory' } },
  { gcePersistentDisk: { pdName: 'd' } },
  { awsElasticBlockStore: { volumeID: 'v' } },
  { gitRepo: { repository: 'https://git.tideline.example/charts' } },
  { nfs: { server: 'nas.tideline.example', path: '/' } },
  { iscsi: { targetPortal: '10.0.0.1:3260', iqn: 'iqn.2001-04.com.tideline:storage', lun: 0 } },
  { glusterfs: { endpoints: 'e', path: 'p' } },
  { rbd: { monitors: ['m'], image: 'i' } },
  { flexVolume: { driver: 'tideline/driver' } },
  { cinder: { volumeID: 'v' } },
  { cephfs: { monitors: ['m'] } },
  { flocker: { datasetName: 'd' } },
  { fc: { targetWWNs: ['w'], lun: 0 } },
  { azureFile: { secretName: 's', shareName: 'n' } },
  { vsphereVolume: { volumePath: 'p' } },
  { quobyte: { registry: 'r:1', volume: 'v' } },
  { azureDisk: { diskName: 'd', diskURI: 'https://blob.tideline.example/d' } },
  { portworxVolume: { volumeID: 'v' } },
  { photonPersistentDisk: { pdID: 'p' } },
  { scaleIO: { gateway: 'g', system: 's', volumeName: 'v', secretRef: { name: 's' } } },
  { storageos: { volumeName: 'v' } },
];

const HOSTS = [undefined, '', '127.0.0.1', 'localhost', '169.254.169.254'];
const httpGet = (host: unknown): Fields => ({ port: 80, path: '/', ...(host !== undefined && { host }) });
const tcpSocket = (host: unknown): Fields => ({ port: 80, ...(host !== undefined && { host }) });
const HANDLERS: readonly Fields[] = [
  ...HOSTS.flatMap((host) => [{ httpGet: httpGet(host) }, { tcpSocket: tcpSocket(host) }]),
  { exec: { command: ['true'] } },
];

const ANNOTATIONS: readonly (readonly [string, string])[] = [
  ...['runtime/default', 'unconfined', 'localhost/web', 'localhost/', '', 'other'].map(
    (value) => ['container.apparmor.security.beta.kubernetes.io/web', value] as const,
  ),
  ['container.apparmor.security.beta.kubernetes.io/other', 'unconfined'],
  ['container.apparmor.security.beta.kubernetes.io/wait', 'unconfined'],
  ['seccomp.security.alpha.kubernetes.io/pod', 'unconfined'],
  ['container.seccomp.security.alpha.kubernetes.io/web', 'unconfined'],
  ['apparmor.security.beta.kubernetes.io/web', 'unconfined'],
];

const shown = (value: unknown): string => (value === undefined ? 'left out' : JSON.stringify(value));

const setting = (path: readonly (string | number)[], value: unknown): Change => ({
  name: `${path.join('/')} ${shown(value)}`,
  make: (pod) => withValue(pod, path, value),
});

/** Containers of a pod: of those that a base lacks, one is made. */
const CONTAINERS = [
  ['spec', 'containers', 0],
  ['spec', 'initContainers', 0],
  ['spec', 'containers', 1],
] as const;

function inContainer(path: (typeof CONTAINERS)[number], within: readonly string[], value: unknown): Change {
  const change = setting([...path, ...within], value);
  return {
    name: change.name,
    make: (pod) => {
      const [, list, index] = path;
      const made = structuredClone(pod);
      const spec = made['spec'];
      if (typeof spec !== 'object' || spec === null) return pod;
      const containers: unknown = Reflect.get(spec, list) ?? [];
      if (Array.isArray(containers) && containers[index] === undefined) {
        const like: unknown = Reflect.get(spec, 'containers');
        const first: unknown = Array.isArray(like) ? like[0] : undefined;
        const name = list === 'initContainers' ? 'wait' : 'second';
        containers.push({ ...structuredClone(Object(first)), name });
        Reflect.set(spec, list, containers);
      }
      return change.make(made);
    },
  };
}

const entries = (table: Readonly<Record<string, readonly unknown[]>>) =>
  Object.entries(table).flatMap(([field, values]) => values.map((value) => [field, value] as const));

function changes(): readonly Change[] {
  return [
    ...['hostNetwork', 'hostPID', 'hostIPC', 'hostUsers', 'shareProcessNamespace'].flatMap((field) =>
      [true, false].map((value) => setting(['spec', field], value)),
    ),
    ...['linux', 'windows'].map((name) => setting(['spec', 'os'], { name })),
    setting(['spec', 'securityContext'], undefined),
    setting(['spec', 'securityContext'], {}),
    ...entries(POD_CONTEXT).map(([field, value]) => setting(['spec', 'securityContext', field], value)),
    ...VOLUMES.map((volume) => setting(['spec', 'volumes'], [{ name: 'v', ...volume }])),
    setting(
      ['spec', 'volumes'],
      [
        { name: 'good', emptyDir: {} },
        { name: 'bad', hostPath: { path: '/' } },
      ],
    ),
    setting(['spec', 'volumes'], []),
    ...ANNOTATIONS.map(([key, value]) => setting(['metadata', 'annotations'], { [key]: value })),
    ...CONTAINERS.flatMap((at) => [
      inContainer(at, ['securityContext'], undefined),
      inContainer(at, ['securityContext'], {}),
      ...entries(CONTAINER_CONTEXT).map(([field, value]) =>
        inContainer(at, ['securityContext', field], value),
      ),
      ...[
        [{ containerPort: 80 }],
        [{ containerPort: 80, hostPort: 0 }],
        [{ containerPort: 80, hostPort: 80 }],
        [{ containerPort: 80 }, { containerPort: 81, hostPort: 8081 }],
      ].map((ports) => inContainer(at, ['ports'], ports)),
      ...(at[1] === 'initContainers' ? [inContainer(at, ['restartPolicy'], 'Always')] : []),
      ...['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((probe) =>
        HANDLERS.map((handler) => inContainer(at, [probe], handler)),
      ),
      ...['postStart', 'preStop'].flatMap((moment) =>
        HANDLERS.map((handler) => inContainer(at, ['lifecycle', moment], handler)),
      ),
    ]),
  ];
}

/** The same samples for the same seed: each change alone on each base, then some together. */
export function samples(seed: number, together: number): readonly Sample[] {
  const every = changes();
  const chance = random(seed);
  const alone = BASES.flatMap((base) => [
    base,
    ...every.map(({ name, make }) => ({ name: `${base.name}, ${name}`, pod: make(base.pod) })),
  ]);
  return [...alone, ...Array.from({ length: together }, () => combined(every, chance))];
}

function combined(every: readonly Change[], chance: Random): Sample {
  const base = chance.pick(BASES);
  const picked = Array.from({ length: 2 + chance.below(4) }, () => chance.pick(every));
  return {
    name: [base.name, ...picked.map(({ name }) => name)].join(', '),
    pod: picked.reduce((pod, { make }) => make(pod), base.pod),
  };
}

/** The workloads that make such a pod, one of each kind. */
export function workloads({ name, pod }: Sample): readonly (Sample & { readonly plural: string })[] {
  const labels = { app: 'web' };
  const { metadata } = pod;
  const spec = pod['spec'];
  const templateOf = (more: Fields = {}): Fields => ({
    metadata: { labels, ...(metadata.annotations && { annotations: metadata.annotations }) },
    spec: { ...Object(spec), ...more },
  });
  const selector = { matchLabels: labels };
  const once = { template: templateOf({ restartPolicy: 'Never' }) };
  const made: readonly (readonly [string, string, string, Fields])[] = [
    ['apps/v1', 'Deployment', 'deployments', { selector, template: templateOf() }],
    ['apps/v1', 'StatefulSet', 'statefulsets', { selector, serviceName: 'web', template: templateOf() }],
    ['apps/v1', 'DaemonSet', 'daemonsets', { selector, template: templateOf() }],
    ['apps/v1', 'ReplicaSet', 'replicasets', { selector, template: templateOf() }],
    ['batch/v1', 'Job', 'jobs', once],
    ['batch/v1', 'CronJob', 'cronjobs', { schedule: '5 4 * * *', jobTemplate: { spec: once } }],
  ];
  return made.map(([apiVersion, kind, plural, own]) => ({
    name: `${kind} of ${name}`,
    plural,
    pod: { apiVersion, kind, metadata: { name: 'web' }, spec: own },
  }));
}
