import type { Finding } from '#model/finding.ts';
import { QUEUE_DEFAULTS } from '#model/queues.ts';
import { parseDuration } from '#model/units.ts';
import { blameValue, entriesOf, type Meaning, type MeaningCheck } from './meaning.ts';

/** Rarer snapshots are kept longer; the defaults are those that the fields document. */
const BACKUP = [
  { field: 'retention', fallback: '7d' },
  { field: 'weekly', fallback: '28d' },
  { field: 'monthly', fallback: '360d' },
] as const;

/** What is kept longer than something else is so in fact: Atlas and S3 refuse the other way round, SQS loses messages. */
export const checkRetention: MeaningCheck = (meaning) => {
  const { databases, buckets, queues } = meaning.environment.spec;
  return [
    ...entriesOf('/spec/queues', queues).flatMap(({ entry, pointer }) => {
      const retention = { field: 'retention', value: entry.retention ?? QUEUE_DEFAULTS.retention };
      const hidden = entry.visibilityTimeout ?? QUEUE_DEFAULTS.visibilityTimeout;
      const age = entry.alarms?.oldestMessage;
      return [
        ...ordered(meaning, pointer, { field: 'visibilityTimeout', value: hidden }, retention, true),
        ...(age === undefined
          ? []
          : ordered(meaning, pointer, { field: 'alarms/oldestMessage', value: age }, retention, true)),
      ];
    }),
    ...entriesOf('/spec/databases', databases).flatMap(({ entry, pointer }) => {
      const backup = entry.backup;
      if (backup === undefined) return [];
      const steps = BACKUP.map(({ field, fallback }) => ({ field, value: backup[field] ?? fallback }));
      return steps.slice(1).flatMap((later, index) => {
        const earlier = steps[index];
        return earlier === undefined ? [] : ordered(meaning, `${pointer}/backup`, earlier, later, false);
      });
    }),
    ...entriesOf('/spec/buckets', buckets).flatMap(({ entry, pointer }) => {
      const { archiveAfter, expireAfter } = entry.lifecycle ?? {};
      if (archiveAfter === undefined || expireAfter === undefined) return [];
      const [earlier, later] = [
        { field: 'archiveAfter', value: archiveAfter },
        { field: 'expireAfter', value: expireAfter },
      ];
      return ordered(meaning, `${pointer}/lifecycle`, earlier, later, true);
    }),
  ];
};

interface Step {
  readonly field: string;
  readonly value: string;
}

function ordered(
  meaning: Meaning,
  pointer: string,
  shorter: Step,
  longer: Step,
  strictly: boolean,
): readonly Finding[] {
  const [less, more] = [parseDuration(shorter.value), parseDuration(longer.value)];
  if (less === undefined || more === undefined || less < more || (less === more && !strictly)) return [];
  const args = {
    shorter: shorter.field.replace('/', '.'),
    shorterValue: shorter.value,
    longer: longer.field,
    longerValue: longer.value,
  };
  const blamed = meaning.isDeclared(`${pointer}/${longer.field}`) ? longer.field : shorter.field;
  return [blameValue(meaning, 'environment-retention-order', `${pointer}/${blamed}`, args)];
}
