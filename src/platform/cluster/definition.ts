import { Type } from 'typebox';
import { ADDONS, Cluster as Intent } from '#model/environment/cluster.ts';
import { cidr } from '#model/environment/scalars.ts';
import { atMost, type Definition, fields, immutable, reported } from '../definition.ts';
import { awsWiring, networkName, objectName, roleArn, zones } from '../wiring.ts';

/** The EKS cluster: https://docs.aws.amazon.com/eks/latest/userguide/clusters.html */

const addon = fields(
  {
    version: Type.Optional(
      Type.String({
        pattern: '^v[0-9]+\\.[0-9]+\\.[0-9]+-eksbuild\\.[0-9]+$',
        maxLength: 40,
        description: 'Version of the add-on. Left out: the one that EKS recommends for the cluster.',
      }),
    ),
  },
  'One add-on.',
);

const addons = Object.fromEntries(ADDONS.map((name) => [name, Type.Optional(addon)]));

const spec = fields(
  {
    ...awsWiring,
    name: immutable(objectName('Name of the cluster. Cannot be changed later.', 41)),
    version: Intent.properties.kubernetesVersion,
    networkName,
    zones: immutable(zones),
    endpointPublicAccess: Type.Boolean({ description: 'Whether the internet reaches the API endpoint.' }),
    publicAccessCidrs: Type.Optional(
      Type.Array(atMost(cidr('A range'), 18), {
        minItems: 1,
        maxItems: 40,
        description: 'Ranges that reach the API endpoint from the internet.',
      }),
    ),
    serviceIpv4Cidr: immutable(
      atMost(cidr('Addresses of Kubernetes services. Cannot be changed later.'), 18),
    ),
    deletionProtection: Type.Boolean({ description: 'Whether EKS refuses to delete the cluster.' }),
    administrators: Type.Record(
      Type.String({ pattern: '^[a-z]([-a-z0-9]*[a-z0-9])?$' }),
      roleArn('IAM role that administers the cluster.'),
      { maxProperties: 20, description: 'IAM roles that administer the cluster, each by a name.' },
    ),
    addons: fields(addons, 'EKS add-ons by name.'),
  },
  'What the cluster is like.',
  { rule: 'self.version >= oldSelf.version', message: 'Kubernetes never goes down a version.' },
  {
    rule: 'self.endpointPublicAccess == has(self.publicAccessCidrs)',
    message: 'A public endpoint needs publicAccessCidrs, and only a public one has them.',
  },
  {
    rule: "!has(self.publicAccessCidrs) || !('0.0.0.0/0' in self.publicAccessCidrs)",
    message: 'The API endpoint must not be open to the whole internet.',
  },
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
  },
  'What AWS made of it.',
);

export const cluster = {
  kind: 'KubernetesCluster',
  plural: 'kubernetesclusters',
  shortNames: [],
  description: 'An EKS cluster with encrypted secrets, an OIDC provider for IRSA, and add-ons.',
  spec,
  status,
  connectionSecretKeys: [],
  printerColumns: [
    { name: 'VERSION', type: 'string', jsonPath: '.spec.version' },
    { name: 'PHASE', type: 'string', jsonPath: '.status.phase' },
  ],
} as const satisfies Definition;

export type ClusterSpec = Type.Static<typeof spec>;
