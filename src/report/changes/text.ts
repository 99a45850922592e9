import type { Risk } from '#change/risk/risk.ts';
import { RISK_KINDS } from '#change/risk/rule.ts';
import type { ChangeSummary, ResourceSummary } from '#change/summary.ts';
import { plural } from '../report.ts';
import type { TextOptions } from '../text.ts';
import { type Branch, treeText } from '../tree.ts';
import { type CauseGroup, folded } from './fold.ts';
import {
  ACTION_SIGNS,
  countsInWords,
  effectsInWords,
  groupInWords,
  placeInWords,
  RISK_NAMES,
  resourceInWords,
  risksInWords,
  stepInWords,
} from './words.ts';

/** What a change will do, for a person at a terminal: the edited lines lead, what follows from each is below it. */
export function changesText(summaries: readonly ChangeSummary[], options: TextOptions): string {
  return treeText(summaries.map(environmentBranch), options);
}

function environmentBranch(summary: ChangeSummary): Branch {
  return {
    title: summary.environment,
    notes: [countsInWords(summary), risksInWords(summary)].filter((note) => note !== ''),
    children: folded(summary.causes).map(groupBranch),
  };
}

/** So many resources, and so many fields of each, are shown; the others are counted. */
const SHOWN_RESOURCES = 12;
const SHOWN_FIELDS = 6;

function groupBranch(group: CauseGroup): Branch {
  const [first, ...others] = group.causes;
  const resources = group.causes.flatMap((cause) => cause.resources);
  const places =
    others.length === 0 ? placeInWords(first) : `${placeInWords(first)} and ${others.length} more`;
  return {
    title: groupInWords(group),
    notes: [places, effectsInWords(resources)].filter((note) => note !== ''),
    children: [...riskBranches(resources), ...resourceBranches(resources)],
  };
}

/** Resources that change alike are one line, with a count. */
function resourceBranches(resources: readonly ResourceSummary[]): readonly Branch[] {
  const groups = new Map<string, [ResourceSummary, ...ResourceSummary[]]>();
  for (const resource of resources) {
    const { action, subject, managed, fields } = resource;
    const steps = fields.map((field) => [
      field.path.replace(/\[[^\]]*\]/g, '[]'),
      fields.length > 1 || stepInWords(field),
    ]);
    const key = JSON.stringify([action, subject.kind, managed === undefined, steps]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [resource]);
    else group.push(resource);
  }
  const all = [...groups.values()];
  const left = all.slice(SHOWN_RESOURCES).flat().length;
  return [
    ...all.slice(0, SHOWN_RESOURCES).map(resourceBranch),
    ...(left > 0 ? [{ title: `... ${plural(left, 'resource')} more; --report json=FILE has all` }] : []),
  ];
}

/** Each risk once, with how many resources it is about. */
function riskBranches(resources: readonly ResourceSummary[]): readonly Branch[] {
  const told = new Map<string, { readonly risk: Risk; readonly on: ResourceSummary; count: number }>();
  for (const resource of resources) {
    for (const risk of resource.risks) {
      const key = `${risk.kind} ${risk.reason}`;
      const known = told.get(key);
      if (known === undefined) told.set(key, { risk, on: resource, count: 1 });
      else known.count += 1;
    }
  }
  return [...told.values()]
    .sort((one, other) => RISK_KINDS.indexOf(one.risk.kind) - RISK_KINDS.indexOf(other.risk.kind))
    .map(({ risk, on, count }) => ({
      title: `${RISK_NAMES[risk.kind]}:`,
      notes: [`${resourceInWords(on)}${count > 1 ? ` and ${count - 1} more` : ''}: ${risk.reason}`],
    }));
}

function resourceBranch([resource, ...others]: readonly [ResourceSummary, ...ResourceSummary[]]): Branch {
  const { action, fields } = resource;
  const shown = fields.slice(0, SHOWN_FIELDS).map((field) => `${field.path}: ${stepInWords(field)}`);
  const left = fields.length - shown.length;
  return {
    title: `${ACTION_SIGNS[action]} ${resourceInWords(resource)}${others.length > 0 ? ` and ${others.length} more` : ''}`,
    notes: [...shown, ...(left > 0 ? [`... ${plural(left, 'field')} more`] : [])],
  };
}
