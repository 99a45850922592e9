import { beforeAll, describe, expect, it } from 'vitest';
import { granted } from '#model/identities.ts';
import { allClaims } from '#platform/catalogue.ts';
import type { Claim } from '#platform/claim.ts';
import { apiServer, KUBECONFIG } from './api-server.ts';
import { harbour, production, sandbox } from './tideline.ts';

/** What the network, the cluster and its node groups may be and become, as the API server judges it. */

const KINDS = ['Network', 'KubernetesCluster', 'NodeGroup'];
const server = apiServer('infrastructure', KINDS);

/** A node group's name is the same in every environment, so its claims are applied for one of them. */
const claims = [production, sandbox, harbour].flatMap((environment) =>
  allClaims(environment, granted(environment)).filter(
    ({ kind }) => KINDS.includes(kind) && (environment === production || kind !== 'NodeGroup'),
  ),
);

const like = (kind: string, name: string, changes: object): Claim => {
  const claim = claims.find((one) => one.kind === kind && one.name === name) ?? expect.fail();
  return { ...claim, name: `${name}-new`, spec: { ...claim.spec, ...changes } };
};

const zones = (a: object, b: object) => ({
  zones: {
    a: { publicCidr: '10.40.192.0/20', privateCidr: '10.40.0.0/18', ...a },
    b: { publicCidr: '10.40.208.0/20', privateCidr: '10.40.64.0/18', ...b },
  },
});

