import { type BadInput, change } from './bad-input.ts';

/** The small environment with these acknowledgements; the first stands in line 35. */
const acknowledging = (name: string, entries: readonly string[], ...expected: readonly string[]): BadInput =>
  change(
    name,
    '  caches:\n',
    `  acknowledge:\n${entries.map((entry) => `    - ${entry}\n`).join('')}  caches:\n`,
    ...expected,
  );

const entry = (resource: string, until: string, action = 'delete'): string =>
  `{ resource: ${resource}, action: ${action}, reason: moved to the archive, until: ${until} }`;

export const ACKNOWLEDGE_INPUT: readonly BadInput[] = [
  acknowledging('an acknowledgement for today', [entry('MongoDatabase bookings', '2026-06-15')]),
  acknowledging('several acknowledgements', [
    entry('PersistentVolumeClaim tideline/charts', '2026-07-01'),
    entry('PersistentVolumeClaim archive/charts', '2026-07-01'),
    entry('MongoDatabase bookings', '2026-07-01'),
    entry('MongoDatabase bookings', '2026-07-01', 'replace'),
  ]),
  acknowledging(
    'an acknowledgement of yesterday',
    [entry('MongoDatabase bookings', '2026-06-14')],
    'environment-acknowledge-expired /spec/acknowledge/0/until 35:96',
  ),
  acknowledging(
    'a day that there is not',
    [entry('MongoDatabase bookings', '2026-06-31')],
    'environment-acknowledge-date /spec/acknowledge/0/until 35:96',
  ),
  acknowledging(
    'the same twice, once with its namespace',
    [entry('MongoDatabase bookings', '2026-07-01'), entry('MongoDatabase tideline/bookings', '2026-07-02')],
    'environment-acknowledge-twice /spec/acknowledge/1/resource 36:19',
  ),
  acknowledging(
    'a resource without a kind',
    [entry('bookings', '2026-07-01')],
    'environment-bad-format /spec/acknowledge/0/resource 35:19',
  ),
  acknowledging(
    'a date in words',
    [entry('MongoDatabase bookings', 'next week')],
    'environment-bad-format /spec/acknowledge/0/until 35:96',
  ),
  acknowledging(
    'an acknowledgement without a reason',
    ['{ resource: MongoDatabase bookings, action: delete, until: 2026-07-01 }'],
    'environment-missing-field /spec/acknowledge/0 35:7',
  ),
];
