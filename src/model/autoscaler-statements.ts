import type { Environment } from './environment/environment.ts';
import type { IamStatement } from './iam.ts';
import { clusterName } from './names.ts';

/**
 * What the Cluster Autoscaler may do: look at everything, and change the size of this cluster's node groups only.
 * https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md
 */

/** Tag that EKS puts on the Auto Scaling group of every managed node group; its value is always `owned`. */
const clusterTag = (environment: Environment): string =>
  `k8s.io/cluster-autoscaler/${clusterName(environment)}`;

export function autoscalerStatements(environment: Environment): readonly IamStatement[] {
  const { region, account } = environment.spec.aws;
  return [
    // AWS offers no narrower resource for what only describes.
    { sid: 'Describe', effect: 'Allow', actions: DESCRIBE, resources: ['*'] },
    {
      // Labels and taints of a group that has no node to look at.
      sid: 'DescribeNodeGroups',
      effect: 'Allow',
      actions: ['eks:DescribeNodegroup'],
      resources: [`arn:aws:eks:${region}:${account}:nodegroup/${clusterName(environment)}/*/*`],
    },
    {
      sid: 'ScaleNodeGroups',
      effect: 'Allow',
      actions: ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
      resources: [`arn:aws:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/*`],
      conditions: { StringEquals: { [`aws:ResourceTag/${clusterTag(environment)}`]: 'owned' } },
    },
  ];
}

const DESCRIBE = [
  'autoscaling:DescribeAutoScalingGroups',
  'autoscaling:DescribeAutoScalingInstances',
  'autoscaling:DescribeLaunchConfigurations',
  'autoscaling:DescribeScalingActivities',
  'autoscaling:DescribeTags',
  'ec2:DescribeImages',
  'ec2:DescribeInstanceTypes',
  'ec2:DescribeLaunchTemplateVersions',
  'ec2:GetInstanceTypesFromInstanceRequirements',
];
