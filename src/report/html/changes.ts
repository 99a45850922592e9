import { RISK_KINDS } from '#change/risk/rule.ts';
import type { CauseSummary, ChangeSummary, ResourceSummary } from '#change/summary.ts';
import { folded } from '../changes/fold.ts';
import {
  ACTIONS,
  countsInWords,
  effectsInWords,
  groupInWords,
  placeInWords,
  RISK_NAMES,
  resourceInWords,
  stepInWords,
} from '../changes/words.ts';
import { plural } from '../report.ts';
import { code, html } from './markup.ts';
import { type SideBySide, sidesTable } from './sides.ts';

/** The part of the page that tells what a change will do: by environment, then by the edited line. */
export function changesSection(changes: readonly ChangeSummary[], sides: readonly SideBySide[]): string {
  const byKey = new Map(sides.map((side) => [side.key, side]));
  return [
    '<section id="changes"><h2>What this change will do</h2>',
    overview(changes),
    '<p><button id="open-all" type="button" hidden>Open all</button></p>',
    ...changes.map((change) => environmentPart(change, byKey)),
    '</section>',
  ].join('\n');
}

function overview(changes: readonly ChangeSummary[]): string {
  const rows = changes.map(({ environment, counts, risks }) => {
    const cells = ACTIONS.map(
      (action) => `<td class="number">${counts[action] === 0 ? '' : counts[action]}</td>`,
    );
    const tags = RISK_KINDS.filter((kind) => risks[kind] > 0).map(
      (kind) => `<span class="tag ${kind}">${risks[kind]} ${RISK_NAMES[kind]}</span>`,
    );
    return `<tr><th scope="row">${html(environment)}</th>${cells.join('')}<td>${tags.join('')}</td></tr>`;
  });
  const heads = ACTIONS.map((action) => `<th scope="col" class="number">${action}</th>`).join('');
  return `<div class="scroll" tabindex="0"><table><thead><tr><th scope="col">environment</th>${heads}<th scope="col">at risk</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

type Sides = ReadonlyMap<string, SideBySide>;

function environmentPart(change: ChangeSummary, sides: Sides): string {
  return [
    `<h3>${html(change.environment)}: ${html(countsInWords(change))}</h3>`,
    ...folded(change.causes).map(({ causes }) => {
      const [first, ...others] = causes;
      const resources = causes.flatMap((cause) => cause.resources);
      const place = placeInWords(first) + (others.length === 0 ? '' : ` and ${others.length} more`);
      return [
        '<div class="card">',
        `<div><strong>${code(groupInWords({ causes }))}</strong> <span class="place">${html(place)}</span></div>`,
        risksList(resources),
        `<details><summary>${html(effectsInWords(resources))}</summary>`,
        resourcesTable(change.environment, causes, sides),
        '</details></div>',
      ].join('\n');
    }),
  ].join('\n');
}

function risksList(resources: readonly ResourceSummary[]): string {
  const told = new Map<string, { readonly text: string; readonly rank: number }>();
  for (const resource of resources) {
    for (const { kind, reason, isBlocking } of resource.risks) {
      const key = `${kind} ${reason}`;
      if (told.has(key)) continue;
      const blocking = isBlocking ? ' <strong>(must be acknowledged)</strong>' : '';
      told.set(key, {
        rank: RISK_KINDS.indexOf(kind),
        text: `<li><span class="tag ${kind}">${RISK_NAMES[kind]}</span>${html(resourceInWords(resource))}: ${html(reason)}${blocking}</li>`,
      });
    }
  }
  const items = [...told.values()].sort((one, other) => one.rank - other.rank);
  return items.length === 0 ? '' : `<ul class="plain risks">${items.map(({ text }) => text).join('')}</ul>`;
}

/** So many resources of one cause have a row; the others are counted. */
const SHOWN = 200;

const TOO_MANY = '<p class="left">not side by side here: too many manifests change; see dist/</p>';

function resourcesTable(environment: string, causes: readonly CauseSummary[], sides: Sides): string {
  const resources = causes.flatMap((cause) => cause.resources);
  const rows = resources.slice(0, SHOWN).map((resource) => {
    const fields = resource.fields
      .map((field) => `<li>${code(`${field.path}: ${stepInWords(field)}`)}</li>`)
      .join('');
    const side = sides.get(sideKey(environment, resource));
    const unshown = resource.action === 'changed' && sides.size > 0 ? TOO_MANY : '';
    const table =
      side === undefined ? unshown : `<details><summary>side by side</summary>${sidesTable(side)}</details>`;
    return `<tr><td>${resource.action}</td><td>${html(resourceInWords(resource))}${fields === '' ? '' : `<ul class="plain">${fields}</ul>`}${table}</td></tr>`;
  });
  const left = resources.length - rows.length;
  const more =
    left > 0 ? `<p class="left">and ${plural(left, 'resource')} more, which the JSON report has</p>` : '';
  return `<div class="scroll" tabindex="0"><table><tbody>${rows.join('')}</tbody></table></div>${more}`;
}

/** By which a changed resource finds its manifests. */
export function sideKey(
  environment: string,
  { subject, managed }: Pick<ResourceSummary, 'subject' | 'managed'>,
): string {
  const { apiVersion, kind, namespace = '', name } = subject;
  const who =
    managed === undefined
      ? [kind, namespace, name]
      : [kind, managed.claim.kind, managed.claim.namespace ?? '', managed.claim.name, managed.entry];
  return JSON.stringify([environment, apiVersion.split('/')[0], ...who]);
}
