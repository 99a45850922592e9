import type { Finding } from '#model/finding.ts';
import { messageOf } from './messages.ts';
import {
  type CheckRun,
  type Counts,
  countsOf,
  documentsOf,
  fails,
  findingsOf,
  inOrder,
  type Previewed,
  type Report,
  type Scope,
} from './report.ts';
import type { JsonReport, ReportedFinding, ReportedScope } from './report-schema.ts';

/** The report for programs. Its form is `report-schema.ts`; it holds no clock, so the same input gives the same bytes. */
export function jsonReport(report: Report): string {
  const findings = findingsOf(report);
  const data: JsonReport = {
    apiVersion: 'plimsoll.dev/v1alpha1',
    kind: 'Report',
    summary: {
      command: report.command,
      gate: report.gate,
      passed: !fails(report, findings),
      documents: report.scopes.reduce((sum, scope) => sum + documentsOf(scope), 0),
      ...spelled(countsOf(findings)),
      waived: report.scopes.reduce((sum, { waived }) => sum + waived, 0),
      scopes: report.scopes.map(scopeOf),
    },
    findings: report.scopes.flatMap(({ name, findings: own }) =>
      inOrder(own).map((finding) => reported(finding, name)),
    ),
  };
  return `${JSON.stringify(data, null, 2)}\n`;
}

const spelled = ({ error, warning, info }: Counts) => ({ errors: error, warnings: warning, infos: info });

const scopeOf = (scope: Scope): ReportedScope => ({
  name: scope.name,
  documents: documentsOf(scope),
  ...spelled(countsOf(scope.findings)),
  waived: scope.waived,
  kinds: scope.documents.map(({ kind, count }) => ({ kind, count })),
  checks: scope.checks.map(checkOf),
  ...(scope.previewed && { previewed: previewedOf(scope.previewed) }),
});

const previewedOf = ({ claims, resources, checks }: Previewed) => ({
  claims,
  resources,
  checks: checks.map(({ check, covered }) => ({ check, covered })),
});

const checkOf = (run: CheckRun): ReportedScope['checks'][number] =>
  'skipped' in run
    ? { check: run.check, covered: 0, skipped: run.skipped }
    : { check: run.check, engine: run.engine, covered: run.covered };

function reported(finding: Finding, scope: string): ReportedFinding {
  const { code, severity, subject, pointer, origin } = finding;
  const { sentence, mend } = messageOf(finding);
  return {
    code,
    severity,
    scope,
    ...(subject && { subject: { ...subject } }),
    ...(pointer !== undefined && { pointer }),
    ...(origin && { origin: { file: origin.file, line: origin.line, column: origin.column } }),
    message: sentence,
    mend,
  };
}
