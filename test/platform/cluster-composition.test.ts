import { describe, expect, it } from 'vitest';
import type { Environment } from '#model/environment/environment.ts';
import { EXTERNAL_NAME } from '#platform/patches.ts';
import { composed } from './composed.ts';
import { valueAt } from './field-path.ts';
import { harbour, production, sandbox } from './tideline.ts';

/** What becomes of a network, a cluster and its node groups, through the function itself. */

const STATUS = {
  accountId: '111122223333',
  oidcIssuer: 'https://oidc.eks.eu-west-1.amazonaws.com/id/ABC',
  oidcProvider: 'oidc.eks.eu-west-1.amazonaws.com/id/ABC',
  secretsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1',
  endpoint: 'https://ABC.gr7.eu-west-1.eks.amazonaws.com',
  certificateAuthority: 'Q0VSVElGSUNBVEU=',
};

const cluster = (environment: Environment, status: object = STATUS) =>
  composed(environment, 'KubernetesCluster', `tideline-${environment.metadata.name}`, status);

const at = (resources: ReadonlyMap<string, object>, name: string, path: string): unknown =>
  valueAt(resources.get(name) ?? expect.fail(`${name} is not composed`), path);

const parsed = (text: unknown): unknown => JSON.parse(String(text));

describe('a node group', () => {
  const group = composed(production, 'NodeGroup', 'inference-v2', { launchTemplateVersion: '7' });

  it('starts its nodes from a template: encrypted disk, no credentials for pods, tags', () => {
    const tags = expect.objectContaining({
      environment: 'production',
      Name: 'tideline-production-inference-v2',
    });
    expect(at(group, 'launch-template', 'spec.forProvider')).toMatchObject({
      name: 'tideline-production-inference-v2',
      blockDeviceMappings: [
        {
          deviceName: '/dev/xvda',
          ebs: {
            encrypted: 'true',
            kmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:alias/tideline-production-ebs',
            volumeSize: 200,
            volumeType: 'gp3',
          },
        },
      ],
      metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
      tagSpecifications: ['instance', 'volume', 'network-interface'].map((resourceType) => ({
        resourceType,
        tags,
      })),
    });
  });

  it('names that template in the version that is the latest, and no disk beside it', () => {
    expect(at(group, 'node-group', 'spec.forProvider.launchTemplate')).toEqual({
      name: 'tideline-production-inference-v2',
      version: '7',
    });
    expect(at(group, 'node-group', 'spec.forProvider')).not.toHaveProperty('diskSize');
  });

  it('waits for the template', () => {
    expect([...composed(production, 'NodeGroup', 'general').keys()]).toEqual(['launch-template']);
  });

  it('stands in its own zones, and is succeeded under another name', () => {
    expect(at(group, 'node-group', 'spec.forProvider.subnetIdRefs')).toEqual([
      { name: 'tideline-production-private-b', policy: { resolve: 'Always' } },
    ]);
    expect(at(group, 'node-group', EXTERNAL_NAME)).toBe('tideline-production-inference-v2');
  });
});

