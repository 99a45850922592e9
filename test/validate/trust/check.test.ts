import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '#manifests/manifest.ts';
import { trustMessages } from '#report/messages/trust.ts';
import { checkTrust } from '#validate/trust/check.ts';
import { statementsOf } from '#validate/trust/policy-document.ts';

const manifest = (
  apiVersion: string,
  kind: string,
  name: string,
  forProvider: object,
  spec = {},
): Manifest => ({
  object: {
    apiVersion,
    kind,
    metadata: { name, annotations: { 'crossplane.io/external-name': name } },
    spec: { forProvider, ...spec },
  },
  file: `${name}.yaml`,
  locate: (pointer) => ({ file: pointer, line: 1, column: 1 }),
});

const brief = (...manifests: readonly Manifest[]) =>
  checkTrust(manifests).map(({ code, severity, pointer }) => `${code} ${severity} ${pointer}`);

const IAM = 'iam.aws.upbound.io/v1beta1';
const policy = (...statements: readonly object[]) =>
  manifest(IAM, 'RolePolicy', 'api', {
    policy: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
  });
const allow = (Action: unknown, Resource: unknown, more: object = {}) => ({
  Sid: 'Ship',
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const role = (...statements: readonly object[]) =>
  manifest(IAM, 'Role', 'tideline-api', { assumeRolePolicy: JSON.stringify({ Statement: statements }) });

const PROVIDER = 'oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF';
const trusts = (Condition?: object) => ({
  Effect: 'Allow',
  Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${PROVIDER}` },
  Action: 'sts:AssumeRoleWithWebIdentity',
  Condition,
});
const SUBJECT = { [`${PROVIDER}:sub`]: 'system:serviceaccount:tideline:api' };
const AUDIENCE = { [`${PROVIDER}:aud`]: 'sts.amazonaws.com' };

const queue = manifest('sqs.aws.upbound.io/v1beta1', 'Queue', 'queue-x1y2z', { name: 'voyages' });
const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:voyages';
const CACHE = 'arn:aws:elasticache:eu-west-1:111122223333:replicationgroup:sessions';
const CACHE_USER = 'arn:aws:elasticache:eu-west-1:111122223333:user:sessions-api';

const user = (fields: object) =>
  manifest('database.mongodbatlas.crossplane.io/v1alpha3', 'User', 'api', fields);
const ROLE = 'arn:aws:iam::111122223333:role/tideline-api';
const byRole = { username: ROLE, authDatabaseName: '$external', awsIamType: 'ROLE' };

const cacheUser = (authenticationMode: unknown, userName = 'sessions-api') =>
  manifest('elasticache.aws.upbound.io/v1beta2', 'User', 'sessions-api', { userName, authenticationMode });
const cache = (fields: object) =>
  manifest('elasticache.aws.upbound.io/v1beta2', 'ReplicationGroup', 'sessions', fields);

const cluster = (vpcConfig: unknown, spec = {}) =>
  manifest('eks.aws.upbound.io/v1beta2', 'Cluster', 'tideline', { vpcConfig }, spec);
const ingress = (fields: object) =>
  manifest('ec2.aws.upbound.io/v1beta1', 'SecurityGroupIngressRule', 'in', fields);
const bucketPolicy = (text: string, apiVersion = 's3.aws.upbound.io/v1beta1') =>
  manifest(apiVersion, 'BucketPolicy', 'documents', { policy: text });
const refusal = {
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: '*',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};

const POLICY = '/spec/forProvider/policy';
const TRUST = '/spec/forProvider/assumeRolePolicy';

type Case = readonly [name: string, manifests: readonly Manifest[], ...expected: readonly string[]];

const BAD: readonly Case[] = [
  ['all actions', [policy(allow('*', QUEUE))], `trust-wide-action error ${POLICY}`],
  ['all actions of a service', [policy(allow(['sqs:*'], [QUEUE]))], `trust-wide-action error ${POLICY}`],
  [
    'all actions but some',
    [policy({ ...allow(undefined, QUEUE), NotAction: 'iam:*' })],
    `trust-wide-action error ${POLICY}`,
  ],
  ['changes everywhere', [policy(allow('sqs:SendMessage', '*'))], `trust-wide-resource warning ${POLICY}`],
  [
    'all but some things',
    [policy({ ...allow('sqs:SendMessage', undefined), NotResource: QUEUE })],
    `trust-wide-resource warning ${POLICY}`,
  ],
  [
    'secrets everywhere',
    [policy(allow('secretsmanager:GetSecretValue', '*'))],
    `trust-wide-resource warning ${POLICY}`,
  ],
  [
    'a queue that is not there',
    [queue, policy(allow('sqs:SendMessage', `${QUEUE}-dlq`))],
    `trust-unknown-resource warning ${POLICY}`,
  ],
  ['half a cache', [policy(allow('elasticache:Connect', CACHE))], `trust-half-connect error ${POLICY}`],
  [
    'the other half',
    [policy(allow('elasticache:Connect', CACHE_USER))],
    `trust-half-connect error ${POLICY}`,
  ],
  [
    'no policy',
    [manifest(IAM, 'RolePolicy', 'api', { policy: 'ships ahoy' })],
    `trust-policy-unreadable warning ${POLICY}`,
  ],
  [
    'an inline policy',
    [
      manifest(IAM, 'Role', 'api', {
        inlinePolicy: [{ policy: JSON.stringify({ Statement: allow('*', '*') }) }],
      }),
    ],
    'trust-wide-action error /spec/forProvider/inlinePolicy/0/policy',
  ],
  [
    'the namespaced kind',
    [
      manifest('iam.aws.m.upbound.io/v1beta1', 'RolePolicy', 'api', {
        policy: JSON.stringify({ Statement: [allow('*', QUEUE)] }),
      }),
    ],
    `trust-wide-action error ${POLICY}`,
  ],
  [
    'a role for everybody',
    [role({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' })],
    `trust-anybody error ${TRUST}`,
  ],
  [
    'a role for everybody else',
    [
      role({
        Effect: 'Allow',
        NotPrincipal: { AWS: 'arn:aws:iam::111122223333:root' },
        Action: 'sts:AssumeRole',
      }),
    ],
    `trust-anybody error ${TRUST}`,
  ],
  [
    'a role for every ServiceAccount',
    [role(trusts({ StringEquals: AUDIENCE }))],
    `trust-open-subject error ${TRUST}`,
  ],
  [
    'a role for every ServiceAccount, if it says who it is',
    [role(trusts({ StringEquals: AUDIENCE, StringEqualsIfExists: SUBJECT }))],
    `trust-open-subject error ${TRUST}`,
  ],
  [
    'a role for a pattern',
    [
      role(
        trusts({
          StringEquals: AUDIENCE,
          StringLike: { [`${PROVIDER}:sub`]: 'system:serviceaccount:tideline:*' },
        }),
      ),
    ],
    `trust-open-subject error ${TRUST}`,
  ],
  ['a role for any token', [role(trusts({ StringEquals: SUBJECT }))], `trust-no-audience error ${TRUST}`],
  [
    'a database user with a password',
    [
      user({
        username: 'api',
        authDatabaseName: 'admin',
        passwordSecretRef: { name: 'a', namespace: 'b', key: 'c' },
      }),
    ],
    'trust-password warning /spec/forProvider/awsIamType',
  ],
  [
    'a database user of IAM elsewhere, with a password',
    [user({ ...byRole, authDatabaseName: 'admin', passwordSecretRef: { name: 'a' } })],
    'trust-sign-in error /spec/forProvider/authDatabaseName',
    'trust-sign-in error /spec/forProvider/passwordSecretRef',
  ],
  [
    'a database user of a role that is not there',
    [role(trusts({ StringEquals: { ...SUBJECT, ...AUDIENCE } })), user({ ...byRole, username: `${ROLE}s` })],
    'trust-database-role warning /spec/forProvider/username',
  ],
  [
    'a cache user with a password',
    [cacheUser([{ type: 'password' }])],
    'trust-password warning /spec/forProvider/authenticationMode/0/type',
  ],
  [
    'a cache user of another name',
    [cacheUser({ type: 'iam' }, 'api')],
    'trust-sign-in error /spec/forProvider/userName',
  ],
  [
    'a cache with users, a token, and no TLS',
    [cache({ userGroupIds: ['sessions'], authTokenSecretRef: { name: 'a' } })],
    'trust-sign-in error /spec/forProvider/authTokenSecretRef',
    'exposure-no-tls error /spec/forProvider/transitEncryptionEnabled',
  ],
  [
    'an endpoint for the world',
    [cluster({ endpointPublicAccess: true, publicAccessCidrs: ['203.0.113.0/24', '0.0.0.0/0'] })],
    'exposure-cidr error /spec/forProvider/vpcConfig/publicAccessCidrs/1',
  ],
  [
    'an endpoint for the world, in the older version',
    [cluster([{ publicAccessCidrs: ['0.0.0.0/0'] }])],
    'exposure-cidr error /spec/forProvider/vpcConfig/0/publicAccessCidrs/0',
  ],
  [
    'a database for the world',
    [
      manifest('project.mongodbatlas.crossplane.io/v1alpha1', 'IPAccessList', 'all', {
        cidrBlock: '0.0.0.0/0',
      }),
    ],
    'exposure-cidr error /spec/forProvider/cidrBlock',
  ],
  [
    'a port for the world',
    [ingress({ cidrIpv6: '::/0', fromPort: 6379, toPort: 6379 })],
    'exposure-cidr error /spec/forProvider/cidrIpv6',
  ],
  [
    'a bucket without TLS',
    [
      bucketPolicy(
        JSON.stringify({ Statement: [{ ...refusal, Effect: 'Allow', Principal: { AWS: ROLE } }] }),
      ),
    ],
    `exposure-plain-http warning ${POLICY}`,
  ],
];

const GOOD: readonly Case[] = [
  ['named actions on named things', [queue, policy(allow('sqs:SendMessage', QUEUE))]],
  ['a queue where no queue is known', [policy(allow('sqs:SendMessage', QUEUE))]],
  ['looking around', [policy(allow(['ec2:Describe*', 'route53:ListHostedZones'], '*'))]],
  ['changes under a condition', [policy(allow('ec2:CreateTags', '*', { Condition: { Bool: { a: true } } }))]],
  ['a denial', [policy({ ...allow('*', '*'), Effect: 'Deny' })]],
  ['the whole of a cache', [policy(allow('elasticache:Connect', [CACHE, CACHE_USER]))]],
  ['one ServiceAccount', [role(trusts({ StringEquals: { ...SUBJECT, ...AUDIENCE } }))]],
  [
    'a service of AWS',
    [role({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' })],
  ],
  ['a database user of a role', [role(trusts({ StringEquals: { ...SUBJECT, ...AUDIENCE } })), user(byRole)]],
  ['a database user of another directory', [user({ username: 'api', ldapAuthType: 'USER' })]],
  ['a cache user of IAM', [cacheUser([{ type: 'iam' }])]],
  ['a cache with TLS', [cache({ userGroupIds: ['sessions'], transitEncryptionEnabled: true })]],
  [
    'a cluster that is only looked at',
    [cluster({ publicAccessCidrs: ['0.0.0.0/0'] }, { managementPolicies: ['Observe'] })],
  ],
  ['a private endpoint', [cluster({ endpointPublicAccess: false, publicAccessCidrs: ['0.0.0.0/0'] })]],
  ['the web for the world', [ingress({ cidrIpv4: '0.0.0.0/0', fromPort: 443, toPort: 443 })]],
  ['a bucket with TLS', [bucketPolicy(JSON.stringify({ Statement: [refusal] }))]],
  ['somebody else’s kinds', [bucketPolicy('ships', 'storage.tideline.example/v1')]],
];

describe('trust', () => {
  it.each(BAD.map(([name, manifests, ...expected]) => ({ name, manifests, expected })))(
    'finds $name',
    ({ manifests, expected }) => expect(brief(...manifests)).toEqual(expected),
  );

  it.each(GOOD.map(([name, manifests]) => ({ name, manifests })))(
    'has nothing against $name',
    ({ manifests }) => expect(brief(...manifests)).toEqual([]),
  );

  it('has a case for every code', () => {
    const seen = new Set(BAD.flatMap(([, , ...expected]) => expected.map((one) => one.split(' ')[0])));
    expect(Object.keys(trustMessages).filter((code) => !seen.has(code))).toEqual([]);
  });

  it('says what somebody probably meant', () => {
    const [finding] = checkTrust([
      queue,
      policy(allow('sqs:SendMessage', QUEUE.replace('voyages', 'voyage'))),
    ]);
    expect(finding?.args).toMatchObject({ kind: 'Queue', similar: 'voyages' });
  });
});

describe('a policy from anywhere', () => {
  it('is statements, or none', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        expect(Array.isArray(statementsOf(text) ?? [])).toBe(true);
      }),
    );
  });

  it('never stops the check', () => {
    const json = fc.jsonValue();
    const statement = fc.record(
      { Effect: fc.constant('Allow'), Action: json, Resource: json, Principal: json, Condition: json },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(statement), (statements) => {
        expect(() => checkTrust([policy(...statements), role(...statements)])).not.toThrow();
      }),
    );
  });
});
