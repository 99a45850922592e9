import type { TrustCodes } from '#model/codes/trust.ts';
import type { Messages } from './message.ts';

const meant = (similar: string | undefined, otherwise: string): string =>
  similar === undefined ? otherwise : `did you mean ${similar}?`;

/** Sentences of who may do what in AWS and Atlas, and from where. */
export const trustMessages: Messages<TrustCodes> = {
  'trust-policy-unreadable': {
    title: 'A policy is no JSON',
    sentence: ({ field }) => `${field} is no policy in JSON, so what it allows could not be checked`,
    mend: () => 'write the policy as JSON',
  },
  'trust-wide-action': {
    title: 'A policy allows every action',
    sentence: ({ statement, actions }) =>
      `${statement} allows ${actions.join(', ')}: all that the service can do`,
    mend: () => 'write out the actions that are needed',
  },
  'trust-wide-resource': {
    title: 'A policy allows changes to everything in the account',
    sentence: ({ statement, actions }) =>
      `${statement} allows ${actions.join(', ')} on every resource of the account`,
    mend: () => 'name the resources by their ARNs, or add a condition that leaves only some',
  },
  'trust-unknown-resource': {
    title: 'A policy names a resource that nothing creates',
    sentence: ({ statement, arn, kind }) =>
      `${statement} speaks of ${arn}, and no ${kind} here has that name`,
    mend: ({ similar }) => meant(similar, 'correct the ARN, or add what it names'),
  },
  'trust-half-connect': {
    title: 'A right to connect to a cache is only half',
    sentence: ({ statement, missing }) =>
      `${statement} allows elasticache:Connect, but names no ${missing}: ElastiCache asks for the cache and for the user`,
    mend: ({ missing }) =>
      missing === 'user'
        ? 'add the ARN of the user'
        : 'add the ARN of the replication group or serverless cache',
  },
  'trust-anybody': {
    title: 'Anybody may assume a role',
    sentence: ({ statement }) => `${statement} lets everybody in the world assume the role`,
    mend: () => 'name the principals, or add a condition that leaves only some',
  },
  'trust-open-subject': {
    title: 'A role trusts more than one ServiceAccount',
    sentence: ({ statement, subject }) =>
      subject === undefined
        ? `${statement} asks for no subject: every ServiceAccount of the cluster may assume the role`
        : `${statement} takes every ServiceAccount like ${subject}`,
    mend: () => 'compare <provider>:sub with system:serviceaccount:<namespace>:<name> by StringEquals',
  },
  'trust-no-audience': {
    title: 'A role takes tokens that are meant for others',
    sentence: ({ statement }) =>
      `${statement} asks for no audience: tokens for other services are taken, too`,
    mend: () => 'compare <provider>:aud with sts.amazonaws.com by StringEquals',
  },
  'trust-password': {
    title: 'Somebody signs in with a password',
    sentence: ({ user }) => `${user} signs in with a password, which somebody has to keep and to change`,
    mend: () => 'let it sign in by IAM',
  },
  'trust-sign-in': {
    title: 'A user could not sign in',
    sentence: ({ user, problem }) => `${user} can't sign in: ${problem}`,
    mend: ({ write }) => `write ${write}`,
  },
  'trust-database-role': {
    title: 'A user of a database stands for a role that nothing creates',
    sentence: ({ arn }) => `the user stands for ${arn}, and no role here has that name`,
    mend: ({ similar }) => meant(similar, 'correct the ARN, or add the role'),
  },
  'exposure-cidr': {
    title: 'Something is open to the whole internet',
    sentence: ({ field, range }) => `${field} is ${range}: the whole internet`,
    mend: () => 'name the ranges that need to come in',
  },
  'exposure-plain-http': {
    title: 'A policy does not refuse plain HTTP',
    sentence: ({ kind }) => `this ${kind} refuses nobody who comes without TLS`,
    mend: () => 'deny all actions where aws:SecureTransport is false',
  },
  'exposure-no-tls': {
    title: 'Data travels without TLS',
    sentence: ({ field }) => `${field} is not true: data travels without TLS`,
    mend: ({ field }) => `write "${field}: true"`,
  },
};
