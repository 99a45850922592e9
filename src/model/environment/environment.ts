import { Type } from 'typebox';
import { Acknowledgements } from './acknowledge.ts';
import { Caches } from './cache.ts';
import { Cluster } from './cluster.ts';
import { Buckets, Queues, StorageClasses } from './data.ts';
import { Atlas, Databases } from './database.ts';
import { Network } from './network.ts';
import { PolicySettings } from './policies.ts';
import {
  cidr,
  dnsLabel,
  duration,
  globalBucketName,
  hostedZones,
  hostname,
  roleArn,
  strict,
  topic,
} from './scalars.ts';
import { Charts, Services } from './service.ts';

/**
 * The environment file: the one definition behind the TypeScript type, the JSON Schema of editors, the
 * validation, and (field by field) the platform API. Descriptions are what a person reads in the editor.
 */

/** AWS regions that Atlas and every service of the platform offer. */
export const REGIONS = [
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'us-east-1',
  'us-east-2',
  'us-west-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-northeast-1',
] as const;

export const Aws = strict(
  {
    account: Type.String({
      pattern: '^[0-9]{12}$',
      title: '12 digits, quoted',
      examples: ['111122223333'],
      description: 'AWS account, 12 digits, quoted.',
    }),
    region: Type.Enum([...REGIONS], { description: 'AWS region of everything. Cannot be changed later.' }),
    permissionsBoundary: Type.Optional(
      Type.String({
        pattern: '^arn:aws[a-z-]*:iam::[0-9]{12}:policy/.{1,512}$',
        title: 'the ARN of an IAM policy',
        examples: ['arn:aws:iam::111122223333:policy/service-boundary'],
        description: 'IAM policy that bounds every role of a service or of a chart.',
      }),
    ),
    alarmTopic: Type.Optional(topic('SNS topic that alarms go to. Left out: nobody is told of them.')),
    accessLogs: Type.Optional(
      strict(
        {
          bucket: Type.Optional(
            globalBucketName(
              'A log bucket that is there already and admits logging.s3.amazonaws.com. Left out: the platform makes one.',
            ),
          ),
          retention: Type.Optional(
            duration('How long logs are kept in the one that it makes. Default 365d.'),
          ),
        },
        'Where S3 logs the requests to buckets.',
      ),
    ),
    crossplaneRole: roleArn('Role that Crossplane assumes to create things.'),
    tags: strict(
      {
        owner: Type.String({ minLength: 1, maxLength: 128, description: 'Team that answers for it.' }),
        costCenter: Type.String({ minLength: 1, maxLength: 128, description: 'Who pays.' }),
      },
      'Tags on everything; product, environment and managed-by are added.',
    ),
  },
  'Where in AWS.',
);

const Delivery = strict(
  {
    repository: Type.String({
      pattern: '^(https://|ssh://|git@|file://)[^\\s]+$',
      title: 'the URL of a git repository: https://, ssh://, git@ or file://',
      examples: ['https://git.tideline.example/platform/environments.git'],
      description: 'Git repository that holds dist/, as Argo CD reaches it.',
    }),
    revision: Type.String({
      minLength: 1,
      maxLength: 250,
      default: 'main',
      description: 'Branch that Argo CD follows.',
    }),
    path: Type.String({
      pattern: '^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$',
      title: 'a relative path with /',
      examples: ['dist'],
      default: 'dist',
      description: 'Folder of the manifests in that repository.',
    }),
    hub: Type.Optional(
      Type.Boolean({
        description:
          'Whether Argo CD and Crossplane of this environment also serve others: those that name it as their `hub`. Default false.',
      }),
    ),
  },
  'How Argo CD gets the manifests.',
);

