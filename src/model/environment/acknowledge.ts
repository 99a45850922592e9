import { Type } from 'typebox';
import { strict } from './scalars.ts';

const NAME = '[a-z0-9]([-a-z0-9.]*[a-z0-9])?';

/** Deletions and replacements of what holds data, that somebody wants: each says of one thing why, and till when. */
export const Acknowledgements = Type.Array(
  strict(
    {
      resource: Type.String({
        pattern: `^[A-Z][A-Za-z0-9]* (${NAME}/)?${NAME}$`,
        maxLength: 400,
        title: 'a kind and a name, as findings write them',
        examples: ['MongoDatabase bookings', 'PersistentVolumeClaim tideline/charts'],
        description: "Kind and name of what may go; with its namespace where that is not the product's.",
      }),
      action: Type.Enum(['delete', 'replace'], {
        description: 'delete: it goes. replace: another takes its place, empty.',
      }),
      reason: Type.String({
        minLength: 1,
        maxLength: 500,
        description: 'Why it may go, and where the data is, for whoever reads this afterwards.',
      }),
      until: Type.String({
        pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
        title: 'a date, year-month-day',
        examples: ['2026-12-31'],
        description: 'Last day on which it may go; the day after, this entry is an error.',
      }),
    },
    'One thing that holds data, and may go.',
  ),
  {
    minItems: 1,
    maxItems: 100,
    description: 'What holds data and may be deleted or replaced. Everything else that would be is refused.',
  },
);

export type Acknowledgement = Type.Static<typeof Acknowledgements>[number];
