import type { Finding } from '#model/finding.ts';
import { parseDuration } from '#model/units.ts';
import { blameValue, entriesOf, type Meaning, type MeaningCheck } from './meaning.ts';

/** What a system takes: bounds as they are written, and whether it counts in whole days. */
interface Rule {
  readonly atLeast?: string;
  readonly atMost?: string;
  readonly wholeDays?: true;
}

type Rules = Readonly<Record<string, Rule>>;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const QUEUE: Rules = {
  visibilityTimeout: { atMost: '12h' },
  retention: { atLeast: '60s', atMost: '14d' },
  delay: { atMost: '15m' },
  receiveWait: { atMost: '20s' },
};
/** CloudWatch counts minutes; later than any retention it would never be. */
const QUEUE_ALARMS: Rules = { oldestMessage: { atLeast: '30s', atMost: '14d' } };
/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html */
const CACHE: Rules = { snapshotRetention: { atLeast: '1d', atMost: '35d', wholeDays: true } };
/** Atlas counts backups in days: https://www.mongodb.com/docs/atlas/backup/cloud-backup/scheduling/ */
const BACKUP: Rules = {
  retention: { wholeDays: true },
  weekly: { wholeDays: true },
  monthly: { wholeDays: true },
  window: { wholeDays: true },
};
/** More than that nobody would call watched. */
const ALERTS: Rules = { replicationLag: { atMost: '1h' }, oplogWindow: { atMost: '7d' } };
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html */
const LIFECYCLE: Rules = {
  expireAfter: { wholeDays: true },
  noncurrentExpireAfter: { wholeDays: true },
  archiveAfter: { wholeDays: true },
  abortUploadsAfter: { wholeDays: true },
};
const ACCESS_LOGS: Rules = { retention: { wholeDays: true } };
/** Longer than that is a service that doesn't start. */
const HEALTH: Rules = { startup: { atMost: '1h' } };
/** Browsers forget later ones: https://developer.mozilla.org/docs/Web/HTTP/Headers/Access-Control-Max-Age */
const CORS: Rules = { maxAge: { atMost: '1d' } };

/** Durations that the system behind them takes. */
export const checkDurations: MeaningCheck = (meaning) => {
  const { aws, queues, caches, databases, buckets, services } = meaning.environment.spec;
  return [
    ...judge(meaning, '/spec/aws/accessLogs', aws.accessLogs, ACCESS_LOGS),
    ...entriesOf('/spec/queues', queues).flatMap(({ entry, pointer }) => [
      ...judge(meaning, pointer, entry, QUEUE),
      ...judge(meaning, `${pointer}/alarms`, entry.alarms, QUEUE_ALARMS),
    ]),
    ...entriesOf('/spec/caches', caches).flatMap(({ entry, pointer }) =>
      judge(meaning, pointer, entry, CACHE),
    ),
    ...entriesOf('/spec/databases', databases).flatMap(({ entry, pointer }) => [
      ...judge(meaning, `${pointer}/backup`, entry.backup, BACKUP),
      ...judge(meaning, `${pointer}/alerts`, entry.alerts, ALERTS),
    ]),
    ...entriesOf('/spec/buckets', buckets).flatMap(({ entry, pointer }) => [
      ...judge(meaning, `${pointer}/lifecycle`, entry.lifecycle, LIFECYCLE),
      ...(entry.cors ?? []).flatMap((rule, index) => judge(meaning, `${pointer}/cors/${index}`, rule, CORS)),
    ]),
    ...entriesOf('/spec/services', services).flatMap(({ entry, pointer }) =>
      judge(meaning, `${pointer}/health`, entry.health, HEALTH),
    ),
  ];
};

function judge(
  meaning: Meaning,
  pointer: string,
  holder: object | undefined,
  rules: Rules,
): readonly Finding[] {
  if (holder === undefined) return [];
  const fields = new Map(Object.entries(holder));
  return Object.entries(rules).flatMap(([field, rule]) => {
    const value: unknown = fields.get(field);
    return typeof value === 'string' ? judgeOne(meaning, `${pointer}/${field}`, value, rule) : [];
  });
}

function judgeOne(meaning: Meaning, pointer: string, value: string, rule: Rule): readonly Finding[] {
  const seconds = parseDuration(value);
  if (seconds === undefined) return [];
  const { atLeast, atMost } = rule;
  const tooShort = atLeast !== undefined && seconds < (parseDuration(atLeast) ?? 0);
  const tooLong = atMost !== undefined && seconds > (parseDuration(atMost) ?? 0);
  if (tooShort || tooLong) {
    const bounds = {
      ...(atLeast === undefined ? {} : { atLeast }),
      ...(atMost === undefined ? {} : { atMost }),
    };
    return [blameValue(meaning, 'environment-out-of-bounds', pointer, { value, ...bounds })];
  }
  if (rule.wholeDays && seconds % 86_400 !== 0) {
    return [blameValue(meaning, 'environment-duration-not-whole', pointer, { value, unit: 'days' })];
  }
  return [];
}
