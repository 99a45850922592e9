import type { KubernetesObject } from '#manifests/manifest.ts';

/** For each validation of each policy of `policies/`: documents that keep it, and documents that break it. */
export interface Case {
  readonly policy: string;
  readonly name: string;
  readonly object: KubernetesObject;
  /** The validations that are broken, and for the first of them the pointer that is blamed. */
  readonly breaks: readonly number[];
  readonly pointer?: string;
}

type Fields = Readonly<Record<string, unknown>>;

const NAMESPACE = 'tideline';
/** What has to be there before the cases: their namespaces, and the parameters of an environment in production. */
export const SURROUNDINGS: readonly KubernetesObject[] = [
  namespaceOf('tideline', 'production'),
  namespaceOf('plimsoll-system', 'production'),
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'environment', namespace: 'plimsoll-system' },
    data: { stage: 'production', registries: 'registry.tideline.example' },
  },
];

function namespaceOf(name: string, stage: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { 'plimsoll.dev/stage': stage } } };
}

const DIGEST = `sha256:${'5e'.repeat(32)}`;
const IMAGE = `registry.tideline.example/harbour/booking-api:4.2.1@${DIGEST}`;

const resources = { requests: { cpu: '250m', memory: '512Mi' }, limits: { memory: '512Mi' } };
const hardened = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const podContext = { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: 'RuntimeDefault' } };

const container = (fields: Fields = {}): Fields => ({
  name: 'booking-api',
  image: IMAGE,
  resources,
  securityContext: hardened,
  ...fields,
});
const secured = (fields: Fields): Fields => container({ securityContext: { ...hardened, ...fields } });

const podSpec = (fields: Fields = {}): Fields => ({
  securityContext: podContext,
  containers: [container()],
  volumes: [
    { name: 'scratch', emptyDir: {} },
    { name: 'charts', persistentVolumeClaim: { claimName: 'charts' } },
  ],
  ...fields,
});
const withContext = (fields: Fields): Fields => podSpec({ securityContext: { ...podContext, ...fields } });
const withContainers = (...containers: Fields[]): Fields => podSpec({ containers });

const named = (name: string, namespace = NAMESPACE) => ({ name, namespace });
const labels = { 'app.kubernetes.io/name': 'booking-api' };
const templateOf = (spec: Fields, metadata: Fields = {}) => ({ metadata: { labels, ...metadata }, spec });

const deployment = (
  spec: Fields = podSpec(),
  namespace = NAMESPACE,
  metadata: Fields = {},
): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: named('booking-api', namespace),
  spec: { selector: { matchLabels: labels }, template: templateOf(spec, metadata) },
});
const job = (spec: Fields): Fields => ({ template: templateOf({ restartPolicy: 'Never', ...spec }) });

/** One of each kind that holds a pod template. */
const workloads = (spec: Fields): readonly KubernetesObject[] => [
  { apiVersion: 'v1', kind: 'Pod', metadata: named('booking-api'), spec },
  deployment(spec),
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: named('booking-api'),
    spec: { serviceName: 'booking-api', selector: { matchLabels: labels }, template: templateOf(spec) },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: named('booking-api'),
    spec: { selector: { matchLabels: labels }, template: templateOf(spec) },
  },
  { apiVersion: 'batch/v1', kind: 'Job', metadata: named('tide-tables'), spec: job(spec) },
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: named('tide-tables'),
    spec: { schedule: '5 4 * * *', jobTemplate: { spec: job(spec) } },
  },
];

const everyKind = (policy: string, name: string, spec: Fields, breaks: readonly number[]): Case[] =>
  workloads(spec).map((object) => ({ policy, name: `${name}, ${object.kind}`, object, breaks }));

const TEMPLATE = '/spec/template/spec';
const FIRST = `${TEMPLATE}/containers/0`;

const workload =
  (policy: string) =>
  (name: string, spec: Fields, breaks: readonly number[] = [], pointer?: string): Case => ({
    policy,
    name,
    object: deployment(spec),
    breaks,
    ...(pointer !== undefined && { pointer }),
  });

