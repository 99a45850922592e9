import type { Finding } from '#model/finding.ts';
import { messageOf } from '../messages.ts';
import { inOrder, originText, plural, type Report, SEVERITIES, subjectText } from '../report.ts';
import { code, html } from './markup.ts';

/** The part of the page with the findings, and what filters them. */

/** So many have a row: browsers stay quick. The worst come first, the others are counted. */
const SHOWN = 3_000;

export function findingsSection({ scopes }: Report): string {
  const all = scopes.flatMap(({ name, findings }) => findings.map((finding) => ({ finding, scope: name })));
  const order = new Map(inOrder(all.map(({ finding }) => finding)).map((finding, index) => [finding, index]));
  const sorted = [...all].sort(
    (one, other) => (order.get(one.finding) ?? 0) - (order.get(other.finding) ?? 0),
  );
  const left = sorted.length - SHOWN;
  if (sorted.length === 0)
    return '<section id="findings"><h2>Findings</h2><p>Nothing was found.</p></section>';
  return [
    `<section id="findings"><h2>Findings</h2>`,
    filters(sorted.slice(0, SHOWN)),
    ...sorted.slice(0, SHOWN).map(({ finding, scope }) => row(finding, scope)),
    left > 0 ? `<p class="left">and ${plural(left, 'finding')} more, which the JSON report has</p>` : '',
    '</section>',
  ].join('\n');
}

interface Placed {
  readonly finding: Finding;
  readonly scope: string;
}

function filters(shown: readonly Placed[]): string {
  const options = (values: Iterable<string>) =>
    [...new Set(values)]
      .sort()
      .map((value) => `<option value="${html(value)}">${html(value)}</option>`)
      .join('');
  const boxes = SEVERITIES.map(
    (severity) =>
      `<label><input type="checkbox" name="severity" value="${severity}" checked> ${severity === 'info' ? 'note' : severity}s</label>`,
  );
  return [
    '<div class="filters" hidden>',
    '<label for="words">Filter</label><input id="words" type="search" placeholder="words in any order">',
    ...boxes,
    `<label>in <select id="scope"><option value="">everything</option>${options(shown.map(({ scope }) => scope))}</select></label>`,
    `<label>code <select id="code"><option value="">any</option>${options(shown.map(({ finding }) => finding.code))}</select></label>`,
    '<span id="shown" role="status" aria-live="polite"></span>',
    '</div>',
  ].join('\n');
}

function row(finding: Finding, scope: string): string {
  const { code: name, severity, pointer = '' } = finding;
  const { sentence, mend } = messageOf(finding);
  const who = [subjectText(finding), pointer].filter((part) => part !== '').join('  ');
  const place = originText(finding);
  return [
    `<article class="finding ${severity}" data-severity="${severity}" data-scope="${html(scope)}" data-code="${html(name)}">`,
    `<p><strong class="${severity}">${severity === 'info' ? 'note' : severity}</strong> ${code(name)} <span class="place">${html(place)}</span></p>`,
    `<p>${html(sentence)}</p>`,
    mend === '' ? '' : `<p>To mend: ${html(mend)}</p>`,
    who === '' ? '' : `<p class="place">${html(who)}, ${html(scope)}</p>`,
    '</article>',
  ].join('');
}
