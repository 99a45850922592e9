import { Type } from 'typebox';
import { ADDONS, addonVersion, Cluster as Intent } from '#model/environment/cluster.ts';
import { Aws } from '#model/environment/environment.ts';
import { cidr } from '#model/environment/scalars.ts';
import { atMost, type Definition, fields, immutable, type Rule, reported } from '../definition.ts';
import { areApart, isPrivate, range } from '../ranges.ts';
import { awsWiring, networkName, objectName, roleArn, zones } from '../wiring.ts';
import { upgradeRules } from './upgrade.ts';

/** The EKS cluster: https://docs.aws.amazon.com/eks/latest/userguide/clusters.html */

const addon = fields(
  {
    version: Type.Optional(
      addonVersion('Version of the add-on. Left out: the one that EKS recommends when it is installed.'),
    ),
  },
  'One add-on.',
);

const addons = Object.fromEntries(ADDONS.map((name) => [name, Type.Optional(addon)]));

const argoCd = fields(
  {
    name: objectName("The cluster's name in Argo CD."),
    roleArn: roleArn('IAM role that Argo CD assumes to reach the cluster.'),
    providerConfigName: objectName('ProviderConfig of the Kubernetes provider.'),
  },
  'The Argo CD that delivers to the cluster.',
);

/** Names of zones never move: EKS takes subnets of the zones that the cluster began with, and no others. */
const controlPlaneZones = Type.With(zones, {
  'x-kubernetes-validations': [
    {
      rule: 'self == oldSelf',
      message: 'The control plane keeps the zones that it began with; name them in cluster.zones.',
    },
  ],
});

const accessRules: readonly Rule[] = [
  {
    rule: 'self.endpointPublicAccess == has(self.publicAccessCidrs)',
    message: 'A public endpoint needs publicAccessCidrs, and only a public one has them.',
  },
  {
    rule: "!has(self.publicAccessCidrs) || !self.publicAccessCidrs.exists(range, range.endsWith('/0'))",
    message: 'The API endpoint must not be open to the whole internet.',
  },
];

const rangeRules: readonly Rule[] = [
  isPrivate('serviceIpv4Cidr', 12, 24),
  {
    rule: areApart('self.networkCidr', 'self.serviceIpv4Cidr'),
    message: 'Addresses of services must not be addresses of the network.',
  },
];

const spec = fields(
  {
    ...awsWiring,
    account: immutable(
      Type.With(Aws.properties.account, {
        maxLength: 12,
        description: 'AWS account. Cannot be changed later.',
      }),
    ),
    name: immutable(objectName('Name of the cluster. Cannot be changed later.', 41)),
    version: Intent.properties.kubernetesVersion,
    networkName,
    networkCidr: immutable(range('Addresses of the network. Cannot be changed later.')),
    zones: controlPlaneZones,
    endpointPublicAccess: Type.Boolean({ description: 'Whether the internet reaches the API endpoint.' }),
    publicAccessCidrs: Type.Optional(
      Type.Array(atMost(cidr('A range'), 18), {
        minItems: 1,
        maxItems: 40,
        description: 'Ranges that reach the API endpoint from the internet.',
      }),
    ),
    serviceIpv4Cidr: immutable(range('Addresses of Kubernetes services. Cannot be changed later.')),
    logRetentionDays: Type.Integer({
      minimum: 1,
      maximum: 3653,
      description: 'Days that CloudWatch keeps the logs of the control plane.',
    }),
    deletionProtection: Type.Boolean({ description: 'Whether EKS refuses to delete the cluster.' }),
    administrators: Type.Record(
      Type.String({ pattern: '^[a-z]([-a-z0-9]*[a-z0-9])?$' }),
      roleArn('IAM role that administers the cluster.'),
      { maxProperties: 20, description: 'IAM roles that administer the cluster, each by a name.' },
    ),
    argoCd: Type.Optional(argoCd),
    addons: fields(addons, 'EKS add-ons by name.'),
  },
  'What the cluster is like.',
  ...upgradeRules,
  ...accessRules,
  ...rangeRules,
);

const status = fields(
  {
    endpoint: reported('URL of the API endpoint.'),
    phase: reported('State of the cluster, as EKS says it.'),
    clusterSecurityGroupId: reported('Security group of control plane and nodes.'),
    oidcIssuer: reported('URL of the OIDC issuer.'),
    oidcProvider: reported('The OIDC issuer without https://, as IAM writes it.'),
    oidcProviderArn: reported('ARN of the OIDC provider in IAM.'),
    accountId: reported('AWS account.'),
    secretsKeyArn: reported('ARN of the key that encrypts secrets.'),
    volumesKeyArn: reported('ARN of the key that encrypts EBS volumes.'),
    certificateAuthority: reported("Certificate authority of the API endpoint, in base64; it's no secret."),
    platformVersion: reported("EKS's own version of the control plane."),
    logGroupArn: reported('ARN of the log group of the control plane.'),
  },
  'What AWS made of it.',
);

export const cluster = {
  kind: 'KubernetesCluster',
  plural: 'kubernetesclusters',
  shortNames: [],
  description:
    'An EKS cluster with encrypted secrets and volumes, logs, an OIDC provider for IRSA, access entries and add-ons.',
  spec,
  status,
  shapes: ['addons', 'administrators', 'argoCd', 'networkCidr'],
  connectionSecretKeys: [],
  printerColumns: [
    { name: 'VERSION', type: 'string', jsonPath: '.spec.version' },
    { name: 'PHASE', type: 'string', jsonPath: '.status.phase' },
    { name: 'ENDPOINT', type: 'string', jsonPath: '.status.endpoint' },
  ],
} as const satisfies Definition;

export type ClusterSpec = Type.Static<typeof spec>;
