import type { TrustCodes } from '#model/codes/trust.ts';
import type { Explanations } from './explanation.ts';

const link = 'https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html';

export const trustExplanations: Explanations<TrustCodes> = {
  'trust-policy-unreadable': { why: 'AWS refuses it, long after the merge.', mend: 'Mend the JSON.', link },
  'trust-wide-action': {
    why: 'Whoever takes over the pod may do anything to the resource, deleting included.',
    mend: 'Name the actions.',
    link,
  },
  'trust-wide-resource': {
    why: 'Whoever takes over the pod may change everything in the account.',
    mend: 'Name the resources.',
    link,
  },
  'trust-unknown-resource': {
    why: 'Often it was renamed, and the service gets AccessDenied.',
    mend: 'Name what the environment declares.',
    link,
  },
  'trust-half-connect': {
    why: 'ElastiCache wants the right on the cache and on the user.',
    mend: 'Name both.',
    link,
  },
  'trust-anybody': { why: 'The role is open to every account of AWS.', mend: 'Name the principal.', link },
  'trust-open-subject': {
    why: 'Every pod that can use one of these service accounts gets the role.',
    mend: 'Name one service account with StringEquals.',
    link,
  },
  'trust-no-audience': {
    why: 'A token that was made for another system would do.',
    mend: 'Require the audience sts.amazonaws.com.',
    link,
  },
  'trust-password': {
    why: 'A password has to be kept, rotated and hidden.',
    mend: 'Sign in with IAM.',
    link,
  },
  'trust-sign-in': {
    why: "AWS or Atlas refuses the user's sign-in.",
    mend: 'Write what the message says.',
    link,
  },
  'trust-database-role': {
    why: 'Nobody could ever sign in as this user.',
    mend: 'Name the role of a ServiceIdentity.',
    link,
  },
  'exposure-cidr': { why: 'The whole internet may knock.', mend: 'Name the ranges that need it.', link },
  'exposure-plain-http': {
    why: 'Data could be read on the way.',
    mend: 'Deny requests without aws:SecureTransport.',
    link,
  },
  'exposure-no-tls': { why: 'Data could be read on the way.', mend: 'Ask for TLS 1.2 or newer.', link },
};