const resourced = workload('workload-resources');
const restricted = workload('pod-security-restricted');

const resourceCases: readonly Case[] = [
  ...everyKind('workload-resources', 'all are set', podSpec(), []),
  ...everyKind('workload-resources', 'none is set', withContainers(container({ resources: {} })), [0, 1, 2]),
  resourced(
    'no resources at all',
    withContainers(container({ resources: undefined })),
    [0, 1, 2],
    `${FIRST}/resources`,
  ),
  resourced(
    'no CPU request',
    withContainers(container({ resources: { ...resources, requests: { memory: '256Mi' } } })),
    [0],
    `${FIRST}/resources/requests/cpu`,
  ),
  resourced(
    'no memory request',
    withContainers(container({ resources: { requests: { cpu: 1 }, limits: { cpu: 1 } } })),
    [1, 2],
    `${FIRST}/resources/requests/memory`,
  ),
  resourced(
    'no memory limit on the second container',
    withContainers(
      container(),
      container({ name: 'proxy', resources: { ...resources, limits: { cpu: '1' } } }),
    ),
    [2],
    `${TEMPLATE}/containers/1/resources/limits/memory`,
  ),
  resourced(
    'an init container without requests',
    podSpec({ initContainers: [container({ name: 'migrate', resources: { limits: { memory: '1Gi' } } })] }),
    [0],
    `${TEMPLATE}/initContainers/0/resources/requests`,
  ),
];

