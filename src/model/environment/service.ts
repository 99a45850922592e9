import { Type } from 'typebox';
import { Volume } from './data.ts';
import { bytes, cidr, cpu, dnsLabel, duration, hostedZones, hostname, named, strict } from './scalars.ts';

/** What a team runs: services, and third-party Helm charts. */

const Autoscaling = strict(
  {
    min: Type.Integer({ minimum: 1, maximum: 1000, description: 'Fewest pods.' }),
    max: Type.Integer({ minimum: 1, maximum: 1000, description: 'Most pods.' }),
    cpu: Type.Optional(
      Type.Integer({
        minimum: 10,
        maximum: 95,
        description: 'Target CPU use, percent of the request. Default 70.',
      }),
    ),
    memory: Type.Optional(
      Type.Integer({ minimum: 10, maximum: 95, description: 'Target memory use, percent of the request.' }),
    ),
  },
  'Horizontal scaling (HPA).',
);

const Resources = strict(
  {
    cpu: cpu('CPU that is reserved.'),
    memory: bytes('Memory that is reserved, and the limit.'),
    cpuLimit: Type.Optional(cpu('CPU limit. Left out: none, so that pods can use idle CPU.')),
    gpus: Type.Optional(Type.Integer({ minimum: 1, maximum: 8, description: 'NVIDIA GPUs.' })),
  },
  'What each pod needs.',
);

const PATH = { pattern: '^/[^\\s]*$', title: 'a path that begins with /', examples: ['/healthz'] };

const Health = strict(
  {
    protocol: Type.Enum(['http', 'grpc', 'tcp'], {
      default: 'http',
      description: 'How health is asked for.',
    }),
    path: Type.String({ ...PATH, default: '/healthz', description: 'Path of the http check.' }),
    port: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 65535,
        description: "Port of the check. Left out: the service's port.",
      }),
    ),
    startup: Type.Optional(duration('How long a start may take. Default 60s.')),
  },
  'Startup, readiness and liveness probes.',
);

const Ingress = strict(
  {
    host: hostname('Host name, within one of the domains of the environment.'),
    path: Type.String({ ...PATH, default: '/', description: 'Path prefix.' }),
    healthPath: Type.Optional(
      Type.String({
        ...PATH,
        description: 'Health check of the load balancer. Left out: the health path.',
      }),
    ),
  },
  'How the service is reached from outside: the shared ALB, TLS, redirect from http.',
);

/** All access levels; which of them fit depends on what is used. */
export const ACCESS = ['read', 'write', 'readWrite', 'send', 'receive', 'call'] as const;

/** Environment variables by name. */
const variables = <T extends Type.TSchema>(value: T, description: string) =>
  Type.Record(Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]{0,127}$' }), value, {
    additionalProperties: false,
    propertyNames: Type.String({ title: 'letters, digits and underscores, no digit first' }),
    description,
  });

