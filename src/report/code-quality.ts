import type { Severity } from '#model/finding.ts';
import { fingerprints } from './fingerprint.ts';
import { messageOf } from './messages.ts';
import { printable, shortened } from './printable.ts';
import { inOrder, type Report } from './report.ts';

/**
 * The report for GitLab's merge request widget: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format.
 * A finding without a file can't be shown there and stands at the root; the fingerprint never holds the line.
 */
const SEVERITIES: Readonly<Record<Severity, string>> = { error: 'critical', warning: 'minor', info: 'info' };
const LONGEST = 1_000;

export function codeQualityReport(report: Report): string {
  const findings = report.scopes.flatMap(({ name, findings: own }) =>
    inOrder(own).map((finding) => [finding, name] as const),
  );
  const marks = fingerprints(findings);
  const issues = findings.map(([finding], index) => {
    const { sentence, mend } = messageOf(finding);
    const { code, severity, origin } = finding;
    return {
      type: 'issue',
      check_name: code,
      description: shortened(printable(mend === '' ? sentence : `${sentence}. To mend: ${mend}`), LONGEST),
      categories: ['Bug Risk'],
      severity: SEVERITIES[severity],
      fingerprint: marks[index] ?? '',
      location: { path: relative(origin?.file ?? '.'), lines: { begin: Math.max(origin?.line ?? 1, 1) } },
    };
  });
  return `${JSON.stringify(issues, null, 2)}\n`;
}

/** GitLab knows paths without a leading `./`. */
const relative = (file: string): string => printable(file).replace(/^(\.\/)+/, '');