const podCases: readonly Case[] = [
  ...everyKind('pod-security-restricted', 'restricted', podSpec(), []),
  ...everyKind(
    'pod-security-restricted',
    'in the namespaces of the host',
    podSpec({ hostNetwork: true }),
    [1],
  ),
  restricted('hostPID', podSpec({ hostPID: true }), [1], `${TEMPLATE}/hostPID`),
  restricted('hostIPC', podSpec({ hostIPC: true }), [1], `${TEMPLATE}/hostIPC`),
  restricted('hostNetwork false', podSpec({ hostNetwork: false })),
  restricted(
    'hostPath',
    podSpec({ volumes: [{ name: 'docker', hostPath: { path: '/var/run' } }] }),
    [11],
    `${TEMPLATE}/volumes/0/hostPath`,
  ),
  restricted('no volumes', podSpec({ volumes: undefined })),
  restricted(
    'every volume type that is allowed',
    podSpec({
      volumes: [
        { name: 'a', configMap: { name: 'ports' } },
        { name: 'b', secret: { secretName: 'ports' } },
        { name: 'c', projected: { sources: [] } },
        { name: 'd', downwardAPI: {} },
        { name: 'e', csi: { driver: 'secrets-store.csi.k8s.io' } },
      ],
    }),
  ),
  restricted(
    'hostPort',
    withContainers(container({ ports: [{ containerPort: 80 }, { containerPort: 8080, hostPort: 8080 }] })),
    [2],
    `${FIRST}/ports/1/hostPort`,
  ),
  restricted('ports of its own', withContainers(container({ ports: [{ containerPort: 80 }] }))),
  restricted(
    'privileged',
    withContainers(secured({ privileged: true, allowPrivilegeEscalation: true })),
    [4, 9],
    `${FIRST}/securityContext/privileged`,
  ),
  restricted('privileged false', withContainers(secured({ privileged: false }))),
  restricted(
    'no security context',
    withContainers(container({ securityContext: undefined })),
    [9, 10],
    `${FIRST}/securityContext`,
  ),
  restricted(
    'allowPrivilegeEscalation left out',
    withContainers(container({ securityContext: { capabilities: { drop: ['ALL'] } } })),
    [9],
    `${FIRST}/securityContext/allowPrivilegeEscalation`,
  ),
  restricted(
    'drops only some',
    withContainers(secured({ capabilities: { drop: ['NET_RAW'] } })),
    [10],
    `${FIRST}/securityContext/capabilities/drop`,
  ),
  restricted(
    'adds SYS_ADMIN',
    withContainers(secured({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE', 'SYS_ADMIN'] } })),
    [10],
    `${FIRST}/securityContext/capabilities/add`,
  ),
  restricted(
    'adds NET_BIND_SERVICE',
    withContainers(secured({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } })),
  ),
  restricted('runAsNonRoot false for the pod', withContext({ runAsNonRoot: false }), [12]),
  restricted(
    'runAsNonRoot left out',
    podSpec({ securityContext: { seccompProfile: { type: 'RuntimeDefault' } } }),
    [12],
  ),
  restricted(
    'runAsNonRoot on the container only',
    podSpec({
      securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
      containers: [secured({ runAsNonRoot: true })],
    }),
  ),
  restricted(
    'runAsNonRoot false for a container',
    withContainers(secured({ runAsNonRoot: false })),
    [12],
    `${FIRST}/securityContext/runAsNonRoot`,
  ),
  restricted(
    'the pod runs as root',
    withContext({ runAsUser: 0 }),
    [13],
    `${TEMPLATE}/securityContext/runAsUser`,
  ),
  restricted(
    'a container runs as root',
    withContainers(secured({ runAsUser: 0 })),
    [13],
    `${FIRST}/securityContext/runAsUser`,
  ),
  restricted('a container runs as a user', withContainers(secured({ runAsUser: 1000 }))),
  restricted('no seccomp profile', podSpec({ securityContext: { runAsNonRoot: true } }), [14]),
  restricted(
    'seccomp unconfined for the pod',
    withContext({ seccompProfile: { type: 'Unconfined' } }),
    [14],
    `${TEMPLATE}/securityContext/seccompProfile/type`,
  ),
  restricted(
    'seccomp unconfined for a container',
    withContainers(secured({ seccompProfile: { type: 'Unconfined' } })),
    [14],
    `${FIRST}/securityContext/seccompProfile/type`,
  ),
  restricted(
    'seccomp on the container only',
    podSpec({
      securityContext: { runAsNonRoot: true },
      containers: [secured({ seccompProfile: { type: 'Localhost', localhostProfile: 'harbour.json' } })],
    }),
  ),
  restricted(
    'procMount',
    podSpec({ hostUsers: false, containers: [secured({ procMount: 'Unmasked' })] }),
    [5],
    `${FIRST}/securityContext/procMount`,
  ),
  restricted('procMount Default', withContainers(secured({ procMount: 'Default' }))),
  restricted(
    'a sysctl of the node',
    withContext({ sysctls: [{ name: 'kernel.msgmax', value: '65536' }] }),
    [7],
    `${TEMPLATE}/securityContext/sysctls/0/name`,
  ),
  restricted('a safe sysctl', withContext({ sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }] })),
  restricted(
    'SELinux type',
    withContext({ seLinuxOptions: { type: 'spc_t' } }),
    [6],
    `${TEMPLATE}/securityContext/seLinuxOptions/type`,
  ),
  restricted(
    'SELinux role of a container',
    withContainers(secured({ seLinuxOptions: { role: 'sysadm_r' } })),
    [6],
  ),
  restricted(
    'SELinux container type',
    withContext({ seLinuxOptions: { type: 'container_t', level: 's0:c1' } }),
  ),
  restricted(
    'AppArmor off for a container',
    withContainers(secured({ appArmorProfile: { type: 'Unconfined' } })),
    [0],
    `${FIRST}/securityContext/appArmorProfile/type`,
  ),
  restricted('AppArmor on', withContext({ appArmorProfile: { type: 'RuntimeDefault' } })),
  {
    policy: 'pod-security-restricted',
    name: 'AppArmor off by annotation',
    object: deployment(podSpec(), NAMESPACE, {
      annotations: { 'container.apparmor.security.beta.kubernetes.io/booking-api': 'unconfined' },
    }),
    breaks: [0],
    pointer:
      '/spec/template/metadata/annotations/container.apparmor.security.beta.kubernetes.io~1booking-api',
  },
  restricted(
    'a process of the host',
    podSpec({ hostNetwork: true, securityContext: { ...podContext, windowsOptions: { hostProcess: true } } }),
    [1, 8],
    `${TEMPLATE}/hostNetwork`,
  ),
];

