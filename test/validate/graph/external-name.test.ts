import { expect, it } from 'vitest';
import { readManifestText } from '#manifests/read/read.ts';
import { checkExternalNames } from '#validate/graph/external-name.ts';

const managed = (apiVersion: string, kind: string, name: string, spec: string) =>
  `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: ${name}${
    spec.includes('forProvider: { name') ? '' : ', annotations: { crossplane.io/external-name: tideline }'
  } }, spec: { ${spec} } }`;
const check = (...documents: readonly string[]) =>
  checkExternalNames(readManifestText(documents.join('\n---\n'), 'ship.yaml').manifests);

const bucket = (name: string, spec = 'forProvider: { region: eu-west-1 }') =>
  managed('s3.aws.upbound.io/v1beta2', 'Bucket', name, spec);
const role = (name: string, spec = 'forProvider: {}') =>
  managed('iam.aws.upbound.io/v1beta1', 'Role', name, spec);
const queue = (name: string, region = 'eu-west-1', version = 'sqs.aws.upbound.io/v1beta1') =>
  managed(version, 'Queue', name, `forProvider: { name: voyage-events, region: ${region} }`);

it('names both places of one thing', () => {
  expect(check(bucket('a'), bucket('b'))).toMatchObject([
    {
      code: 'manifest-duplicate-external-name',
      severity: 'error',
      subject: { kind: 'Bucket', name: 'b' },
      pointer: '/metadata/annotations/crossplane.io~1external-name',
      origin: { file: 'ship.yaml', line: 3 },
      args: { kind: 'Bucket', name: 'tideline', other: expect.stringMatching(/^ship\.yaml:1:/) },
    },
  ]);
});

it.each([
  ['buckets in two regions', [bucket('a'), bucket('b', 'forProvider: { region: eu-north-1 }')]],
  ['a role of another version', [role('a'), role('b').replace('v1beta1', 'v1beta2')]],
  ['queues, by the name that was asked for', [queue('a'), queue('b')]],
  ['a namespaced queue', [queue('a'), queue('b', 'eu-west-1', 'sqs.aws.m.upbound.io/v1beta1')]],
])('%s are one thing', (_, documents) => {
  expect(check(...documents)).toHaveLength(1);
});

it.each([
  ['roles in two accounts', [role('a'), role('b', 'providerConfigRef: { name: other }, forProvider: {}')]],
  ['queues in two regions', [queue('a'), queue('b', 'eu-north-1')]],
  ['a bucket and a role', [bucket('a'), role('b')]],
  ['one that only observes', [role('a'), role('b', 'managementPolicies: [Observe], forProvider: {}')]],
  [
    'policies of two roles, whose names are not their own',
    ['a', 'b'].map((name) => managed('iam.aws.upbound.io/v1beta1', 'RolePolicy', name, 'forProvider: {}')),
  ],
  ['objects without a name', [bucket('a').replace('tideline', '""'), bucket('b').replace('tideline', '""')]],
])('%s are not one thing', (_, documents) => {
  expect(check(...documents)).toEqual([]);
});
