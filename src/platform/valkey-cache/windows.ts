import type { Rule } from '../definition.ts';

/**
 * Windows of time in CEL. ElastiCache wants at least an hour for each, and the two apart. The daily one is there on
 * every day, so only times of day decide whether they meet.
 */

/** Minutes after midnight of the time that begins at this character. */
const minutes = (text: string, at: number): string =>
  `int(${text}.substring(${at}, ${at + 2})) * 60 + int(${text}.substring(${at + 3}, ${at + 5}))`;

/** A map: to look through a list would exceed what the API server lets a rule cost. */
const DAYS = "{'mon': 0, 'tue': 1, 'wed': 2, 'thu': 3, 'fri': 4, 'sat': 5, 'sun': 6}";

const day = (text: string, at: number): string => `${DAYS}[${text}.substring(${at}, ${at + 3})]`;

const weekly = 'self.maintenanceWindow';
const daily = 'self.snapshotWindow';

/** Start and length, in minutes. */
const snapshots = {
  start: `(${minutes(daily, 0)})`,
  length: `((${minutes(daily, 6)} - (${minutes(daily, 0)}) + 1440) % 1440)`,
};
const maintenance = {
  start: `(${minutes(weekly, 4)})`,
  length: `(((${day(weekly, 10)} - ${day(weekly, 0)}) * 1440 + ${minutes(weekly, 14)} - (${minutes(weekly, 4)}) + 10080) % 10080)`,
};

export const windowRules: readonly Rule[] = [
  { rule: `${snapshots.length} >= 60`, message: 'The snapshot window must be 60 minutes long at least.' },
  {
    rule: `!has(${weekly}) || ${maintenance.length} >= 60`,
    message: 'The maintenance window must be 60 minutes long at least.',
  },
  {
    rule: `!has(${weekly}) || ((${maintenance.start} - ${snapshots.start} + 1440) % 1440 >= ${snapshots.length} && (${snapshots.start} - ${maintenance.start} + 1440) % 1440 >= ${maintenance.length})`,
    message: 'The snapshot window and the maintenance window must not meet.',
  },
];
