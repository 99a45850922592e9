import type { ChangeSummary } from '#change/summary.ts';
import type { Finding } from '#model/finding.ts';
import type { Waived } from '#validate/waivers/waiver.ts';
import { messageOf } from './messages.ts';
import {
  baselineOf,
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
  SEVERITIES,
  waivedOf,
} from './report.ts';
import type { JsonReport, ReportedChange, ReportedFinding, ReportedScope } from './report-schema.ts';

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
      waived: waivedOf(report).length,
      baseline: baselineOf(report).length,
      scopes: report.scopes.map(scopeOf),
    },
    findings: worstFirst(report).map(({ finding, scope }) => reported(finding, scope)),
    waived: report.scopes.flatMap(({ name, waived }) => waived.map((one) => waivedFinding(one, name))),
    ...(report.changes && { changes: report.changes.map(changeOf) }),
    baseline: report.scopes.flatMap(({ name, baseline = [] }) =>
      inOrder(baseline).map((finding) => reported(finding, name)),
    ),
  };
  return `${JSON.stringify(data, null, 2)}\n`;
}

/** The summary is JSON already, which a test holds to the schema. */
const changeOf = (change: ChangeSummary): ReportedChange => JSON.parse(JSON.stringify(change));

/** Over all environments: who reads the first few reads the worst. */
function worstFirst({ scopes }: Report): readonly { readonly finding: Finding; readonly scope: string }[] {
  const scopeOfFinding = new Map(
    scopes.flatMap(({ name, findings }) => findings.map((finding) => [finding, name] as const)),
  );
  return SEVERITIES.flatMap((wanted) =>
    scopes.flatMap(({ findings }) => inOrder(findings.filter(({ severity }) => severity === wanted))),
  ).map((finding) => ({ finding, scope: scopeOfFinding.get(finding) ?? '' }));
}

const spelled = ({ error, warning, info }: Counts) => ({ errors: error, warnings: warning, infos: info });

const scopeOf = (scope: Scope): ReportedScope => ({
  name: scope.name,
  documents: documentsOf(scope),
  ...spelled(countsOf(scope.findings)),
  waived: scope.waived.length,
  baseline: scope.baseline?.length ?? 0,
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

function waivedFinding({ finding, waiver }: Waived, scope: string): JsonReport['waived'][number] {
  const { owner, reason, until } = waiver;
  return {
    ...reported(finding, scope),
    waiver: { owner, reason, ...(until !== undefined && { until }) },
  };
}

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
