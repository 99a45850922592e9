import { Alias, Key } from '#imports/kms.aws.upbound.io.ts';
import { aws, awsUntagged, base, type ComposedResource, labelled, sibling } from '../composed.ts';
import { combine, EXTERNAL_NAME, type Patch, report } from '../patches.ts';

/** Keys of a cluster: what they encrypt outlives the cluster, and so they do, too. */

const key = (name: string, description: string, ...patches: readonly Patch[]): ComposedResource =>
  aws(
    `${name}-key`,
    base(Key, {
      metadata: { labels: labelled({ key: name }) },
      spec: { forProvider: { description, enableKeyRotation: true, deletionWindowInDays: 30 } },
    }),
    report('status.atProvider.arn', `status.${name}KeyArn`),
    ...patches,
  );

/** Encrypts Kubernetes secrets: https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html */
export const secretsKey = (): ComposedResource => key('secrets', 'Kubernetes secrets of an EKS cluster');

/** Encrypts EBS volumes: those of nodes, and those of storage classes, which name it by its alias. */
export const volumesKey = (): readonly ComposedResource[] => [
  key(
    'volumes',
    'EBS volumes of an EKS cluster',
    combine(VOLUMES_POLICY, 'spec.forProvider.policy', 'spec.account', 'spec.name'),
  ),
  awsUntagged(
    'volumes-key-alias',
    base(Alias, { spec: { forProvider: { targetKeyIdSelector: sibling({ key: 'volumes' }) } } }),
    // The provider puts `alias/` before it.
    combine('%s-ebs', EXTERNAL_NAME, 'spec.name'),
  ),
];

/**
 * Who makes volumes: Auto Scaling, whose own role can have no other permission, and the add-on. Both are named by a
 * condition: a principal that doesn't exist yet would be refused, and one that is made anew would be forgotten.
 */
const VOLUME_MAKERS = {
  StringEquals: {
    'kms:CallerAccount': '%[1]s',
    'aws:PrincipalArn': [
      'arn:aws:iam::%[1]s:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
      'arn:aws:iam::%[1]s:role/%[2]s-ebs-csi',
    ],
  },
};

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html */
const VOLUMES_POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'AccountDecidesByIam',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::%[1]s:root' },
      Action: 'kms:*',
      Resource: '*',
    },
    {
      Sid: 'EncryptVolumes',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      Resource: '*',
      Condition: VOLUME_MAKERS,
    },
    {
      Sid: 'AttachVolumes',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: 'kms:CreateGrant',
      Resource: '*',
      Condition: { ...VOLUME_MAKERS, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
  ],
});
