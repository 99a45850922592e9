import type { Environment, Spec } from './environment/environment.ts';
import type { IamConditions, IamStatement } from './iam.ts';
import { clusterName } from './names.ts';

/**
 * What the AWS Load Balancer Controller may do. Written for what the platform has it do (Application Load
 * Balancers with targets of type ip): narrower than the policy that the controller's documentation offers, which
 * also covers network load balancers and Cognito, and which allows any cluster's resources. The list of needed
 * permissions: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/
 */

/** Tag that the controller puts on all that it creates; its value is the cluster's name. */
const CLUSTER_TAG = 'elbv2.k8s.aws/cluster';

type Partial = Omit<IamStatement, 'effect'>;

export function loadBalancerStatements(
  environment: Environment,
  { webAcl }: NonNullable<Spec['ingress']>,
): readonly IamStatement[] {
  const { region, account } = environment.spec.aws;
  const cluster = clusterName(environment);
  const requested: IamConditions = { StringEquals: { [`aws:RequestTag/${CLUSTER_TAG}`]: cluster } };
  const owned: IamConditions = { StringEquals: { [`aws:ResourceTag/${CLUSTER_TAG}`]: cluster } };
  const elb = (resource: string) => `arn:aws:elasticloadbalancing:${region}:${account}:${resource}`;
  const ec2 = (resource: string) => `arn:aws:ec2:${region}:${account}:${resource}`;
  const listeners = [elb('listener/app/*/*/*'), elb('listener-rule/app/*/*/*/*')];
  const loadBalancers = [elb('loadbalancer/app/*/*')];
  const targetGroups = [elb('targetgroup/*/*')];
  const securityGroups = [ec2('security-group/*')];
  const statements: readonly Partial[] = [
    // AWS offers no narrower resource for what only describes.
    { sid: 'Describe', actions: DESCRIBE, resources: ['*'] },
    {
      sid: 'ServiceLinkedRole',
      actions: ['iam:CreateServiceLinkedRole'],
      resources: [
        `arn:aws:iam::${account}:role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing`,
      ],
      conditions: { StringEquals: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' } },
    },
    {
      sid: 'CreateSecurityGroup',
      actions: ['ec2:CreateSecurityGroup'],
      resources: [...securityGroups, ec2('vpc/*')],
    },
    {
      sid: 'TagNewSecurityGroup',
      actions: ['ec2:CreateTags'],
      resources: securityGroups,
      conditions: {
        StringEquals: { ...requested['StringEquals'], 'ec2:CreateAction': 'CreateSecurityGroup' },
      },
    },
    {
      sid: 'OwnSecurityGroups',
      actions: [
        'ec2:AuthorizeSecurityGroupIngress',
        'ec2:CreateTags',
        'ec2:DeleteSecurityGroup',
        'ec2:DeleteTags',
        'ec2:RevokeSecurityGroupIngress',
      ],
      resources: securityGroups,
      conditions: owned,
    },
    // The nodes' own security group, which lets the load balancer in, is tagged by EKS.
    {
      sid: 'NodeSecurityGroup',
      actions: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'],
      resources: securityGroups,
      conditions: { StringEquals: { 'aws:ResourceTag/aws:eks:cluster-name': cluster } },
    },
    {
      sid: 'Create',
      actions: ['elasticloadbalancing:CreateLoadBalancer', 'elasticloadbalancing:CreateTargetGroup'],
      resources: [...loadBalancers, ...targetGroups],
      conditions: requested,
    },
    {
      sid: 'TagNew',
      actions: ['elasticloadbalancing:AddTags'],
      resources: [...loadBalancers, ...targetGroups, ...listeners],
      conditions: requested,
    },
    {
      sid: 'OwnLoadBalancers',
      actions: OWN_LOAD_BALANCERS,
      resources: [...loadBalancers, ...targetGroups, ...listeners],
      conditions: owned,
    },
    ...(webAcl === undefined ? [] : webAclStatements(webAcl, loadBalancers, owned)),
  ];
  return statements.map((statement) => ({ ...statement, effect: 'Allow' }));
}

/**
 * A web ACL for its own load balancers. WAF knows no tags of load balancers; but whoever associates one needs
 * SetWebAcl on the load balancer, too, and that is for its own.
 * https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html
 */
const webAclStatements = (
  webAcl: string,
  loadBalancers: readonly string[],
  owned: IamConditions,
): readonly Partial[] => [
  {
    sid: 'SetWebAclOfOwnLoadBalancers',
    actions: ['elasticloadbalancing:SetWebAcl'],
    resources: loadBalancers,
    conditions: owned,
  },
  {
    sid: 'AssociateWebAcl',
    actions: [
      'wafv2:AssociateWebACL',
      'wafv2:DisassociateWebACL',
      'wafv2:GetWebACL',
      'wafv2:GetWebACLForResource',
    ],
    resources: [webAcl, ...loadBalancers],
  },
];

const DESCRIBE = [
  'acm:DescribeCertificate',
  'acm:ListCertificates',
  'ec2:DescribeAccountAttributes',
  'ec2:DescribeAvailabilityZones',
  'ec2:DescribeInstances',
  'ec2:DescribeInternetGateways',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeRouteTables',
  'ec2:DescribeSecurityGroupRules',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeTags',
  'ec2:DescribeVpcs',
  'ec2:GetSecurityGroupsForVpc',
  'elasticloadbalancing:DescribeCapacityReservation',
  'elasticloadbalancing:DescribeListenerAttributes',
  'elasticloadbalancing:DescribeListenerCertificates',
  'elasticloadbalancing:DescribeListeners',
  'elasticloadbalancing:DescribeLoadBalancerAttributes',
  'elasticloadbalancing:DescribeLoadBalancers',
  'elasticloadbalancing:DescribeRules',
  'elasticloadbalancing:DescribeSSLPolicies',
  'elasticloadbalancing:DescribeTags',
  'elasticloadbalancing:DescribeTargetGroupAttributes',
  'elasticloadbalancing:DescribeTargetGroups',
  'elasticloadbalancing:DescribeTargetHealth',
  'elasticloadbalancing:DescribeTrustStores',
  'shield:DescribeProtection',
  'shield:GetSubscriptionState',
];

const OWN_LOAD_BALANCERS = [
  'elasticloadbalancing:AddListenerCertificates',
  'elasticloadbalancing:AddTags',
  'elasticloadbalancing:CreateListener',
  'elasticloadbalancing:CreateRule',
  'elasticloadbalancing:DeleteListener',
  'elasticloadbalancing:DeleteLoadBalancer',
  'elasticloadbalancing:DeleteRule',
  'elasticloadbalancing:DeleteTargetGroup',
  'elasticloadbalancing:DeregisterTargets',
  'elasticloadbalancing:ModifyListener',
  'elasticloadbalancing:ModifyListenerAttributes',
  'elasticloadbalancing:ModifyLoadBalancerAttributes',
  'elasticloadbalancing:ModifyRule',
  'elasticloadbalancing:ModifyTargetGroup',
  'elasticloadbalancing:ModifyTargetGroupAttributes',
  'elasticloadbalancing:RegisterTargets',
  'elasticloadbalancing:RemoveListenerCertificates',
  'elasticloadbalancing:RemoveTags',
  'elasticloadbalancing:SetIpAddressType',
  'elasticloadbalancing:SetRulePriorities',
  'elasticloadbalancing:SetSecurityGroups',
  'elasticloadbalancing:SetSubnets',
];
