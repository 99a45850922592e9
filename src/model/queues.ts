import type { Queue } from './environment/data.ts';
import { seconds } from './units.ts';

/** What a queue does where its file says nothing; the fields document these. */
export const QUEUE_DEFAULTS = { visibilityTimeout: '30s', retention: '4d', oldestMessage: '10m' } as const;

/** Age of the oldest message, in seconds, at which somebody is told: in time before messages are lost. */
export function alarmAge({ alarms, retention = QUEUE_DEFAULTS.retention }: Queue): number {
  if (alarms?.oldestMessage !== undefined) return seconds(alarms.oldestMessage);
  return Math.min(seconds(QUEUE_DEFAULTS.oldestMessage), Math.floor(seconds(retention) / 2));
}
