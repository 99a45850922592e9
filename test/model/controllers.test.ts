import { describe, expect, it } from 'vitest';
import type { Environment } from '#model/environment/environment.ts';
import type { IamStatement } from '#model/iam.ts';
import { granted } from '#model/identities.ts';
import { releases } from '#model/releases.ts';
import { sample } from './sample.ts';

/** The platform's own controllers: which of them an environment has, and what they may do. */

const { ingress, cluster } = sample({}).spec;
const { general } = cluster.nodeGroups;
const withGroups = (nodeGroups: Environment['spec']['cluster']['nodeGroups']) =>
  sample({}, { cluster: { ...cluster, nodeGroups } });
const group = (changes: Partial<NonNullable<typeof general>>) => ({
  ...(general ?? expect.fail()),
  ...changes,
});

const release = (environment: Environment, name: string) =>
  releases(environment).find((one) => one.name === name);
const statements = (environment: Environment, role: string): readonly IamStatement[] =>
  granted(environment).identities.find((identity) => identity.role === role)?.statements ?? [];
const sids = (environment: Environment, role: string) => statements(environment, role).map(({ sid }) => sid);

describe('the load balancer controller', () => {
  const NAME = 'aws-load-balancer-controller';
  const WEB_ACL = 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/tideline/0a1b2c3d';
  const guarded = sample({}, { ingress: { ...(ingress ?? expect.fail()), webAcl: WEB_ACL } });

  it('knows nothing of web ACLs where there is none', () => {
    expect(JSON.stringify(statements(sample({}), NAME))).not.toMatch(/waf|WebAcl/);
    expect(release(sample({}), NAME)?.values).toMatchObject({ enableWaf: false, enableWafv2: false });
  });

  it('puts the one web ACL that there is onto load balancers of this cluster', () => {
    const added = statements(guarded, NAME).filter(({ sid }) => !sids(sample({}), NAME).includes(sid));
    expect(added).toEqual([
      {
        sid: 'SetWebAclOfOwnLoadBalancers',
        effect: 'Allow',
        actions: ['elasticloadbalancing:SetWebAcl'],
        resources: ['arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/*/*'],
        conditions: { StringEquals: { 'aws:ResourceTag/elbv2.k8s.aws/cluster': 'tideline-production' } },
      },
      expect.objectContaining({
        sid: 'AssociateWebAcl',
        resources: [WEB_ACL, 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/*/*'],
      }),
    ]);
    expect(release(guarded, NAME)?.values).toMatchObject({ enableWaf: false, enableWafv2: true });
  });
});

describe('the node autoscaler', () => {
  const NAME = 'cluster-autoscaler';

  it('changes the groups of its own cluster, and only looks at others', () => {
    const changing = statements(sample({}), NAME).filter(({ actions }) =>
      actions.some((action) => !/:(Describe|Get)/.test(action)),
    );
    expect(changing).toEqual([
      {
        sid: 'ScaleNodeGroups',
        effect: 'Allow',
        actions: ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
        resources: ['arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:*:autoScalingGroupName/*'],
        conditions: {
          StringEquals: { 'aws:ResourceTag/k8s.io/cluster-autoscaler/tideline-production': 'owned' },
        },
      },
    ]);
  });

  it('is a pinned chart that signs in with its role', () => {
    expect(release(sample({}), NAME)).toMatchObject({
      repository: 'https://kubernetes.github.io/autoscaler',
      version: '9.50.1',
      namespace: 'kube-system',
      values: {
        autoDiscovery: { clusterName: 'tideline-production' },
        awsRegion: 'eu-west-1',
        rbac: {
          serviceAccount: {
            create: true,
            name: NAME,
            annotations: {
              'eks.amazonaws.com/role-arn':
                'arn:aws:iam::111122223333:role/tideline-production-cluster-autoscaler',
            },
          },
        },
      },
    });
  });

  it('is not there where every group has one size', () => {
    const fixed = withGroups({ general: group({ min: 3, max: 3 }) });
    expect(release(fixed, NAME)).toBeUndefined();
    expect(statements(fixed, NAME)).toEqual([]);
  });
});

describe('the device plugin', () => {
  const NAME = 'nvidia-device-plugin';
  const gpus = withGroups({
    general: group({}),
    inference: group({
      instanceTypes: ['g6.xlarge'],
      taints: [
        { key: 'nvidia.com/gpu', effect: 'NoSchedule' },
        { key: 'spot', value: 'yes', effect: 'NoExecute' },
      ],
    }),
    training: group({
      instanceTypes: ['p5.48xlarge'],
      taints: [{ key: 'spot', value: 'yes', effect: 'NoExecute' }],
    }),
    // AMD's GPUs, and chips of AWS: not NVIDIA's.
    video: group({ instanceTypes: ['g4ad.xlarge'] }),
    chips: group({ instanceTypes: ['inf2.xlarge'] }),
  });

  it('runs on the nodes with GPUs, whatever their taints, and nowhere else', () => {
    expect(release(gpus, NAME)).toMatchObject({
      repository: 'https://nvidia.github.io/k8s-device-plugin',
      version: '0.17.1',
      namespace: 'kube-system',
      values: {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [
                {
                  matchExpressions: [
                    { key: 'workload-type', operator: 'In', values: ['inference', 'training'] },
                  ],
                },
              ],
            },
          },
        },
        tolerations: [
          { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
          { key: 'spot', operator: 'Equal', value: 'yes', effect: 'NoExecute' },
        ],
      },
    });
  });

  it('is not there without GPUs', () => {
    expect(release(withGroups({ general: group({}) }), NAME)).toBeUndefined();
  });
});

it('leaves nothing that a service’s role could be taken for', () => {
  const owners = granted(sample({ api: { uses: { documents: 'read' } } })).identities.map(
    ({ role, owner }) => [role, owner],
  );
  expect(owners).toEqual([
    ['aws-load-balancer-controller', 'platform'],
    ['cluster-autoscaler', 'platform'],
    ['api', 'service'],
  ]);
});

describe('ExternalDNS', () => {
  const NAME = 'external-dns';
  const settings = ingress ?? expect.fail();
  const hostedZones = ['Z04857021BRIDGE0PROD', 'Z04857021BRIDGE0PORT'];
  const named = sample({}, { ingress: { ...settings, hostedZones } });

  it('is there where zones are given', () => {
    expect(release(sample({}), NAME)).toBeUndefined();
    expect(statements(sample({}), NAME)).toEqual([]);
    expect(release(named, NAME)?.namespace).toBe(NAME);
  });

  it('writes records of these zones and domains, which it marks as this cluster’s and never removes', () => {
    expect(release(named, NAME)?.values).toMatchObject({
      sources: ['ingress'],
      domainFilters: ['tideline.example'],
      extraArgs: ['--zone-id-filter=Z04857021BRIDGE0PROD', '--zone-id-filter=Z04857021BRIDGE0PORT'],
      policy: 'upsert-only',
      registry: 'txt',
      txtOwnerId: 'tideline-production',
    });
  });

  it('signs in as the one ServiceAccount that its role trusts', () => {
    const identity = granted(named).identities.find(({ role }) => role === NAME);
    expect(identity).toMatchObject({ owner: 'platform', serviceAccount: { namespace: NAME, name: NAME } });
    expect(release(named, NAME)?.values['serviceAccount']).toMatchObject({
      name: NAME,
      annotations: { 'eks.amazonaws.com/role-arn': identity?.roleArn },
    });
  });

  it('may change records of these zones, and look zones up, and that is all', () => {
    const changing = statements(named, NAME).filter(({ actions }) =>
      actions.some((action) => action.includes('Change')),
    );
    expect(changing.map(({ resources }) => resources)).toEqual([
      [
        'arn:aws:route53:::hostedzone/Z04857021BRIDGE0PROD',
        'arn:aws:route53:::hostedzone/Z04857021BRIDGE0PORT',
      ],
    ]);
    expect(sids(named, NAME)).toEqual(['ChangeRecords', 'FindZones']);
  });
});
