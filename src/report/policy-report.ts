import type { Finding, Severity } from '#model/finding.ts';
import { messageOf } from './messages.ts';
import { printable, shortened } from './printable.ts';
import { countsOf, inOrder, originText, type Report, type Scope, subjectText } from './report.ts';

/**
 * The report as Kubernetes resources that policy dashboards read: a ClusterReport of https://openreports.io for each
 * environment. JSON, which is YAML: `kubectl apply -f` takes it.
 */
const RESULTS: Readonly<Record<Severity, string>> = { error: 'fail', warning: 'warn', info: 'skip' };
const WEIGHTS: Readonly<Record<Severity, string>> = { error: 'high', warning: 'medium', info: 'info' };

/** An object in a cluster takes about 1 MB; what does not fit is counted in the summary all the same. */
const MOST = 1_000;
const LONGEST = 500;

export function policyReport(report: Report): string {
  const items = report.scopes.map((scope) => clusterReport(scope));
  return `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, null, 2)}\n`;
}

function clusterReport(scope: Scope) {
  const { name, findings, checks, waived } = scope;
  const { error, warning, info } = countsOf(findings);
  // Every document that a check covered and did not object to passed it.
  const covered = checks.reduce((sum, run) => sum + ('covered' in run ? run.covered : 0), 0);
  const objected = new Set(findings.map((finding) => `${finding.code} ${subjectText(finding)}`)).size;
  return {
    apiVersion: 'openreports.io/v1alpha1',
    kind: 'ClusterReport',
    metadata: {
      name: resourceName(name),
      labels: { 'app.kubernetes.io/managed-by': 'plimsoll' },
      annotations: { 'plimsoll.dev/scope': printable(name), 'plimsoll.dev/waived': String(waived.length) },
    },
    source: 'plimsoll',
    summary: { pass: Math.max(covered - objected, 0), fail: error, warn: warning, error: 0, skip: info },
    results: inOrder(findings).slice(0, MOST).map(resultOf),
  };
}

function resultOf(finding: Finding) {
  const { code, severity, subject, pointer = '' } = finding;
  const { sentence, mend } = messageOf(finding);
  const policy =
    'policy' in finding.args && typeof finding.args.policy === 'string' ? finding.args.policy : '';
  return {
    source: 'plimsoll',
    policy: printable(policy === '' ? code : policy),
    rule: code,
    result: RESULTS[severity],
    severity: WEIGHTS[severity],
    scored: severity !== 'info',
    message: shortened(printable(sentence), LONGEST),
    properties: {
      mend: shortened(printable(mend), LONGEST),
      origin: printable(originText(finding)),
      pointer: printable(pointer),
    },
    ...(subject && {
      resources: [
        {
          apiVersion: subject.apiVersion,
          kind: subject.kind,
          name: subject.name,
          ...(subject.namespace !== undefined && { namespace: subject.namespace }),
        },
      ],
    }),
  };
}

/** A name that every object may have: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
function resourceName(scope: string): string {
  const safe = scope
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/\.{2,}|\.-|-\./g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return `plimsoll-${safe === '' ? 'manifests' : safe.slice(0, 200)}`.replace(/[-.]+$/, '');
}
