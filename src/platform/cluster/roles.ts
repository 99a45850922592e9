import { Role, RolePolicy, RolePolicyAttachment } from '#imports/iam.aws.upbound.io.ts';
import type { CLUSTER_ROLES } from '#model/names.ts';
import { base, type ComposedResource, iam, iamUntagged, labelled, sibling } from '../composed.ts';
import { combine, named, type Patch } from '../patches.ts';
import { accountTrust, serviceTrust } from '../trust.ts';

/** IAM roles of the cluster itself, of its nodes, and of add-ons. */

/** Managed policies of AWS: https://docs.aws.amazon.com/eks/latest/userguide/security-iam-awsmanpol.html */
const POLICIES = {
  cluster: ['AmazonEKSClusterPolicy'],
  node: ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly'],
  network: ['AmazonEKS_CNI_Policy'],
  volumes: ['service-role/AmazonEBSCSIDriverPolicy'],
} as const;

interface RoleParts {
  /** Suffix of the role's name and value of its label. */
  readonly role: (typeof CLUSTER_ROLES)[number];
  readonly policies: readonly string[];
  /** Trust policy, where it's known beforehand. */
  readonly trust?: string;
  readonly patches?: readonly Patch[];
}

function role({ role, policies, trust, patches = [] }: RoleParts): readonly ComposedResource[] {
  return [
    iam(
      `${role}-role`,
      base(Role, {
        metadata: { labels: labelled({ role }) },
        spec: { forProvider: trust === undefined ? {} : { assumeRolePolicy: trust } },
      }),
      ...named(`%s-${role}`, 'spec.name'),
      ...patches,
    ),
    ...policies.map((policy) =>
      iamUntagged(
        `${role}-role-${policy.slice(policy.indexOf('/') + 1)}`,
        base(RolePolicyAttachment, {
          spec: {
            forProvider: { roleSelector: sibling({ role }), policyArn: `arn:aws:iam::aws:policy/${policy}` },
          },
        }),
      ),
    ),
  ];
}

export const clusterRole = (): readonly ComposedResource[] =>
  role({ role: 'cluster', policies: POLICIES.cluster, trust: serviceTrust('eks.amazonaws.com') });

/** The nodes' role. They manage network interfaces only where the add-on that does it has no role of its own. */
export const nodeRole = ({ network }: { readonly network: boolean }): readonly ComposedResource[] =>
  role({
    role: 'node',
    policies: network ? [...POLICIES.node, ...POLICIES.network] : POLICIES.node,
    trust: serviceTrust('ec2.amazonaws.com'),
  });

const addonRole = (name: RoleParts['role'], account: string, policies: readonly string[]) =>
  role({ role: name, policies, patches: [accountTrust('kube-system', account)] });

/** ServiceAccounts of add-ons are fixed by EKS. */
export const networkAddonRole = (): readonly ComposedResource[] =>
  addonRole('vpc-cni', 'aws-node', POLICIES.network);

export const volumesAddonRole = (): readonly ComposedResource[] => [
  ...addonRole('ebs-csi', 'ebs-csi-controller-sa', POLICIES.volumes),
  iamUntagged(
    'ebs-csi-role-volumes-key',
    base(RolePolicy, {
      metadata: { annotations: { 'crossplane.io/external-name': 'volumes-key' } },
      spec: { forProvider: { roleSelector: sibling({ role: 'ebs-csi' }) } },
    }),
    combine(VOLUMES_KEY_POLICY, 'spec.forProvider.policy', 'spec.region', 'spec.account', 'spec.name'),
  ),
];

/**
 * The managed policy knows nothing of a customer's key. The key is meant by its alias: its ARN isn't known before.
 * https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/install.md
 */
const OF_VOLUMES_KEY = {
  StringEquals: { 'kms:ViaService': 'ec2.%[1]s.amazonaws.com' },
  'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/%[3]s-ebs' },
};

const VOLUMES_KEY_POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'EncryptVolumes',
      Effect: 'Allow',
      Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      Resource: 'arn:aws:kms:%[1]s:%[2]s:key/*',
      Condition: OF_VOLUMES_KEY,
    },
    {
      Sid: 'AttachVolumes',
      Effect: 'Allow',
      Action: 'kms:CreateGrant',
      Resource: 'arn:aws:kms:%[1]s:%[2]s:key/*',
      Condition: { ...OF_VOLUMES_KEY, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
  ],
});
