import type { Finding } from '#model/finding.ts';
import { blameValue, type Meaning, type MeaningCheck } from './meaning.ts';

/** What the environment's things refer to is where they can reach it: same account, same region. */
export const checkArns: MeaningCheck = (meaning) => {
  const { aws, ingress } = meaning.environment.spec;
  return [
    ...foreign(meaning, '/spec/ingress/certificate', ingress?.certificate, ['region', 'account']),
    ...foreign(meaning, '/spec/ingress/webAcl', ingress?.webAcl, ['region', 'account']),
    ...foreign(meaning, '/spec/aws/crossplaneRole', aws.crossplaneRole, ['account']),
    ...foreign(meaning, '/spec/aws/permissionsBoundary', aws.permissionsBoundary, ['account']),
  ];
};

/** arn:partition:service:region:account:resource */
const PARTS = { region: 3, account: 4 } as const;

function foreign(
  meaning: Meaning,
  pointer: string,
  arn: string | undefined,
  parts: readonly (keyof typeof PARTS)[],
): readonly Finding[] {
  if (arn === undefined) return [];
  const fields = arn.split(':');
  return parts.flatMap((part) => {
    const actual = fields[PARTS[part]];
    const expected = meaning.environment.spec.aws[part];
    if (actual === undefined || actual === expected) return [];
    return [blameValue(meaning, 'environment-foreign-arn', pointer, { part, actual, expected })];
  });
}
