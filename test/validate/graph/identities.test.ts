import { expect, it } from 'vitest';
import { cases, found, global, object, type Row, told } from './tideline.ts';

const account = (arn: string, name = 'api') =>
  object(
    'v1',
    'ServiceAccount',
    name,
    '',
    arn === '' ? '' : `annotations: { eks.amazonaws.com/role-arn: "${arn}" }`,
  );
const ARN = 'arn:aws:iam::111122223333:role/tideline-api';
const identity = (name = 'api') =>
  object(
    'platform.plimsoll.dev/v1alpha1',
    'ServiceIdentity',
    name,
    `spec: { clusterName: fleet, roleName: tideline-${name}, serviceAccount: { namespace: tideline, name: ${name} } }`,
  );
const cluster = object(
  'platform.plimsoll.dev/v1alpha1',
  'KubernetesCluster',
  'fleet',
  'spec: { name: fleet, account: "111122223333" }',
);
const ISSUER = 'oidc.eks.eu-west-1.amazonaws.com/id/ABC';
const trust = (conditions: Readonly<Record<string, unknown>>) =>
  JSON.stringify({
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${ISSUER}` },
        Condition: conditions,
      },
    ],
  });
const role = (policy: string) =>
  global(
    'iam.aws.upbound.io/v1beta1',
    'Role',
    'tideline-api',
    `spec: { forProvider: { assumeRolePolicy: '${policy}' } }`,
  );
const equals = (subject: string, audience = 'sts.amazonaws.com') => ({
  StringEquals: { [`${ISSUER}:sub`]: subject, [`${ISSUER}:aud`]: audience },
});
const API = 'system:serviceaccount:tideline:api';
const at = (severity: string, code: string, name = 'api') => [
  `${severity} ${code} ServiceAccount/${name} /metadata/annotations/eks.amazonaws.com~1role-arn`,
];

const rows: readonly Row[] = [
  ['a role that is made for it', [cluster, identity(), account(ARN)]],
  ['a role below a path', [cluster, identity(), account(ARN.replace('role/', 'role/fleet/'))]],
  [
    'another name, where a role is made for it',
    [cluster, identity(), account(`${ARN}s`)],
    at('error', 'identity-role-missing'),
  ],
  [
    'a name that somebody else may make',
    [cluster, identity(), account(ARN), account('arn:aws:iam::111122223333:role/crew', 'crew')],
    at('warning', 'identity-role-missing', 'crew'),
  ],
  [
    'a role that Crossplane signs in with, which is there before any that it makes',
    [
      cluster,
      identity(),
      account(ARN),
      account('arn:aws:iam::111122223333:role/crew', 'crew'),
      global(
        'pkg.crossplane.io/v1beta1',
        'DeploymentRuntimeConfig',
        'aws',
        'spec: { serviceAccountTemplate: { metadata: { annotations: { eks.amazonaws.com/role-arn: "arn:aws:iam::111122223333:role/crew" } } } }',
      ),
    ],
  ],
  [
    'a role of another account',
    [cluster, identity(), account(ARN.replace('1111', '4444'))],
    at('error', 'identity-account'),
  ],
  [
    'a role of another ServiceAccount',
    [cluster, identity(), identity('web'), account(ARN), account(ARN, 'web')],
    at('error', 'identity-subject', 'web'),
  ],
  [
    'no role, though one is made',
    [cluster, identity(), account('')],
    ['error identity-unused ServiceAccount/api /metadata/annotations'],
  ],
  [
    'no role to name, for EKS knows it',
    [
      ...[cluster, identity(), account('')],
      global(
        'eks.aws.upbound.io/v1beta1',
        'PodIdentityAssociation',
        'api',
        'spec: { forProvider: { namespace: tideline, serviceAccount: api } }',
      ),
    ],
  ],
  [
    'a role for a ServiceAccount that is not there',
    [cluster, identity()],
    ['error reference-missing ServiceIdentity/api /spec/serviceAccount/name'],
  ],
  ['no roles at all: somebody else makes them', [account(ARN)]],
  ['a trust in it', [role(trust(equals(API))), account(ARN)]],
  [
    'a trust in it by a pattern',
    [
      role(
        trust({
          StringLike: { [`${ISSUER}:sub`]: 'system:serviceaccount:tideline:*' },
          ...{ StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com' } },
        }),
      ),
      account(ARN),
    ],
  ],
  [
    'a trust in another namespace',
    [role(trust(equals(API.replace('tideline', 'harbour')))), account(ARN)],
    at('error', 'identity-subject'),
  ],
  [
    'a trust that does not ask for whom the token is',
    [role(trust({ StringEquals: { [`${ISSUER}:sub`]: API } })), account(ARN)],
    at('warning', 'identity-audience'),
  ],
  [
    'a trust in tokens for somebody else',
    [role(trust(equals(API, 'harbour'))), account(ARN)],
    at('error', 'identity-audience'),
  ],
  [
    'a trust that is known later, and the claim that it comes from',
    [cluster, identity(), role(''), account(ARN)],
  ],
  [
    'a trust of the role, not of its claim',
    [cluster, identity(), role(trust(equals(`${API}s`))), account(ARN)],
    at('error', 'identity-subject'),
  ],
];

it.each(cases(rows))('$title', ({ documents, findings }) => {
  expect(told(...documents)).toEqual(findings);
});

it('names the role that is meant', () => {
  expect(found(cluster, identity(), account(`${ARN}s`))).toMatchObject([
    { args: { role: 'tideline-apis', similar: 'tideline-api' } },
  ]);
});
