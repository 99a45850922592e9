import { combine, type Patch, required } from './patches.ts';

/** Who may assume a role: https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html */

const statement = (principal: Readonly<Record<string, string>>, action: string, condition?: object): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: principal,
        Action: action,
        ...(condition === undefined ? {} : { Condition: condition }),
      },
    ],
  });

/** An AWS service may assume the role. */
export const serviceTrust = (service: string): string => statement({ Service: service }, 'sts:AssumeRole');

/**
 * One ServiceAccount may assume the role, and no other: `sub` is compared as a whole, `aud` is asked for.
 * Needs the account and the cluster's OIDC provider in the status; `subject` is the ServiceAccount's part.
 */
function trust(subject: string, ...sources: readonly string[]): Patch {
  const document = statement(
    { Federated: 'arn:aws:iam::%[1]s:oidc-provider/%[2]s' },
    'sts:AssumeRoleWithWebIdentity',
    {
      StringEquals: {
        '%[2]s:aud': 'sts.amazonaws.com',
        '%[2]s:sub': `system:serviceaccount:${subject}`,
      },
    },
  );
  return required(
    combine(
      document,
      'spec.forProvider.assumeRolePolicy',
      'status.accountId',
      'status.oidcProvider',
      ...sources,
    ),
  );
}

/** Trusts a ServiceAccount that is known beforehand. */
export const accountTrust = (namespace: string, name: string): Patch => trust(`${namespace}:${name}`);

/** Trusts the ServiceAccount that the composite names. */
export const claimedTrust = (): Patch =>
  trust('%[3]s:%[4]s', 'spec.serviceAccount.namespace', 'spec.serviceAccount.name');