/** In production, as the parameters beside the cases say. */
const image = (name: string, reference: string, breaks: readonly number[]): Case => ({
  policy: 'immutable-image-tags',
  name,
  object: deployment(withContainers(container({ image: reference }))),
  breaks,
  ...(breaks.length > 0 && { pointer: `${FIRST}/image` }),
});

const imageCases: readonly Case[] = [
  ...everyKind('immutable-image-tags', 'a digest', podSpec(), []),
  ...everyKind('immutable-image-tags', 'nothing', withContainers(container({ image: 'nginx' })), [0, 2]),
  image('a digest', `nginx@${DIGEST}`, []),
  image('a tag', 'nginx:1.29.3', [2]),
  image('latest', 'nginx:latest', [1, 2]),
  image('a moving tag with a digest', `nginx:latest@${DIGEST}`, []),
  {
    policy: 'immutable-image-tags',
    name: 'an init container with latest',
    object: deployment(podSpec({ initContainers: [container({ name: 'migrate', image: 'flyway:latest' })] })),
    breaks: [1, 2],
    pointer: `${TEMPLATE}/initContainers/0/image`,
  },
];

const blocked = {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
};
const s3 = (kind: string, forProvider: Fields, version = 'v1beta1', more: Fields = {}): KubernetesObject => ({
  apiVersion: `s3.aws.upbound.io/${version}`,
  kind,
  metadata: { name: 'tideline-documents' },
  spec: { forProvider: { region: 'eu-west-1', ...forProvider }, ...more },
});
const bucket = (
  name: string,
  object: KubernetesObject,
  breaks: readonly number[],
  pointer?: string,
): Case => ({
  policy: 'no-public-bucket',
  name,
  object,
  breaks,
  ...(pointer !== undefined && { pointer }),
});
const statement = (...statements: Fields[]): KubernetesObject =>
  s3('BucketPolicy', { policy: JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 1) });
const denyPlain = {
  Sid: 'TlsOnly',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: '*',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};