export const Service = strict(
  {
    image: Type.String({
      pattern: '^[a-z0-9][^\\s@]{0,400}(@sha256:[a-f0-9]{64})?$',
      title: 'a container image: registry/name with :tag or @sha256:digest',
      examples: ['111122223333.dkr.ecr.eu-west-1.amazonaws.com/tideline/web:1.4.2'],
      description: 'Container image, with a tag or (in production) a digest.',
    }),
    command: Type.Optional(Type.Array(Type.String(), { description: "Replaces the image's entry point." })),
    args: Type.Optional(Type.Array(Type.String(), { description: "Replaces the image's arguments." })),
    port: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 65535,
        description: 'Port that the container listens on. None: a worker.',
      }),
    ),
    replicas: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1000,
        description: 'Pods where there is no autoscaling. Default 2.',
      }),
    ),
    autoscaling: Type.Optional(Autoscaling),
    resources: Resources,
    health: Type.Optional(Health),
    ingress: Type.Optional(Ingress),
    nodeGroup: Type.Optional(
      Type.String({ description: 'Node group that it runs on. Left out: any group without taints.' }),
    ),
    user: Type.Integer({
      minimum: 1,
      maximum: 65534,
      default: 10001,
      description: 'User id that the container runs as; never root.',
    }),
    writableRoot: Type.Boolean({
      default: false,
      description: 'Let the container write to its own file system. Better: leave false, /tmp is writable.',
    }),
    env: Type.Optional(
      variables(
        Type.String({ maxLength: 4096 }),
        'Environment variables; $(NAME) inserts one that `uses:` derived. No secrets.',
      ),
    ),
    secrets: Type.Optional(
      variables(
        Type.String({
          pattern: '^[A-Za-z0-9/_+=.@-]{1,512}(#[A-Za-z_][A-Za-z0-9_.-]{0,127})?$',
          maxLength: 641,
          title: 'the name of a secret of Secrets Manager, and perhaps # and a property of the JSON in it',
          examples: ['tideline/production/payments#key', 'tideline/production/signing-key'],
        }),
        'Environment variables that are secret: names of secrets of AWS Secrets Manager, never the secrets themselves.',
      ),
    ),
    volumes: Type.Optional(named(Volume, 'EBS volumes by name.', 30)),
    uses: Type.Optional(
      Type.Record(Type.String({ pattern: '^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$' }), Type.Enum([...ACCESS]), {
        additionalProperties: false,
        propertyNames: Type.String({ title: 'the name of something in the same environment' }),
        description:
          'What the service uses, by name: a database or cache (read, readWrite), a bucket (read, write, readWrite), a queue (send, receive), another service (call).',
      }),
    ),
    egress: Type.Optional(
      Type.Array(
        strict(
          {
            cidr: cidr('Range that is reached.'),
            ports: Type.Array(Type.Integer({ minimum: 1, maximum: 65535 }), {
              minItems: 1,
              maxItems: 20,
              description: 'TCP ports.',
            }),
          },
          'A way out besides what `uses:` derives.',
        ),
        { maxItems: 20, description: 'Ways out besides what `uses:` derives.' },
      ),
    ),
  },
  'A service: everything that it needs in Kubernetes and AWS follows from here.',
);

const Permission = strict(
  {
    actions: Type.Array(
      Type.String({
        pattern: '^[a-z0-9-]+:[A-Za-z0-9]+$',
        maxLength: 128,
        title: 'an IAM action, written out',
        examples: ['sqs:SendMessage'],
      }),
      { minItems: 1, maxItems: 50, uniqueItems: true, description: 'IAM actions, each written out.' },
    ),
    resources: Type.Array(
      Type.String({
        pattern: '^(\\*|arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:([0-9]{12})?:.+)$',
        maxLength: 600,
        title: 'an ARN, or * for actions that only look',
        examples: ['arn:aws:sqs:eu-west-1:111122223333:tideline-production-invoices.fifo'],
      }),
      { minItems: 1, maxItems: 50, uniqueItems: true, description: 'What the actions may touch.' },
    ),
  },
  'What the role may do besides.',
);

const ChartIdentity = strict(
  {
    serviceAccount: Type.Optional(
      dnsLabel(
        "ServiceAccount of the chart's pods, the only one that may assume the role. Left out: the release's name.",
      ),
    ),
    accountValues: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z][A-Za-z0-9_-]*(\\.[A-Za-z][A-Za-z0-9_-]*){0,4}$',
        maxLength: 200,
        title: 'a path into the values, with dots',
        examples: ['serviceAccount', 'rbac.serviceAccount'],
        description: 'Where the chart takes its ServiceAccount from, in its values. Default serviceAccount.',
      }),
    ),
    hostedZones: Type.Optional(hostedZones('Route 53 zones whose records it may change.')),
    secrets: Type.Optional(
      Type.Array(
        Type.String({
          pattern: '^[A-Za-z0-9/_+=.@-]{3,200}$',
          title: 'what names of secrets begin with, at least 3 characters',
          examples: ['tideline/production/'],
        }),
        {
          minItems: 1,
          maxItems: 20,
          uniqueItems: true,
          description: 'Secrets of Secrets Manager that it may read, by what their names begin with.',
        },
      ),
    ),
    permissions: Type.Optional(
      Type.Array(Permission, { minItems: 1, maxItems: 20, description: 'What the role may do besides.' }),
    ),
  },
  "An IAM role for the chart's ServiceAccount, without any key or password.",
);