describe('a cluster', () => {
  const resources = cluster(production);

  it('keeps its logs for as long as it is told', () => {
    expect(at(resources, 'logs', EXTERNAL_NAME)).toBe('/aws/eks/tideline-production/cluster');
    expect(at(resources, 'logs', 'spec.forProvider.retentionInDays')).toBe(365);
    expect(at(cluster(sandbox), 'logs', 'spec.forProvider.retentionInDays')).toBe(90);
  });

  it('has a key for volumes that the add-on and Auto Scaling may use, and nobody else', () => {
    expect(at(resources, 'volumes-key-alias', EXTERNAL_NAME)).toBe('tideline-production-ebs');
    const { Statement: statements } = parsed(at(resources, 'volumes-key', 'spec.forProvider.policy')) as {
      readonly Statement: readonly Record<string, unknown>[];
    };
    const open = statements.filter((statement) => JSON.stringify(statement['Principal']) === '{"AWS":"*"}');
    expect(open).toHaveLength(2);
    for (const statement of open) {
      expect(statement['Condition']).toMatchObject({
        StringEquals: {
          'kms:CallerAccount': '111122223333',
          'aws:PrincipalArn': [
            expect.stringMatching(/:111122223333:role\/aws-service-role\/autoscaling/),
            `arn:aws:iam::111122223333:role/${String(at(resources, 'ebs-csi-role', EXTERNAL_NAME))}`,
          ],
        },
      });
    }
    expect(parsed(at(resources, 'ebs-csi-role-volumes-key', 'spec.forProvider.policy'))).toMatchObject({
      Statement: [
        {
          Condition: {
            'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/tideline-production-ebs' },
          },
        },
        { Action: 'kms:CreateGrant' },
      ],
    });
  });

  it('has add-ons in the versions that are asked for, with settings and roles', () => {
    expect(at(resources, 'addon-vpc-cni', 'spec.forProvider.addonVersion')).toBe('v1.20.4-eksbuild.2');
    expect(at(resources, 'addon-coredns', 'spec.forProvider')).not.toHaveProperty('addonVersion');
    const settings = at(resources, 'addon-aws-ebs-csi-driver', 'spec.forProvider.configurationValues');
    expect(parsed(settings)).toMatchObject({ controller: { extraVolumeTags: { product: 'tideline' } } });
    expect(parsed(at(resources, 'vpc-cni-role', 'spec.forProvider.assumeRolePolicy'))).toMatchObject({
      Statement: [
        {
          Condition: {
            StringEquals: {
              [`${STATUS.oidcProvider}:aud`]: 'sts.amazonaws.com',
              [`${STATUS.oidcProvider}:sub`]: 'system:serviceaccount:kube-system:aws-node',
            },
          },
        },
      ],
    });
  });

  it('gives administrators access, and takes it from who leaves, whatever happens to the cluster', () => {
    const own = (kind: string) =>
      [...resources.keys()].find((name) => name.startsWith(`${kind}-platform-admin-`)) ?? kind;
    const entry = own('administrator');
    expect(at(resources, entry, 'spec.forProvider.principalArn')).toBe(
      'arn:aws:iam::111122223333:role/Platform-Admin',
    );
    for (const name of [entry, own('administration'), 'argocd-access', 'argocd-cluster']) {
      expect(at(resources, name, 'spec.deletionPolicy'), name).toBe('Delete');
    }
    expect(at(resources, 'cluster', 'spec.deletionPolicy')).toBe('Orphan');
    expect(at(resources, 'cluster', 'spec.forProvider.deletionProtection')).toBe(true);
  });

  it('is known to Argo CD by a secret that holds no secret', () => {
    const secret = valueAt(resources.get('argocd-cluster'), 'spec.forProvider.manifest');
    expect(secret).toMatchObject({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'cluster-tideline-production',
        namespace: 'argocd',
        labels: { 'argocd.argoproj.io/secret-type': 'cluster' },
      },
      stringData: { name: 'ships', server: STATUS.endpoint },
    });
    expect(parsed(valueAt(secret, 'stringData.config'))).toEqual({
      awsAuthConfig: {
        clusterName: 'tideline-production',
        roleARN: 'arn:aws:iam::999900001111:role/argocd',
      },
      tlsClientConfig: { insecure: false, caData: STATUS.certificateAuthority },
    });
    expect(at(resources, 'argocd-access', 'spec.forProvider.principalArn')).toBe(
      'arn:aws:iam::999900001111:role/argocd',
    );
  });

  it('is not made known before it can be reached', () => {
    const { certificateAuthority: _, ...unreachable } = STATUS;
    expect([...cluster(production, unreachable).keys()]).not.toContain('argocd-cluster');
  });

  it('has one access entry for a role that is an administrator and Argo CD', () => {
    const entries = [...cluster(harbour).values()].filter((one) => valueAt(one, 'kind') === 'AccessEntry');
    expect(entries).toHaveLength(1);
    expect([...cluster(harbour).keys()]).toContain('argocd-cluster');
    expect([...cluster(sandbox).keys()]).not.toContain('argocd-cluster');
  });
});

describe('a network', () => {
  const made = composed(production, 'Network', 'tideline-production');
  const found = composed(harbour, 'Network', 'tideline-harbour');
  const kinds = (resources: ReadonlyMap<string, object>, kind: string) =>
    [...resources].filter(([, one]) => valueAt(one, 'kind') === kind).map(([name]) => name);

  it('has endpoints in each zone, behind a security group for the network’s own addresses', () => {
    expect(kinds(made, 'VPCEndpoint')).toEqual([
      'ecr-api-endpoint',
      'ecr-dkr-endpoint',
      'logs-endpoint',
      's3-endpoint',
      'sqs-endpoint',
      'sts-endpoint',
    ]);
    expect(at(made, 'ecr-api-endpoint', 'spec.forProvider')).toMatchObject({
      serviceName: 'com.amazonaws.eu-west-1.ecr.api',
      privateDnsEnabled: true,
    });
    expect(kinds(made, 'VPCEndpointSubnetAssociation')).toHaveLength(15);
    expect(at(made, 'endpoints-ingress-from-network', 'spec.forProvider.cidrIpv4')).toBe('10.40.0.0/16');
    expect(at(made, 'sts-endpoint', 'spec.deletionPolicy')).toBe('Delete');
  });

  it('is looked at and not touched where somebody else made it', () => {
    expect(kinds(found, 'VPC')).toEqual(['vpc']);
    expect(kinds(found, 'Subnet')).toEqual(['private-a', 'private-b', 'public-a']);
    for (const name of ['vpc', 'private-a', 'private-b', 'public-a']) {
      expect(at(found, name, 'spec.managementPolicies'), name).toEqual(['Observe']);
    }
    expect(at(found, 'vpc', EXTERNAL_NAME)).toBe('vpc-0a1b2c3d4e5f60718');
    expect(at(found, 'private-b', EXTERNAL_NAME)).toBe('subnet-1a1b2c3d4e5f60718');
    expect(kinds(found, 'NATGateway')).toEqual([]);
  });

  it('goes by the same names, whoever made it', () => {
    const same = ['vpc', 'private-a', 'private-b'];
    const names = (resources: ReadonlyMap<string, object>) =>
      same.map((name) => String(at(resources, name, 'metadata.name')).replace(/harbour|production/, ''));
    expect(names(found)).toEqual(names(made));
    for (const label of ['tier', 'zone']) {
      const path = `metadata.labels[platform.plimsoll.dev/${label}]`;
      expect(at(found, 'private-a', path)).toBe(at(made, 'private-a', path));
    }
  });
});
