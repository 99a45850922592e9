import { createHash } from 'node:crypto';
import { marksOf } from '#picture/marks.ts';
import { leftOut, svgOf } from '#picture/svg.ts';
import {
  countsOf,
  countsText,
  documentsOf,
  fails,
  findingsOf,
  plural,
  type Report,
  waivedGroups,
  waivedGroupText,
  waivedOf,
} from '../report.ts';
import { changesSection } from './changes.ts';
import { findingsSection } from './findings.ts';
import { html } from './markup.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

/**
 * The report as one page that needs nothing else: it opens from a disk or an artifact, loads nothing and sends nothing.
 *
 * Its own script and style are allowed by their hashes, everything else is forbidden by a content security policy
 * (https://www.w3.org/TR/CSP3/), so that text of strangers could not act even if it were markup. Without scripts it
 * shows the same, but for the filters.
 */
export function htmlReport(report: Report): string {
  const { changes, pictures = [], sides = [] } = report;
  const findings = findingsOf(report);
  const passed = !fails(report, findings);
  const drawings = pictures.map((picture) => {
    const own = report.scopes.find(({ name }) => name === picture.environment)?.findings ?? [];
    const marks = marksOf(
      picture,
      changes?.find(({ environment }) => environment === picture.environment),
      own,
    );
    return { picture, svg: svgOf(picture, marks), left: leftOut(picture, marks) };
  });
  const styles = [STYLE, ...drawings.flatMap(({ svg }) => /<style>([\s\S]*?)<\/style>/.exec(svg)?.[1] ?? [])];
  const policy = [
    "default-src 'none'",
    `style-src ${[...new Set(styles.map(hashOf))].join(' ')}`,
    `script-src ${hashOf(SCRIPT)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const title = `plimsoll ${report.command}`;
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${html(title)}</title>`,
    `<style>${STYLE}</style></head><body>`,
    '<a class="skip" href="#main">To the content</a>',
    `<header><h1>${html(title)}</h1><p><span class="verdict ${passed ? 'passed' : 'failed'}">${passed ? 'passed' : 'failed'}</span>: ${html(countsText(countsOf(findings)))}, ${plural(waivedOf(report).length, 'finding')} waived</p></header>`,
    `<nav aria-label="Parts">${[changes && '<a href="#changes">Changes</a>', '<a href="#findings">Findings</a>', drawings.length > 0 && '<a href="#pictures">Pictures</a>', '<a href="#checks">Checks</a>'].filter(Boolean).join('')}</nav>`,
    '<main id="main">',
    changes === undefined ? '' : changesSection(changes, sides),
    findingsSection(report),
    ...(drawings.length === 0
      ? []
      : [
          '<section id="pictures"><h2>Pictures</h2>',
          ...drawings.map(
            ({ picture, svg, left }) =>
              `<h3>${html(picture.environment)}</h3><div class="drawing" tabindex="0">${svg}</div>${left === '' ? '' : `<p class="left">${html(left)}</p>`}`,
          ),
          '</section>',
        ]),
    checksSection(report),
    '</main>',
    `<script>${SCRIPT}</script>`,
    '</body></html>',
    '',
  ].join('\n');
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

function checksSection(report: Report): string {
  const rows = report.scopes.map((scope) => {
    const documents = documentsOf(scope);
    const ran = scope.checks.map((run) =>
      'skipped' in run
        ? `${run.check}: not run (${run.skipped})`
        : `${run.check}: ${run.covered} of ${documents}, ${run.engine}`,
    );
    return `<tr><th scope="row">${html(scope.name)}</th><td class="number">${documents}</td><td>${ran.map(html).join('<br>')}</td></tr>`;
  });
  const waived = waivedGroups(waivedOf(report)).map((group) => `<li>${html(waivedGroupText(group))}</li>`);
  return [
    '<section id="checks"><h2>What was checked</h2>',
    `<div class="scroll" tabindex="0"><table><thead><tr><th scope="col"></th><th scope="col" class="number">documents</th><th scope="col">checks</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`,
    waived.length === 0 ? '' : `<h3>Waived</h3><ul>${waived.join('')}</ul>`,
    '</section>',
  ].join('\n');
}
