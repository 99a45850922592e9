import { Role, RolePolicyAttachment } from '#imports/iam.aws.upbound.io.ts';
import { base, type ComposedResource, iam, iamUntagged, labelled, sibling } from '../composed.ts';
import { named, type Patch } from '../patches.ts';
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
  readonly role: string;
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

const addonRole = (name: string, account: string, policies: readonly string[]) =>
  role({ role: name, policies, patches: [accountTrust('kube-system', account)] });

/** ServiceAccounts of add-ons are fixed by EKS. */
export const networkAddonRole = (): readonly ComposedResource[] =>
  addonRole('vpc-cni', 'aws-node', POLICIES.network);

export const volumesAddonRole = (): readonly ComposedResource[] =>
  addonRole('ebs-csi', 'ebs-csi-controller-sa', POLICIES.volumes);