const allow = (principal: Fields): Fields => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::tideline-documents/*',
  Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
  ...principal,
});
const ROLE = 'arn:aws:iam::111122223333:role/tideline-production-booking-api';
const POLICY_POINTER = '/spec/forProvider/policy';
const grants = (uri: string) => ({ grant: [{ permission: 'READ', grantee: { type: 'Group', uri } }] });
const ALL_USERS = 'http://acs.amazonaws.com/groups/global/AllUsers';

const objectBucket = (spec: Fields): KubernetesObject => ({
  apiVersion: 'platform.plimsoll.dev/v1alpha1',
  kind: 'ObjectBucket',
  metadata: {
    ...named('documents'),
    annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
  },
  spec: { bucketName: 'tideline-documents', deletionPolicy: 'Orphan', ...spec },
});
const composition = (...bases: Fields[]): KubernetesObject => ({
  apiVersion: 'apiextensions.crossplane.io/v1',
  kind: 'Composition',
  metadata: { name: 'xobjectbuckets.platform.plimsoll.dev' },
  spec: {
    mode: 'Pipeline',
    compositeTypeRef: { apiVersion: 'platform.plimsoll.dev/v1alpha1', kind: 'XObjectBucket' },
    pipeline: [
      {
        step: 'resources',
        functionRef: { name: 'function-patch-and-transform' },
        input: {
          apiVersion: 'pt.fn.crossplane.io/v1beta1',
          kind: 'Resources',
          resources: bases.map((base, index) => ({ name: `resource-${index}`, base })),
        },
      },
      { step: 'ready', functionRef: { name: 'function-auto-ready' } },
    ],
  },
});
const withoutName = ({ metadata: _, ...base }: KubernetesObject): Fields => base;

const bucketCases: readonly Case[] = [
  bucket('all four settings', s3('BucketPublicAccessBlock', blocked), []),
  ...Object.keys(blocked).map((setting) =>
    bucket(
      `${setting} false`,
      s3('BucketPublicAccessBlock', { ...blocked, [setting]: false }),
      [0],
      `/spec/forProvider/${setting}`,
    ),
  ),
  bucket('no settings', s3('BucketPublicAccessBlock', {}), [0], '/spec/forProvider/blockPublicAcls'),
  bucket(
    'only observed',
    s3('BucketPublicAccessBlock', {}, 'v1beta1', { managementPolicies: ['Observe'] }),
    [],
  ),
  bucket('a private ACL', s3('BucketACL', { acl: 'private' }, 'v1beta2'), []),
  bucket('a public ACL', s3('BucketACL', { acl: 'public-read' }, 'v1beta2'), [1], '/spec/forProvider/acl'),
  bucket(
    'a public ACL on the bucket',
    s3('Bucket', { acl: 'public-read-write' }),
    [1],
    '/spec/forProvider/acl',
  ),
  bucket(
    'a public ACL at creation only',
    s3('Bucket', {}, 'v1beta2', { initProvider: { acl: 'authenticated-read' } }),
    [1],
    '/spec/initProvider/acl',
  ),
  bucket('a plain bucket', s3('Bucket', {}, 'v1beta2'), []),
  bucket('a grant to all users', s3('BucketACL', { accessControlPolicy: grants(ALL_USERS) }, 'v1beta2'), [2]),
  bucket(
    'a grant to all users in the older form',
    s3('BucketACL', { accessControlPolicy: [{ grant: [{ grantee: [{ uri: ALL_USERS }] }] }] }),
    [2],
  ),
  bucket(
    'a grant to the log delivery group',
    s3(
      'BucketACL',
      { accessControlPolicy: grants('http://acs.amazonaws.com/groups/s3/LogDelivery') },
      'v1beta2',
    ),
    [],
  ),
  bucket('a policy for a role', statement(denyPlain, allow({ Principal: { AWS: ROLE } })), []),
  bucket('a policy for everybody', statement(denyPlain, allow({ Principal: '*' })), [3], POLICY_POINTER),
  bucket(
    'a policy for every AWS account',
    statement(allow({ Principal: { AWS: '*' } })),
    [3],
    POLICY_POINTER,
  ),
  bucket('everybody in a list', statement(allow({ Principal: { AWS: [ROLE, '*'] } })), [3], POLICY_POINTER),
  bucket(
    'the principal before the effect',
    s3('BucketPolicy', {
      policy: '{"Statement":{"Principal":{"AWS":"*"},"Action":"s3:*","Effect":"Allow"}}',
    }),
    [3],
    POLICY_POINTER,
  ),
  bucket('all but one', statement(allow({ NotPrincipal: { AWS: ROLE } })), [3], POLICY_POINTER),
  bucket(
    'an escaped star',
    s3('BucketPolicy', { policy: '{"Statement":{"Effect":"Allow","Principal":"\\u002a","Action":"s3:*"}}' }),
    [4],
    POLICY_POINTER,
  ),
  bucket('a claim', objectBucket({}), []),
  bucket(
    'a claim with one origin',
    objectBucket({ cors: [{ allowedOrigins: ['https://ship.tideline.example'] }] }),
    [],
  ),
  bucket(
    'a claim with every origin',
    objectBucket({ cors: [{ allowedOrigins: ['https://ship.tideline.example', '*'] }] }),
    [5],
    '/spec/cors/0/allowedOrigins',
  ),
  bucket(
    'a composition with a block',
    composition(withoutName(s3('Bucket', {})), withoutName(s3('BucketPublicAccessBlock', blocked))),
    [],
  ),
  bucket(
    'a composition with half a block',
    composition(
      withoutName(s3('Bucket', {})),
      withoutName(s3('BucketPublicAccessBlock', { ...blocked, restrictPublicBuckets: false })),
    ),
    [6],
    '/spec/pipeline/0/input/resources/1/base/spec/forProvider/restrictPublicBuckets',
  ),
  bucket('a composition without a block', composition(withoutName(s3('Bucket', {}))), [7]),
  bucket(
    'a composition of something else',
    composition({ apiVersion: 'sqs.aws.upbound.io/v1beta1', kind: 'Queue', spec: {} }),
    [],
  ),
];

const claim = (
  kind: string,
  syncOptions: string | undefined,
  deletionPolicy = 'Orphan',
): KubernetesObject => ({
  apiVersion: 'platform.plimsoll.dev/v1alpha1',
  kind,
  metadata: {
    name: 'bookings',
    ...(!kind.startsWith('X') && { namespace: NAMESPACE }),
    ...(syncOptions !== undefined && { annotations: { 'argocd.argoproj.io/sync-options': syncOptions } }),
  },
  spec: { deletionPolicy },
});
const SYNC = 'Prune=false,Delete=false';
const SYNC_POINTER = '/metadata/annotations/argocd.argoproj.io~1sync-options';
const CLAIMS = [
  'MongoDatabase',
  'ValkeyCache',
  'ObjectBucket',
  'MessageQueue',
  'Network',
  'KubernetesCluster',
];
const volumeClaim = (annotations?: Readonly<Record<string, string>>): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'ledger', namespace: NAMESPACE, ...(annotations !== undefined && { annotations }) },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '20Gi' } } },
});
const WAVE = { 'argocd.argoproj.io/sync-wave': '50' };
const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';
const claimed = (
  name: string,
  object: KubernetesObject,
  breaks: readonly number[],
  pointer?: string,
): Case => ({
  policy: 'stateful-claims-protected',
  name,
  object,
  breaks,
  ...(pointer !== undefined && { pointer }),
});

const claimCases: readonly Case[] = [
  ...[...CLAIMS, ...CLAIMS.map((kind) => `X${kind}`)].flatMap((kind) => [
    claimed(`${kind} protected`, claim(kind, SYNC), []),
    claimed(`${kind} unprotected`, claim(kind, undefined, 'Delete'), [0, 1, 3], '/metadata/annotations'),
  ]),
  claimed(
    'spaces and more options',
    claim('MongoDatabase', ' Delete=false , ServerSideApply=true,Prune=false'),
    [],
  ),
  claimed('no Prune', claim('MongoDatabase', 'Delete=false'), [0], SYNC_POINTER),
  claimed('no Delete', claim('MongoDatabase', 'Prune=false'), [1], SYNC_POINTER),
  claimed('Replace', claim('ValkeyCache', `${SYNC},Replace=true`), [2], SYNC_POINTER),
  claimed('Force', claim('ValkeyCache', `${SYNC},Force=true`), [2], SYNC_POINTER),
  claimed('a volume claim protected', volumeClaim({ ...WAVE, [SYNC_OPTIONS]: SYNC }), []),
  claimed('a volume claim of a pod or a StatefulSet', volumeClaim(), []),
  claimed('a volume claim of somebody else', volumeClaim({ 'tideline.example/note': 'by hand' }), []),
  claimed('a volume claim unprotected', volumeClaim(WAVE), [0, 1], SYNC_POINTER),
  claimed(
    'a volume claim that Argo CD tracks, unprotected',
    volumeClaim({
      'argocd.argoproj.io/tracking-id': 'service-reports:/PersistentVolumeClaim:tideline/ledger',
    }),
    [0, 1],
    SYNC_POINTER,
  ),
  claimed(
    'a volume claim that may be replaced',
    volumeClaim({ [SYNC_OPTIONS]: `${SYNC},Replace=true` }),
    [2],
    SYNC_POINTER,
  ),
  claimed('Delete with the claim', claim('ObjectBucket', SYNC, 'Delete'), [3], '/spec/deletionPolicy'),
];

export const CASES: readonly Case[] = [
  ...resourceCases,
  ...podCases,
  ...imageCases,
  ...bucketCases,
  ...claimCases,
];
