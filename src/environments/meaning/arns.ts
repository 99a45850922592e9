import type { Finding } from '#model/finding.ts';
import { blameValue, entriesOf, type Meaning, type MeaningCheck } from './meaning.ts';

/** What the environment's things refer to is where they can reach it: same account, same region. */
export const checkArns: MeaningCheck = (meaning) => {
  const { aws, ingress, queues, buckets } = meaning.environment.spec;
  return [
    ...foreign(meaning, '/spec/ingress/certificate', ingress?.certificate, ['region', 'account']),
    ...foreign(meaning, '/spec/ingress/webAcl', ingress?.webAcl, ['region', 'account']),
    ...foreign(meaning, '/spec/aws/crossplaneRole', aws.crossplaneRole, ['account']),
    ...foreign(meaning, '/spec/aws/permissionsBoundary', aws.permissionsBoundary, ['account']),
    // Alarms may go to a topic of another account, whose policy says so.
    ...foreign(meaning, '/spec/aws/alarmTopic', aws.alarmTopic, ['region']),
    ...Object.entries({ queues, buckets }).flatMap(([section, entries]) =>
      entriesOf<{ readonly kmsKey?: string }>(`/spec/${section}`, entries).flatMap(({ entry, pointer }) =>
        foreign(meaning, `${pointer}/kmsKey`, entry.kmsKey, ['region', 'account']),
      ),
    ),
  ];
};

/** arn:partition:service:region:account:resource */
const PARTS = { region: 3, account: 4 } as const;

/** Parts of an ARN that are others than the environment's. */
export function foreign(
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
    // A region or account that is wrong has its finding already: what is to be equal to it is not known.
    if (actual === undefined || actual === expected || !meaning.isRight(`/spec/aws/${part}`)) return [];
    return [blameValue(meaning, 'environment-foreign-arn', pointer, { part, actual, expected })];
  });
}
