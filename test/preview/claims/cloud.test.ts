import { expect, it } from 'vitest';
import { answerOf, type Thing } from '#preview/claims/cloud.ts';

const thing = (group: string, kind: string, more: Partial<Thing> = {}): Thing => ({
  group: `${group}.aws.upbound.io`,
  kind,
  region: 'eu-west-1',
  name: 'tideline',
  seed: 'tideline',
  account: '111122223333',
  asked: () => '',
  ...more,
});

it.each([
  ['sqs', 'Queue', 'arn', 'arn:aws:sqs:eu-west-1:111122223333:tideline'],
  ['sqs', 'Queue', 'url', 'https://sqs.eu-west-1.amazonaws.com/111122223333/tideline'],
  ['iam', 'Role', 'arn', 'arn:aws:iam::111122223333:role/tideline'],
  ['eks', 'Cluster', 'arn', 'arn:aws:eks:eu-west-1:111122223333:cluster/tideline'],
  ['s3', 'Bucket', 'arn', 'arn:aws:s3:::tideline'],
  ['s3', 'Bucket', 'bucketRegionalDomainName', 'tideline.s3.eu-west-1.amazonaws.com'],
  [
    'elasticache',
    'ReplicationGroup',
    'arn',
    'arn:aws:elasticache:eu-west-1:111122223333:replicationgroup:tideline',
  ],
  ['cloudwatchlogs', 'Group', 'arn', 'arn:aws:logs:eu-west-1:111122223333:log-group:tideline'],
])('%s %s %s follows from what was asked', (group, kind, field, value) => {
  expect(answerOf(thing(group, kind), field)).toEqual({ value, isStandIn: false });
});

it.each([
  [
    'eks',
    'Cluster',
    'identity[0].oidc[0].issuer',
    /^https:\/\/oidc\.eks\.eu-west-1\.amazonaws\.com\/id\/[0-9A-F]{32}$/,
  ],
  [
    'kms',
    'Key',
    'arn',
    /^arn:aws:kms:eu-west-1:111122223333:key\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  ],
  ['eks', 'Cluster', 'vpcConfig.clusterSecurityGroupId', /^sg-0[0-9a-f]{16}$/],
])('%s %s %s has its form, and is a stand-in', (group, kind, field, form) => {
  const answer = answerOf(thing(group, kind), field);
  expect(answer?.isStandIn).toBe(true);
  expect(answer?.value).toMatch(form);
  // All who look at one thing see the same; another thing is another.
  expect(answerOf(thing(group, kind), field)).toEqual(answer);
  expect(answerOf(thing(group, kind, { seed: 'harbour' }), field)).not.toEqual(answer);
});

it('knows the other partitions, and what nobody told', () => {
  expect(answerOf(thing('sqs', 'Queue', { region: 'cn-north-1' }), 'url')?.value).toBe(
    'https://sqs.cn-north-1.amazonaws.com.cn/111122223333/tideline',
  );
  expect(answerOf(thing('iam', 'Role', { region: 'us-gov-west-1' }), 'arn')?.value).toMatch(
    /^arn:aws-us-gov:/,
  );
  expect(answerOf(thing('sqs', 'Queue', { account: undefined }), 'arn')?.isStandIn).toBe(true);
  expect(answerOf(thing('sqs', 'Queue'), 'constructor')).toBeUndefined();
  expect(answerOf(thing('ec2', 'VPC'), 'id')).toBeUndefined();
});
