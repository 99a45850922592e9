import type { Code, Finding, Severity } from '#model/finding.ts';
import { explanationOf } from './explain.ts';
import { fingerprints } from './fingerprint.ts';
import { messageOf } from './messages.ts';
import { printable, shortened } from './printable.ts';
import { inOrder, type Report, subjectText } from './report.ts';

/**
 * The report for code scanning: SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
 * Text of strangers becomes no link: SARIF reads `[text](target)` in messages.
 */

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** GitHub reads at most 5,000 results of a run, the worst first: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning */
const MOST = 5_000;
const LONGEST = 1_000;

export function sarifReport(report: Report): string {
  const all = report.scopes.flatMap(({ name, findings }) =>
    inOrder(findings).map((finding): Shown => [finding, name]),
  );
  const waived = report.scopes.flatMap(({ name, waived: own }) =>
    own.map(({ finding, waiver }): Shown => [finding, name, waiver.reason]),
  );
  const shown = [...worstFirst(all), ...waived].slice(0, MOST);
  const codes = [...new Set(shown.map(([{ code }]) => code))].sort();
  const marks = fingerprints(shown.map(([finding, scope]) => [finding, scope]));
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'plimsoll', rules: codes.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: shown.map(([finding, scope, reason], index) => ({
          ...resultOf(finding, scope, codes.indexOf(finding.code), marks[index] ?? ''),
          // What is waived stays visible, as suppressed: section 3.27.23.
          ...(reason !== undefined && {
            suppressions: [{ kind: 'external', justification: plain(reason) }],
          }),
        })),
        properties: { findings: all.length, left: all.length + waived.length - shown.length },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** A finding, its scope, and why it is waived, if it is. */
type Shown = readonly [Finding, string, string?];

function worstFirst(findings: readonly Shown[]): readonly Shown[] {
  const rank = { error: 0, warning: 1, info: 2 };
  return [...findings].sort(([one], [other]) => rank[one.severity] - rank[other.severity]);
}

function ruleOf(code: Code) {
  const { title, why, mend, link } = explanationOf(code);
  return {
    id: code,
    shortDescription: { text: plain(title) },
    fullDescription: { text: plain(why) },
    help: { text: plain(`${why} ${mend}`) },
    // A page of this documentation is a path; only addresses are links.
    ...(link.startsWith('https://') && { helpUri: link }),
  };
}

function resultOf(finding: Finding, scope: string, ruleIndex: number, fingerprint: string) {
  const { code, severity, origin, pointer } = finding;
  const { sentence, mend } = messageOf(finding);
  const subject = subjectText(finding);
  const text = [sentence, mend === '' ? '' : `To mend: ${mend}`].filter((part) => part !== '').join('. ');
  return {
    ruleId: code,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: plain(text) },
    locations: [
      {
        ...(origin && {
          physicalLocation: {
            artifactLocation: { uri: uriOf(origin.file) },
            region: { startLine: Math.max(origin.line, 1), startColumn: Math.max(origin.column, 1) },
          },
        }),
        ...(subject !== '' && {
          logicalLocations: [
            { fullyQualifiedName: printable(`${subject}${pointer ?? ''}`), kind: 'resource' },
          ],
        }),
      },
    ],
    partialFingerprints: { 'plimsoll/v1': fingerprint },
    properties: { scope: printable(scope) },
  };
}

/** Text that no reader takes for a link, and that fits. */
const plain = (text: string): string =>
  shortened(printable(text), LONGEST).replaceAll('\\', '\\\\').replaceAll('[', '\\[').replaceAll(']', '\\]');

/** A relative reference, https://www.rfc-editor.org/rfc/rfc3986#section-4.2: no name of a file becomes a scheme or a query. */
const uriOf = (file: string): string => printable(file).split('/').map(encodeURIComponent).join('/');