const Chart = strict(
  {
    repository: Type.String({
      pattern: '^(https|oci)://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?(/[^\\s]*)?$',
      title: 'the URL of a Helm repository: https:// or oci://',
      examples: ['https://charts.external-secrets.io'],
      description: 'Helm repository (https://) or OCI registry (oci://).',
    }),
    chart: Type.String({
      pattern: '^[a-z0-9][a-z0-9._/-]*$',
      title: 'the name of a chart, in lower case',
      examples: ['external-secrets'],
      description: 'Name of the chart.',
    }),
    version: Type.String({
      pattern: '^v?[0-9]+\\.[0-9]+\\.[0-9]+([-+][0-9A-Za-z.+-]+)?$',
      title: 'an exact version of three numbers',
      examples: ['2.9.0'],
      description: 'Exact version; ranges are refused.',
    }),
    namespace: Type.String({
      pattern: '^[a-z]([-a-z0-9]*[a-z0-9])?$',
      maxLength: 63,
      title: 'lower-case letters, digits and hyphens, a letter first',
      examples: ['external-secrets'],
      description: 'Namespace that it is installed into.',
    }),
    render: Type.Optional(
      Type.Boolean({
        description:
          'Rendered at synth into dist/<environment>/chart-<name>/, so that checks, policies and diff see what it makes. Default false: Argo CD renders it.',
      }),
    ),
    apiVersions: Type.Optional(
      Type.Array(
        Type.String({
          pattern: '^[a-z0-9.-]+/v[0-9][a-z0-9]*(/[A-Z][A-Za-z0-9]*)?$',
          title: 'a group and version, and perhaps a kind',
          examples: ['monitoring.coreos.com/v1'],
        }),
        {
          minItems: 1,
          maxItems: 50,
          uniqueItems: true,
          description:
            "Kinds that the cluster has beside Kubernetes's own, for charts that ask; with render only.",
        },
      ),
    ),
    kinds: Type.Optional(
      Type.Array(
        Type.String({
          pattern: '^[A-Z][A-Za-z0-9]*([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)*$',
          maxLength: 317,
          title: 'a kind with its group, if it has one',
          examples: ['ServiceMonitor.monitoring.coreos.com', 'LimitRange'],
        }),
        {
          minItems: 1,
          maxItems: 50,
          uniqueItems: true,
          description:
            'Kinds that it may make beside those that are known: what it renders, with render; without, what controllers customarily bring.',
        },
      ),
    ),
    namespaces: Type.Optional(
      Type.Array(dnsLabel('A namespace'), {
        minItems: 1,
        maxItems: 20,
        uniqueItems: true,
        description: 'Namespaces that it puts something into beside its own, which must be there.',
      }),
    ),
    identity: Type.Optional(ChartIdentity),
    values: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description: "Helm values. No secrets: they'd be in git.",
      }),
    ),
  },
  'A third-party Helm chart, pinned, delivered by Argo CD.',
);

export const Services = named(Service, 'Services by name.');
export const Charts = named(Chart, 'Helm charts by release name.');

export type Access = (typeof ACCESS)[number];
export type Service = Type.Static<typeof Service>;
export type Chart = Type.Static<typeof Chart>;
export type ChartIdentity = Type.Static<typeof ChartIdentity>;