const IngressSettings = strict(
  {
    domains: Type.Array(hostname('A domain'), {
      minItems: 1,
      maxItems: 20,
      description: 'Domains that host names may belong to.',
    }),
    certificate: Type.String({
      pattern: '^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/[a-f0-9-]{36}$',
      title: 'the ARN of an ACM certificate',
      examples: ['arn:aws:acm:eu-west-1:111122223333:certificate/0a1b2c3d-1111-2222-3333-444455556666'],
      description: 'ACM certificate of the load balancer.',
    }),
    scheme: Type.Enum(['internal', 'internet-facing'], {
      default: 'internal',
      description: 'Who can reach the load balancer.',
    }),
    inboundCidrs: Type.Optional(
      Type.Array(cidr('A range'), {
        minItems: 1,
        maxItems: 40,
        description: 'Ranges that may connect. Default all.',
      }),
    ),
    hostedZones: Type.Optional(
      hostedZones(
        'Route 53 zones of the domains: ExternalDNS writes a record there for each host name. Left out: somebody else does.',
      ),
    ),
    webAcl: Type.Optional(
      Type.String({
        pattern: '^arn:aws[a-z-]*:wafv2:[a-z0-9-]+:[0-9]{12}:regional/webacl/.+$',
        title: 'the ARN of a regional WAF web ACL',
        examples: [
          'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/tideline/0a1b2c3d-1111-2222-3333-444455556666',
        ],
        description: 'WAF web ACL of the load balancer.',
      }),
    ),
  },
  'The shared Application Load Balancer.',
);

export const Spec = strict(
  {
    product: dnsLabel(
      'The product: names of everything begin with it, and services run in its namespace.',
      20,
    ),
    stage: Type.Enum(['production', 'staging', 'development'], {
      description: 'How strict the policies are; production needs three zones, digests and protection.',
    }),
    topology: Type.Enum(['single', 'hub'], {
      description:
        'single: Argo CD, Crossplane and the services in one cluster. hub: Argo CD and Crossplane in the cluster of another environment, which `hub` names.',
    }),
    hub: Type.Optional(
      dnsLabel(
        'Environment whose cluster runs Argo CD and Crossplane for this one: with topology hub. Changing it is a migration.',
        20,
      ),
    ),
    crossplane: Type.Optional(
      Type.Enum(['claims', 'namespaced'], {
        description:
          'How Crossplane is asked: by claims, which 1.20 and 2.x know, or by namespaced composites, which need 2.x. Default claims. Changing it is a migration.',
      }),
    ),
    aws: Aws,
    delivery: Delivery,
    network: Network,
    cluster: Cluster,
    ingress: Type.Optional(IngressSettings),
    policies: Type.Optional(PolicySettings),
    acknowledge: Type.Optional(Acknowledgements),
    atlas: Type.Optional(Atlas),
    storageClasses: Type.Optional(StorageClasses),
    databases: Type.Optional(Databases),
    caches: Type.Optional(Caches),
    queues: Type.Optional(Queues),
    buckets: Type.Optional(Buckets),
    charts: Type.Optional(Charts),
    services: Type.Optional(Services),
  },
  'What the environment consists of.',
);

const EXTENDS = {
  pattern: '^[A-Za-z0-9._/-]+\\.ya?ml$',
  title: 'the path of a YAML file in this folder or below it',
  examples: ['base.yaml'],
};

export const EnvironmentFile = strict(
  {
    apiVersion: Type.Literal('plimsoll.dev/v1alpha1', { description: 'Version of this format.' }),
    kind: Type.Literal('Environment', { description: 'Kind of this file.' }),
    metadata: strict(
      { name: dnsLabel('Name of the environment; its manifests go to dist/<name>/.', 20) },
      'Name of the environment.',
    ),
    extends: Type.Optional(
      Type.String({
        ...EXTENDS,
        description:
          'A file with shared values (kind EnvironmentBase), in this folder or below. What is written here wins: maps are merged, lists and single values replaced, null removes.',
      }),
    ),
    spec: Spec,
  },
  'An environment of the platform.',
);

/**
 * The head of a file with shared values for environments to extend. Its `spec` is any part of an
 * environment's: what is required is judged where an environment extends it.
 */
export const EnvironmentBaseFile = strict(
  {
    apiVersion: Type.Literal('plimsoll.dev/v1alpha1', { description: 'Version of this format.' }),
    kind: Type.Literal('EnvironmentBase', { description: 'Kind of this file.' }),
    metadata: Type.Optional(
      strict({ name: Type.Optional(dnsLabel('For people; nothing depends on it.')) }, 'Name of the base.'),
    ),
    extends: Type.Optional(
      Type.String({ ...EXTENDS, description: 'Another base, in this folder or below; this one wins.' }),
    ),
    spec: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'Shared values.' })),
  },
  'Values that environments share.',
);

/**
 * An environment as the rest of plimsoll sees it: `extends` resolved, defaults filled in, checked against
 * the schema and for meaning.
 */
export type Environment = Type.Static<typeof EnvironmentFile>;
export type Spec = Type.Static<typeof Spec>;
export type Aws = Type.Static<typeof Aws>;
