/**
 * Schedules of cron as Kubernetes reads them: five fields, or a descriptor such as `@daily` or `@every 1h30m`.
 * https://pkg.go.dev/github.com/robfig/cron/v3#hdr-CRON_Expression_Format
 */

interface Bounds {
  readonly low: number;
  readonly high: number;
  readonly names: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const FIELDS: readonly Bounds[] = [
  { low: 0, high: 59, names: [] },
  { low: 0, high: 23, names: [] },
  { low: 1, high: 31, names: [] },
  { low: 1, high: 12, names: MONTHS },
  { low: 0, high: 6, names: DAYS },
];

const DESCRIPTORS = new Set([
  '@yearly',
  '@annually',
  '@monthly',
  '@weekly',
  '@daily',
  '@midnight',
  '@hourly',
]);

const DURATION = /^[-+]?(([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+$|^[-+]?0$/;

export function isSchedule(text: string): boolean {
  if (text.length > 1_000) return false;
  if (text.startsWith('@every ')) return DURATION.test(text.slice('@every '.length));
  if (text.startsWith('@')) return DESCRIPTORS.has(text);
  const fields = text.split(/\s+/).filter((field) => field !== '');
  return fields.length === FIELDS.length && fields.every((field, index) => isField(field, FIELDS[index]));
}

const isField = (field: string, bounds: Bounds | undefined): boolean =>
  bounds !== undefined &&
  field
    .split(',')
    .filter((part) => part !== '')
    .every((part) => isRange(part, bounds));

/** `*`, `?`, a number, `low-high`; each with `/step`. */
function isRange(part: string, bounds: Bounds): boolean {
  const [range = '', step, ...more] = part.split('/');
  if (more.length > 0) return false;
  const [first = '', second, ...others] = range.split('-');
  if (others.length > 0) return false;
  const isAll = first === '*' || first === '?';
  const low = isAll ? bounds.low : numberIn(first, bounds);
  const high = isAll ? bounds.high : second === undefined ? low : numberIn(second, bounds);
  if (low === undefined || high === undefined) return false;
  if (step !== undefined && (!/^[0-9]{1,9}$/.test(step) || Number(step) === 0)) return false;
  const last = second === undefined && step !== undefined ? bounds.high : high;
  return low >= bounds.low && last <= bounds.high && low <= last;
}

function numberIn(text: string, { low, names }: Bounds): number | undefined {
  const named = names.indexOf(text.toLowerCase());
  if (named !== -1) return named + low;
  return /^\+?[0-9]{1,9}$/.test(text) ? Number(text) : undefined;
}
