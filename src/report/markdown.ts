import type { Finding } from '#model/finding.ts';
import { marksOf } from '#picture/marks.ts';
import { mermaidOf } from '#picture/mermaid.ts';
import { changesMarkdown } from './changes/markdown.ts';
import { markdownCell, markdownCode, markdownText } from './markdown-text.ts';
import { messageOf } from './messages.ts';
import { printable, shortened } from './printable.ts';
import {
  baselineOf,
  type CheckRun,
  countsOf,
  countsText,
  documentsOf,
  fails,
  findingsOf,
  inOrder,
  originText,
  plural,
  type Report,
  type Scope,
  SEVERITIES,
  subjectText,
  waivedGroups,
  waivedGroupText,
  waivedOf,
} from './report.ts';

/** The report for a comment on a merge request; errors are open, the rest is folded. */

/** GitHub takes 65,536 characters in a comment. Counted in bytes, so that it holds for any script. */
export const LIMIT = 60_000;
/** Kept free for what closes the report. */
const RESERVE = 1_000;

/** By this line a workflow finds its own comment again. */
export const MARKER = '<!-- plimsoll report -->';

const bytes = (text: string): number => new TextEncoder().encode(text).length;

export function markdownReport(report: Report): string {
  const findings = findingsOf(report);
  const verdict = fails(report, findings) ? 'failed' : 'passed';
  const lines = [
    MARKER,
    `### plimsoll ${markdownText(report.command)} ${verdict}: ${countsText(countsOf(findings))}`,
    '',
    ...table(report.scopes),
  ];
  let size = bytes(lines.join('\n'));
  const left: Finding[] = [];

  /** Takes a block of lines if there is room; what does not fit is counted at the end. */
  function take(block: readonly string[], room = RESERVE): boolean {
    const more = bytes(`${block.join('\n')}\n`);
    if (size + more + room > LIMIT) return false;
    lines.push(...block);
    size += more;
    return true;
  }

  // What a change does takes half of the room at most: the findings are not to be crowded out.
  const blocks = report.changes === undefined ? [] : changesMarkdown(report.changes);
  const fitting = blocks.findIndex((block) => !take(block, LIMIT / 2));
  if (fitting >= 0)
    take(
      ['', `... and ${plural(blocks.length - fitting, 'block')} of changes more; the HTML report has all.`],
      0,
    );

  const undrawn = drawings(report).filter((block) => !take(block, LIMIT / 2)).length;
  if (undrawn > 0) take(['', `... and ${plural(undrawn, 'picture')} more; the HTML report has all.`], 0);

  for (const { name, findings: own } of report.scopes) {
    for (const severity of SEVERITIES) {
      const group = inOrder(own.filter((finding) => finding.severity === severity));
      if (group.length === 0) continue;
      const noun = plural(group.length, severity === 'info' ? 'note' : severity);
      const isFolded = severity !== 'error';
      const title = isFolded
        ? ['', `<details><summary>${summaryCode(name)}: ${noun}</summary>`, '']
        : ['', `#### ${markdownCode(name)}: ${noun}`, ''];
      const isOpen = take(title);
      for (const finding of group) if (!isOpen || !take(item(finding))) left.push(finding);
      if (isOpen && isFolded) take(['', '</details>'], 0);
    }
  }
  const waived = waivedGroups(waivedOf(report));
  if (waived.length > 0) {
    const isOpen = take(['', `<details><summary>${waivedOf(report).length} waived</summary>`, '']);
    const told = waived.filter(
      (group) => isOpen && take([`- ${markdownText(waivedGroupText(group))}`, ...places(group.findings)]),
    );
    if (isOpen && told.length < waived.length)
      take([`- ... and ${waived.length - told.length} more waivers`], 0);
    if (isOpen) take(['', '</details>'], 0);
  }
  const known = baselineOf(report).length;
  if (known > 0) take(['', `${plural(known, 'finding')} of the baseline let pass.`], 0);
  if (left.length > 0)
    take(['', `... and ${countsText(countsOf(left))} more, which did not fit; the JSON report has all.`], 0);
  return `${lines.join('\n')}\n`;
}

/** Each environment that something changes in as a picture, which both platforms draw from Mermaid. */
function drawings({ pictures = [], changes = [], scopes }: Report): readonly (readonly string[])[] {
  return pictures.flatMap((picture) => {
    const change = changes.find(({ environment }) => environment === picture.environment);
    if (change === undefined || change.causes.length === 0) return [];
    const own = scopes.find(({ name }) => name === picture.environment)?.findings ?? [];
    const drawn = mermaidOf(picture, marksOf(picture, change, own)).split('\n');
    const title = `<details><summary>${summaryCode(picture.environment)}: picture</summary>`;
    return [['', title, '', '```mermaid', ...drawn, '```', '', '</details>']];
  });
}

function table(scopes: readonly Scope[]): string[] {
  if (scopes.length === 0) return [];
  const rows = scopes.map((scope) => {
    const { error, warning, info } = countsOf(scope.findings);
    const cells = [
      markdownCell(scope.name),
      documentsOf(scope),
      error,
      warning,
      info,
      scope.waived.length,
      scope.checks.map(checkText).join('; '),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| | documents | errors | warnings | notes | waived | checked |',
    '|---|--:|--:|--:|--:|--:|---|',
    ...rows.slice(0, MOST_ROWS),
    ...(rows.length > MOST_ROWS ? ['', `... and ${rows.length - MOST_ROWS} more.`] : []),
  ];
}

const MOST_ROWS = 50;

const checkText = (run: CheckRun): string =>
  'skipped' in run
    ? `${markdownCell(run.check)} skipped: ${markdownCell(run.skipped)}`
    : `${markdownCell(run.check)} ${run.covered} by ${markdownCell(run.engine)}`;

/** So many places of what one waiver lets pass are shown. */
const MOST_PLACES = 5;

function places(findings: readonly Finding[]): string[] {
  const shown = findings.slice(0, MOST_PLACES).map((finding) => markdownCode(subjectText(finding)));
  const more = findings.length - shown.length;
  return [`  <br>In ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`];
}

function item(finding: Finding): string[] {
  const { sentence, mend } = messageOf(finding);
  const place = markdownCode(originText(finding));
  const where = [subjectText(finding), finding.pointer ?? ''].map(markdownCode).filter((part) => part !== '');
  return [
    `- **${finding.code}**${place === '' ? '' : ` at ${place}`}: ${markdownText(sentence)}`,
    ...(mend === '' ? [] : [`  <br>Mend: ${markdownText(mend)}`]),
    ...(where.length === 0 ? [] : [`  <br>In ${where.join(' ')}`]),
  ];
}

/** Markdown is not read inside a summary, so a name is HTML there; as code it mentions nobody. */
function summaryCode(text: string): string {
  const escaped = shortened(printable(text), 100)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
  return `<code>${escaped}</code>`;
}
