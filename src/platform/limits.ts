import type { Finding } from '#model/finding.ts';
import { PLATFORM_GROUP, PLATFORM_VERSION } from '#model/names.ts';
import type { Locate, Origin } from '#model/origin.ts';
import type { Claim } from './claim.ts';
import { mongoDatabase } from './mongo-database/definition.ts';
import { serviceIdentity } from './service-identity/definition.ts';

/**
 * What claims break that no schema can say, because it depends on several fields or on a text made of them.
 * In: claims, and the way from an environment's pointer to its line. Out: findings.
 */

/** Inline policies of a role, together: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const ROLE_POLICY_LIMIT = 10_240;

/** Characters of the text around the statements. */
const FRAME = '{"Version":"2012-10-17","Statement":}'.length;

export function checkLimits(claims: readonly Claim[], locate: Locate): readonly Finding[] {
  return claims.flatMap((claim) => {
    if (claim.kind === serviceIdentity.kind) return policySize(claim, locate);
    if (claim.kind === mongoDatabase.kind) return restoreWindow(claim, locate);
    return [];
  });
}

function policySize(claim: Claim, locate: Locate): readonly Finding[] {
  const statements = 'statements' in claim.spec ? claim.spec.statements : [];
  const size = FRAME + JSON.stringify(statements).replaceAll(/\s/g, '').length;
  if (size <= ROLE_POLICY_LIMIT) return [];
  const args = { role: claim.name, size, limit: ROLE_POLICY_LIMIT };
  return [
    {
      code: 'platform-policy-too-large',
      severity: 'error',
      args,
      ...place(claim, '/spec/statements', locate),
    },
  ];
}

function restoreWindow(claim: Claim, locate: Locate): readonly Finding[] {
  const backup = 'backup' in claim.spec ? claim.spec.backup : undefined;
  const window = numberIn(backup, 'restoreWindowDays');
  const retention = numberIn(backup, 'dailyRetentionDays');
  if (window === undefined || retention === undefined || window <= retention) return [];
  const args = { window, retention };
  const pointer = '/spec/backup/restoreWindowDays';
  return [{ code: 'platform-restore-window', severity: 'error', args, ...place(claim, pointer, locate) }];
}

const numberIn = (object: unknown, field: string): number | undefined => {
  const value: unknown =
    typeof object === 'object' && object !== null ? Reflect.get(object, field) : undefined;
  return typeof value === 'number' ? value : undefined;
};

/** Where a finding about a claim belongs. */
function place(claim: Claim, pointer: string, locate: Locate) {
  const origin: Origin | undefined = locate(claim.fields[pointer] ?? claim.cause);
  return {
    subject: {
      apiVersion: `${PLATFORM_GROUP}/${PLATFORM_VERSION}`,
      kind: claim.kind,
      namespace: claim.namespace,
      name: claim.name,
    },
    pointer,
    ...(origin === undefined ? {} : { origin }),
  };
}
