import { RISK_KINDS, type RiskKind } from '#change/risk/rule.ts';
import type { CauseSummary, ChangeSummary, ResourceSummary, SummaryAction } from '#change/summary.ts';
import { shortened } from '../printable.ts';

import type { CauseGroup } from './fold.ts';

/** How a change is told, in every format: the words are here once. */

export const RISK_NAMES: Readonly<Record<RiskKind, string>> = {
  'data-loss': 'data loss',
  replacement: 'replacement',
  downtime: 'downtime',
  security: 'security widened',
  capacity: 'capacity shrunk',
  cost: 'cost up',
  none: 'no effect',
};

export const ACTIONS = [
  'created',
  'changed',
  'replaced',
  'renamed',
  'deleted',
] as const satisfies readonly SummaryAction[];

export const ACTION_SIGNS: Readonly<Record<SummaryAction, string>> = {
  created: '+',
  changed: '~',
  replaced: '!',
  renamed: '>',
  deleted: '-',
};

/** `2 created, 1 deleted`; `no change` where there is none. */
export function countsInWords({ counts }: ChangeSummary): string {
  const parts = ACTIONS.filter((action) => counts[action] > 0).map((action) => `${counts[action]} ${action}`);
  return parts.length === 0 ? 'no change' : parts.join(', ');
}

/** `at risk: 1 data loss, 2 downtime`; empty where nothing is. */
export function risksInWords({ risks }: ChangeSummary): string {
  const parts = RISK_KINDS.filter((kind) => kind !== 'none' && risks[kind] > 0).map(
    (kind) => `${risks[kind]} ${RISK_NAMES[kind]}`,
  );
  return parts.length === 0 ? '' : `at risk: ${parts.join(', ')}`;
}

/** So long a value is shown beside others. */
const LONGEST = 80;

/** `M30`, `"a text"` only where it would not be told apart, `{...}` for what is more than a value. */
function valueInWords(value: unknown): string {
  if (value === undefined) return '(nothing)';
  if (typeof value === 'string')
    return shortened(value === '' || /^\s|\s$/.test(value) ? JSON.stringify(value) : value, LONGEST);
  return shortened(JSON.stringify(value), LONGEST);
}

/** `M30 -> M40`, `added`, `removed`. */
export function stepInWords({
  before,
  after,
}: {
  readonly before?: unknown;
  readonly after?: unknown;
}): string {
  if (before === undefined) return isWhole(after) ? 'added' : `added: ${valueInWords(after)}`;
  if (after === undefined) return isWhole(before) ? 'removed' : `removed: ${valueInWords(before)}`;
  return `${valueInWords(before)} -> ${valueInWords(after)}`;
}

const isWhole = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** What was edited: `spec.databases.bookings.tier: M30 -> M40`. */
function causeInWords({ path, before, after, renamedFrom }: CauseSummary): string {
  if (path === '') return 'by no edited line: plimsoll, its pins or a policy changed';
  if (renamedFrom !== undefined) return `${renamedFrom} renamed to ${path}`;
  return `${path}: ${stepInWords({ before, after })}`;
}

/** `spec.services.*.image: changed in 50 places` */
export function groupInWords({ causes }: CauseGroup): string {
  const [first, ...others] = causes;
  if (others.length === 0) return causeInWords(first);
  const verb = first.before === undefined ? 'added' : first.after === undefined ? 'removed' : 'changed';
  return `${first.pattern}: ${verb} in ${causes.length} places`;
}

/** `1 MongoDatabase, 1 Atlas AdvancedCluster`: kinds in their order, each with its count, those in AWS or Atlas named so. */
export function effectsInWords(resources: readonly ResourceSummary[]): string {
  const counts = new Map<string, number>();
  for (const resource of resources) {
    const kind = kindInWords(resource);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
}

function kindInWords({ subject, managed }: ResourceSummary): string {
  if (managed === undefined) return subject.kind;
  const where = subject.apiVersion.includes('mongodbatlas')
    ? 'Atlas '
    : subject.apiVersion.includes('.aws.')
      ? 'AWS '
      : '';
  return `${where}${subject.kind}`;
}

export const placeInWords = ({ origin, isGone }: CauseSummary): string => {
  if (origin === undefined) return '';
  const place = `${origin.file}:${origin.line}:${origin.column}`;
  return isGone ? `${place} of the base` : place;
};

/** `MongoDatabase tideline/bookings`; of what Crossplane makes, its name in AWS or Atlas, or in the composition. */
export function resourceInWords(resource: ResourceSummary): string {
  const { subject, managed, former } = resource;
  const name =
    managed !== undefined
      ? managed.name === ''
        ? `(${managed.entry} of ${managed.claim.name})`
        : managed.name
      : subject.namespace === undefined
        ? subject.name
        : `${subject.namespace}/${subject.name}`;
  const was =
    former !== undefined && managed === undefined
      ? ` (was ${former.namespace === undefined ? '' : `${former.namespace}/`}${former.name})`
      : '';
  return `${kindInWords(resource)} ${name}${was}`;
}
