import { describe, expect, it } from 'vitest';
import type { Chart } from '#model/environment/service.ts';
import { onlyLooks } from '#model/iam.ts';
import { granted } from '#model/identities.ts';
import { releases } from '#model/releases.ts';
import { sample } from './sample.ts';

const chart = (changes: Partial<Chart>): Chart => ({
  repository: 'https://charts.tideline.example',
  chart: 'pilot',
  version: '1.0.0',
  namespace: 'harbour',
  ...changes,
});

const withChart = (changes: Partial<Chart>) => sample({}, { charts: { pilot: chart(changes) } });
const identity = (changes: Partial<Chart>) =>
  granted(withChart(changes)).identities.find(({ role }) => role === 'pilot');
const values = (changes: Partial<Chart>) =>
  releases(withChart(changes)).find(({ name }) => name === 'pilot')?.values;

const ARN = 'arn:aws:iam::111122223333:role/tideline-production-pilot';
const annotations = {
  'eks.amazonaws.com/role-arn': ARN,
  'eks.amazonaws.com/sts-regional-endpoints': 'true',
};

describe('the role of a chart', () => {
  it('is there where the environment says so', () => {
    expect(identity({})).toBeUndefined();
    expect(values({})).toEqual({});
  });

  it('is for its ServiceAccount, in its namespace, and bounded like a service’s', () => {
    expect(identity({ identity: {} })).toMatchObject({
      roleArn: ARN,
      serviceAccount: { namespace: 'harbour', name: 'pilot' },
      statements: [],
      owner: 'service',
      cause: '/spec/charts/pilot/identity',
    });
    expect(identity({ identity: { serviceAccount: 'helm' } })?.serviceAccount.name).toBe('helm');
  });

  it('changes records of the zones that are named, and looks for zones', () => {
    expect(identity({ identity: { hostedZones: ['Z0123'] } })?.statements).toEqual([
      {
        sid: 'ChangeRecords',
        effect: 'Allow',
        actions: [
          'route53:ChangeResourceRecordSets',
          'route53:ListResourceRecordSets',
          'route53:ListTagsForResources',
        ],
        resources: ['arn:aws:route53:::hostedzone/Z0123'],
      },
      {
        sid: 'FindZones',
        effect: 'Allow',
        actions: ['route53:ListHostedZones', 'route53:ListHostedZonesByName'],
        resources: ['*'],
      },
    ]);
  });

  it('reads secrets whose names begin so, in this account and region', () => {
    expect(identity({ identity: { secrets: ['tideline/'] } })?.statements).toMatchObject([
      {
        actions: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
        resources: ['arn:aws:secretsmanager:eu-west-1:111122223333:secret:tideline/*'],
      },
    ]);
  });

  it('may do what else is written out', () => {
    const permissions = [
      { actions: ['sqs:SendMessage'], resources: ['arn:aws:sqs:eu-west-1:111122223333:voyages'] },
      { actions: ['ec2:DescribeInstances'], resources: ['*'] },
    ];
    expect(identity({ identity: { permissions } })?.statements).toEqual(
      permissions.map((permission, index) => ({
        sid: `Permission${index + 1}`,
        effect: 'Allow',
        ...permission,
      })),
    );
  });
});

describe('the values of a chart with a role', () => {
  it('name the ServiceAccount that the role trusts', () => {
    expect(values({ identity: {} })).toEqual({
      serviceAccount: { create: true, name: 'pilot', annotations },
    });
  });

  it('keep what a team wrote', () => {
    const given = { replicas: 2, rbac: { create: true, serviceAccount: { annotations: { ship: 'ahoy' } } } };
    expect(values({ identity: { accountValues: 'rbac.serviceAccount' }, values: given })).toEqual({
      replicas: 2,
      rbac: {
        create: true,
        serviceAccount: { create: true, name: 'pilot', annotations: { ship: 'ahoy', ...annotations } },
      },
    });
    expect(given.rbac.serviceAccount).toEqual({ annotations: { ship: 'ahoy' } });
  });
});

describe('an action only looks', () => {
  it.each([
    'ec2:DescribeInstances',
    's3:ListAllMyBuckets',
    'autoscaling:Describe*',
    'ecr:GetAuthorizationToken',
  ])('where it gives nothing away: %s', (action) => expect(onlyLooks(action)).toBe(true));

  it.each([
    's3:GetObject',
    's3:GetObjectVersion',
    'secretsmanager:GetSecretValue',
    'ssm:GetParametersByPath',
    'kms:Decrypt',
    'sqs:SendMessage',
    'iam:*',
    '*',
  ])('but not %s', (action) => expect(onlyLooks(action)).toBe(false));
});
