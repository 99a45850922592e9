import type { Finding } from '#model/finding.ts';
import { messageOf } from './messages.ts';
import { printable, shortened } from './printable.ts';
import { documentsOf, inOrder, originText, type Report, type Scope, subjectText } from './report.ts';

/**
 * The report as JUnit XML, which every CI shows: a suite for each environment, a case for each check that ran and for
 * each finding. Errors and, where they fail the run, warnings are failures; the others are cases that passed with
 * output. https://github.com/windyroad/JUnit-Schema
 */
const LONGEST = 2_000;

export function junitReport(report: Report): string {
  const suites = report.scopes.map((scope) => suiteOf(scope, report));
  const sum = (pick: (suite: Suite) => number) => suites.reduce((all, suite) => all + pick(suite), 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="plimsoll ${xml(report.command)}" tests="${sum(({ cases }) => cases.length)}" failures="${sum(failuresIn)}" errors="0" time="0">`,
    ...suites.flatMap(suiteLines),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

interface Case {
  readonly name: string;
  readonly group: string;
  readonly failure?: { readonly type: string; readonly message: string; readonly text: string };
  readonly skipped?: string;
  readonly output?: string;
}

const failuresIn = ({ cases }: Suite): number => cases.filter(({ failure }) => failure !== undefined).length;

function suiteOf(scope: Scope, report: Report): Suite {
  const checks = scope.checks.map(
    (run): Case =>
      'skipped' in run
        ? { name: `check ${run.check}`, group: scope.name, skipped: run.skipped }
        : {
            name: `check ${run.check}`,
            group: scope.name,
            output: `${run.engine}: ${run.covered} of ${documentsOf(scope)} documents`,
          },
  );
  const found = inOrder(scope.findings).map((finding) => caseOf(finding, scope, report));
  const waived = scope.waived.map(
    ({ finding, waiver }): Case => ({
      name: caseOf(finding, scope, report).name,
      group: scope.name,
      skipped: `waived by ${waiver.owner}: ${waiver.reason}`,
    }),
  );
  return { name: scope.name, cases: [...checks, ...found, ...waived] };
}

function caseOf(finding: Finding, { name }: Scope, { gate }: Report): Case {
  const { sentence, mend } = messageOf(finding);
  const place = originText(finding);
  const who = [subjectText(finding), finding.pointer ?? ''].filter((part) => part !== '').join(' ');
  const text = [place, sentence, mend === '' ? '' : `mend: ${mend}`, who === '' ? '' : `in: ${who}`]
    .filter((line) => line !== '')
    .join('\n');
  const named = [finding.code, who === '' ? place : who].filter((part) => part !== '').join(' ');
  const fails = ORDER.indexOf(finding.severity) <= ORDER.indexOf(gate);
  return {
    name: named,
    group: name,
    ...(fails
      ? { failure: { type: finding.code, message: sentence, text } }
      : { output: `${finding.severity}: ${text}` }),
  };
}

const ORDER = ['error', 'warning', 'info'] as const;

function suiteLines(suite: Suite): readonly string[] {
  const { name, cases } = suite;
  const skipped = cases.filter((one) => one.skipped !== undefined).length;
  return [
    `  <testsuite name="${xml(name)}" tests="${cases.length}" failures="${failuresIn(suite)}" errors="0" skipped="${skipped}" time="0">`,
    ...cases.flatMap(caseLines),
    '  </testsuite>',
  ];
}

function caseLines({ name, group, failure, skipped, output }: Case): readonly string[] {
  const head = `    <testcase name="${xml(name)}" classname="${xml(group)}" time="0"`;
  if (failure !== undefined) {
    const { type, message, text } = failure;
    return [
      `${head}>`,
      `      <failure type="${xml(type)}" message="${xml(message)}">${lines(text)}</failure>`,
      '    </testcase>',
    ];
  }
  if (skipped !== undefined)
    return [`${head}>`, `      <skipped>${xml(skipped)}</skipped>`, '    </testcase>'];
  if (output !== undefined)
    return [`${head}>`, `      <system-out>${lines(output)}</system-out>`, '    </testcase>'];
  return [`${head}/>`];
}

const lines = (text: string): string => text.split('\n').map(xml).join('\n');

/** Text in XML 1.0, where markup and most control characters may not stand: https://www.w3.org/TR/xml/#charsets */
const xml = (text: string): string =>
  shortened(printable(text), LONGEST)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
