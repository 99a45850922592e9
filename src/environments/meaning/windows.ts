import type { Finding } from '#model/finding.ts';
import { blameValue, entriesOf, type Meaning, type MeaningCheck } from './meaning.ts';

/** Minutes in an hour, a day, a week. */
const [HOUR, DAY, WEEK] = [60, 1440, 10_080];
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** What a cache does where its file says nothing; the fields document these. */
const DEFAULTS = { snapshotWindow: '02:00-03:00', maintenanceWindow: 'sun:04:00-sun:05:00' } as const;

/** ElastiCache wants at least an hour for each window, and the two apart. */
export const checkWindows: MeaningCheck = (meaning) =>
  entriesOf('/spec/caches', meaning.environment.spec.caches).flatMap(({ entry, pointer }) => {
    const snapshot = entry.snapshotWindow ?? DEFAULTS.snapshotWindow;
    const maintenance = entry.maintenanceWindow ?? DEFAULTS.maintenanceWindow;
    // A serverless cache has no window for maintenance; where one is written, that is another check's finding.
    const isServerless = meaning.isDeclared(`${pointer}/serverless`);
    const findings = [
      ...judge(meaning, `${pointer}/snapshotWindow`, snapshot, DAY),
      ...judge(meaning, `${pointer}/maintenanceWindow`, maintenance, WEEK),
    ];
    const [daily, weekly] = [minutes(snapshot, DAY), minutes(maintenance, WEEK)];
    if (isServerless || findings.length > 0 || daily === undefined || weekly === undefined) return findings;
    const meet = DAYS.some((_, day) =>
      overlap({ start: daily.start + day * DAY, length: daily.length }, weekly),
    );
    if (!meet) return findings;
    const field = entry.snapshotWindow === undefined ? 'maintenanceWindow' : 'snapshotWindow';
    const args = { snapshot, maintenance };
    return [blameValue(meaning, 'environment-overlapping-windows', `${pointer}/${field}`, args)];
  });

function judge(meaning: Meaning, pointer: string, value: string, cycle: number): readonly Finding[] {
  const bad = (problem: string) => [
    blameValue(meaning, 'environment-bad-window', pointer, { value, problem }),
  ];
  if (/2[4-9]:/.test(value)) return bad('hours end at 23');
  const window = minutes(value, cycle);
  return window !== undefined && window.length < HOUR ? bad('it is shorter than 60 minutes') : [];
}

interface Window {
  /** Minutes after the day or week began. */
  readonly start: number;
  readonly length: number;
}

/** A window that may reach over the end of its day or week; undefined where the text is none. */
function minutes(value: string, cycle: number): Window | undefined {
  const [start, end] = value.split('-').map(minute);
  if (start === undefined || end === undefined || value.split('-').length !== 2) return undefined;
  return { start, length: (end - start + cycle) % cycle };
}

/** `sun:04:00` or `04:00` -> minutes after the week or day began. */
function minute(time: string): number | undefined {
  const match = /^(?:([a-z]{3}):)?([0-2][0-9]):([0-5][0-9])$/.exec(time);
  if (match === null) return undefined;
  const day = match[1] === undefined ? 0 : DAYS.indexOf(match[1]);
  return day < 0 ? undefined : day * DAY + Number(match[2]) * HOUR + Number(match[3]);
}

/** Whether two windows of a week meet; each may reach over its end. */
const overlap = (one: Window, other: Window): boolean =>
  (other.start - one.start + WEEK) % WEEK < one.length ||
  (one.start - other.start + WEEK) % WEEK < other.length;
