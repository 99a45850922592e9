import type { Risk } from '#change/risk/risk.ts';
import { RISK_KINDS } from '#change/risk/rule.ts';
import type { ChangeSummary, ResourceSummary } from '#change/summary.ts';
import { markdownCell, markdownCode, markdownText } from '../markdown-text.ts';
import { plural } from '../report.ts';
import { type CauseGroup, folded } from './fold.ts';
import {
  ACTIONS,
  effectsInWords,
  groupInWords,
  placeInWords,
  RISK_NAMES,
  resourceInWords,
  stepInWords,
} from './words.ts';

/**
 * What a change will do, for the comment on a merge request: a table of all environments, then each edited line with
 * what is at risk, and what follows from it folded below.
 *
 * @returns Blocks of lines, the most important first: whoever takes them stops where there is no more room.
 */
export function changesMarkdown(changes: readonly ChangeSummary[]): readonly (readonly string[])[] {
  return [overview(changes), ...changes.flatMap(environmentBlocks)];
}

function overview(changes: readonly ChangeSummary[]): readonly string[] {
  const rows = changes.map(({ environment, counts, risks }) => {
    const cells = ACTIONS.map((action) => (counts[action] === 0 ? '' : String(counts[action])));
    const atRisk = RISK_KINDS.filter((kind) => kind !== 'none' && risks[kind] > 0).map(
      (kind) => `${risks[kind]} ${RISK_NAMES[kind]}`,
    );
    return `| ${[markdownCell(environment), ...cells, atRisk.join(', ')].join(' | ')} |`;
  });
  return [
    '',
    `| change | ${ACTIONS.join(' | ')} | at risk |`,
    `|---|${ACTIONS.map(() => '--:|').join('')}---|`,
    ...rows,
  ];
}

function environmentBlocks(summary: ChangeSummary): readonly (readonly string[])[] {
  if (summary.causes.length === 0) return [];
  return [['', `#### ${markdownCode(summary.environment)}`], ...folded(summary.causes).map(groupBlock)];
}

/** So many resources of one cause are listed; the others are counted. */
const SHOWN = 30;

function groupBlock(group: CauseGroup): readonly string[] {
  const [first, ...others] = group.causes;
  const resources = group.causes.flatMap((cause) => cause.resources);
  const place = placeInWords(first);
  const places = others.length === 0 ? place : `${place} and ${others.length} more`;
  const shown = resources.slice(0, SHOWN);
  return [
    '',
    `- **${markdownCode(groupInWords(group))}**${places === '' ? '' : ` in ${markdownText(places)}`}`,
    ...risksIn(resources),
    `  <details><summary>${htmlText(effectsInWords(resources))}</summary>`,
    '',
    ...shown.map(resourceLine),
    ...(resources.length > shown.length ? [`  - ... and ${resources.length - shown.length} more`] : []),
    '',
    '  </details>',
  ];
}

/** Each risk once, the worst first; what has no effect is not worth a line here. */
function risksIn(resources: readonly ResourceSummary[]): readonly string[] {
  const told = new Map<string, { readonly risk: Risk; readonly on: ResourceSummary; count: number }>();
  for (const resource of resources) {
    for (const risk of resource.risks.filter(({ kind }) => kind !== 'none')) {
      const key = `${risk.kind} ${risk.reason}`;
      const known = told.get(key);
      if (known === undefined) told.set(key, { risk, on: resource, count: 1 });
      else known.count += 1;
    }
  }
  return [...told.values()]
    .sort((one, other) => RISK_KINDS.indexOf(one.risk.kind) - RISK_KINDS.indexOf(other.risk.kind))
    .map(({ risk, on, count }) => {
      const who = `${markdownText(resourceInWords(on))}${count > 1 ? ` and ${count - 1} more` : ''}`;
      return `  - ${risk.isBlocking ? '🛑 ' : ''}**${RISK_NAMES[risk.kind]}**: ${who}: ${markdownText(risk.reason)}`;
    });
}

function resourceLine(resource: ResourceSummary): string {
  const { action, fields } = resource;
  const steps = fields.slice(0, 4).map((field) => markdownCode(`${field.path}: ${stepInWords(field)}`));
  const left = fields.length - steps.length;
  const more = left > 0 ? [`and ${plural(left, 'field')} more`] : [];
  return `  - ${action} ${markdownText(resourceInWords(resource))}${steps.length === 0 ? '' : `: ${[...steps, ...more].join(', ')}`}`;
}

/** Kinds and counts: letters, digits and points only, whatever a stranger named a kind. */
const htmlText = (text: string): string => text.replace(/[^\p{L}\p{N}., ]/gu, ' ');