describe.runIf(KUBECONFIG !== '')('the API server', () => {
  beforeAll(() => server.install(claims), 120_000);

  it.each([
    ['Network', 'tideline-production', { natGateways: 'single', endpoints: [] }],
    [
      'Network',
      'tideline-sandbox',
      { zones: { c: { publicCidr: '172.20.15.0/24', privateCidr: '172.20.8.0/22' } } },
    ],
    ['Network', 'tideline-harbour', { zones: { c: { privateSubnetId: 'subnet-3a1b2c3d4e5f60718' } } }],
    ['KubernetesCluster', 'tideline-sandbox', { version: '1.34' }],
    ['KubernetesCluster', 'tideline-sandbox', { addons: { coredns: { version: 'v1.12.4-eksbuild.1' } } }],
    ['KubernetesCluster', 'tideline-production', { argoCd: null, logRetentionDays: 30 }],
    ['KubernetesCluster', 'tideline-production', { endpointPublicAccess: false, publicAccessCidrs: null }],
    ['NodeGroup', 'general', { diskGiB: 100, version: '1.35', maxSize: 20 }],
  ])('lets %s %s change to %j', (kind, name, spec) => {
    const { ok, message } = server.change(kind, name, spec);
    expect(ok, message).toBe(true);
  });

  it.each([
    ['Network', 'tideline-production', { zones: { c: null } }, 'not removed'],
    ['Network', 'tideline-production', { cidrBlock: '10.41.0.0/16' }, 'Cannot be changed later'],
    ['Network', 'tideline-production', { existingVpcId: 'vpc-0a1b2c3d4e5f60718' }, 'cannot be changed later'],
    ['Network', 'tideline-harbour', { existingVpcId: 'vpc-1a1b2c3d4e5f60718' }, 'cannot be changed later'],
    ['Network', 'tideline-harbour', { existingVpcId: null }, 'cannot be changed later'],
    ['Network', 'tideline-harbour', { natGateways: 'single' }, 'natGateways'],
    ['Network', 'tideline-harbour', { zones: { c: { privateCidr: '10.60.0.0/18' } } }, 'of an existing one'],
    ['Network', 'tideline-production', { endpoints: ['ec2'] }, 'Unsupported value'],
    ['KubernetesCluster', 'tideline-sandbox', { version: '1.35' }, 'one minor version at a time'],
    ['KubernetesCluster', 'tideline-production', { version: '1.33' }, 'never goes down'],
    ['KubernetesCluster', 'tideline-production', { version: '1.99' }, 'Unsupported value'],
    ['KubernetesCluster', 'tideline-production', { zones: ['a', 'b', 'c'] }, 'keeps the zones'],
    ['KubernetesCluster', 'tideline-production', { publicAccessCidrs: ['203.0.113.0/0'] }, 'whole internet'],
    ['KubernetesCluster', 'tideline-production', { account: '444455556666' }, 'Cannot be changed later'],
    ['KubernetesCluster', 'tideline-production', { logRetentionDays: 0 }, 'greater than or equal'],
    ['KubernetesCluster', 'tideline-sandbox', { addons: { coredns: { version: 'latest' } } }, 'should match'],
    ['KubernetesCluster', 'tideline-production', { argoCd: { roleArn: 'argocd' } }, 'should match'],
    ['NodeGroup', 'general', { diskGiB: 40 }, 'never shrinks'],
    ['NodeGroup', 'general', { capacityType: 'SPOT' }, 'Cannot be changed later'],
    ['NodeGroup', 'general', { zones: ['a'] }, 'Cannot be changed later'],
    ['NodeGroup', 'general', { version: '1.33' }, 'never goes down'],
    ['NodeGroup', 'general', { name: 'tideline-production-general-v2' }, 'Cannot be changed later'],
  ])('does not let %s %s change to %j', (kind, name, spec, reason) => {
    const { ok, message } = server.change(kind, name, spec);
    expect(ok).toBe(false);
    expect(message).toContain(reason);
  });

  it.each([
    ['Network', 'tideline-production', zones({}, { privateCidr: '10.41.0.0/18' }), 'inside of cidrBlock'],
    ['Network', 'tideline-production', zones({}, { privateCidr: '10.40.32.0/19' }), 'must not overlap'],
    ['Network', 'tideline-production', zones({}, { publicCidr: '10.40.192.0/21' }), 'must not overlap'],
    ['Network', 'tideline-production', zones({ publicCidr: '10.40.0.0/20' }, {}), 'must not overlap'],
    ['Network', 'tideline-production', zones({ publicCidr: '10.40.192.1/20' }, {}), 'no bits behind'],
    [
      'Network',
      'tideline-production',
      zones({ publicSubnetId: 'subnet-0a1b2c3d' }, {}),
      'of an existing one',
    ],
    ['Network', 'tideline-production', { ...zones({}, {}), cidrBlock: '10.40.0.0/15' }, '/16 to /28'],
    ['Network', 'tideline-production', { ...zones({}, {}), cidrBlock: '10.40.0.0/21' }, '/16 to /20'],
    ['Network', 'tideline-production', { ...zones({}, {}), cidrBlock: '8.8.0.0/16' }, 'private range'],
    ['Network', 'tideline-production', { zones: { a: zones({}, {}).zones.a } }, 'at least 2'],
    ['Network', 'tideline-production', { zones: { ...zones({}, {}).zones, z: {} } }, 'from a to f'],
    [
      'KubernetesCluster',
      'tideline-production',
      { serviceIpv4Cidr: '10.40.128.0/20' },
      'addresses of the network',
    ],
    ['KubernetesCluster', 'tideline-production', { serviceIpv4Cidr: '10.0.0.0/11' }, 'private range'],
    [
      'KubernetesCluster',
      'tideline-production',
      { networkCidr: '172.20.0.0/18' },
      'addresses of the network',
    ],
    ['KubernetesCluster', 'tideline-production', { zones: ['a'] }, 'at least 2'],
    ['NodeGroup', 'general', { diskGiB: 501 }, 'less than or equal'],
    ['NodeGroup', 'general', { amiType: 'AL2_x86_64' }, 'Unsupported value'],
    ['NodeGroup', 'general', { zones: [] }, 'at least 1'],
    ['NodeGroup', 'general', { labels: { 'bad key!': 'x' } }, 'valid key'],
  ])('does not take a %s like %s with %j', (kind, name, changes, reason) => {
    const { ok, message } = server.create(like(kind, name, changes));
    expect(ok).toBe(false);
    expect(message).toContain(reason);
  });

  it.each([
    ['Network', 'tideline-production', zones({}, {})],
    ['NodeGroup', 'general', { zones: ['a'], diskGiB: 20 }],
    ['KubernetesCluster', 'tideline-production', { serviceIpv4Cidr: '192.168.0.0/20' }],
  ])('takes a %s like %s with %j', (kind, name, changes) => {
    const { ok, message } = server.create(like(kind, name, changes));
    expect(ok, message).toBe(true);
  });
});
