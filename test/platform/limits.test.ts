import { describe, expect, it } from 'vitest';
import type { IamStatement } from '#model/iam.ts';
import { checkLimits } from '#platform/limits.ts';
import { mongoDatabaseClaims } from '#platform/mongo-database/claim.ts';
import { serviceIdentityClaims } from '#platform/service-identity/claim.ts';
import { production } from './tideline.ts';

const locate = (pointer: string) => ({ file: pointer, line: 1, column: 1 });

const identity = (count: number) => ({
  role: 'api',
  roleArn: 'arn:aws:iam::111122223333:role/tideline-production-api',
  serviceAccount: { namespace: 'tideline', name: 'api' },
  statements: Array.from(
    { length: count },
    (_, index): IamStatement => ({
      sid: `Send${index}`,
      effect: 'Allow',
      actions: ['sqs:SendMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl'],
      resources: [`arn:aws:sqs:eu-west-1:111122223333:tideline-production-queue-${index}`],
    }),
  ),
  owner: 'service' as const,
  cause: '/spec/services/api/uses',
});

const window = (retention: string, reach: string) =>
  mongoDatabaseClaims({
    ...production,
    spec: {
      ...production.spec,
      databases: {
        bookings: { tier: 'M30', version: '8.0', nodes: 3, backup: { retention, window: reach } },
      },
    },
  });

describe('limits of claims', () => {
  it('has nothing to say about what IAM takes', () => {
    expect(checkLimits(serviceIdentityClaims(production, [identity(40)]), locate)).toEqual([]);
  });

  it('finds a policy that IAM would not take', () => {
    const findings = checkLimits(serviceIdentityClaims(production, [identity(70)]), locate);
    expect(findings).toMatchObject([
      {
        code: 'platform-policy-too-large',
        subject: { kind: 'ServiceIdentity', namespace: 'tideline', name: 'api' },
        pointer: '/spec/statements',
        origin: { file: '/spec/services/api/uses' },
        args: { role: 'api', limit: 10_240 },
      },
    ]);
  });

  it('takes a window as long as the snapshots are kept', () => {
    expect(checkLimits(window('14d', '14d'), locate)).toEqual([]);
  });

  it('finds a window that reaches further back than snapshots', () => {
    expect(checkLimits(window('7d', '8d'), locate)).toMatchObject([
      {
        code: 'platform-restore-window',
        pointer: '/spec/backup/restoreWindowDays',
        origin: { file: '/spec/databases/bookings/backup/window' },
        args: { window: 8, retention: 7 },
      },
    ]);
  });
});
