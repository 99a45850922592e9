import { printable } from './printable.ts';
import type { Report } from './report.ts';

/**
 * Document by check, as a table for programs and spreadsheets: tab-separated, a line for each document, the names of
 * the policies that judged it last. https://www.iana.org/assignments/media-types/text/tab-separated-values
 */
export function ledgerReport({ scopes }: Report): string {
  const entries = scopes.flatMap(({ name, ledger = [] }) =>
    ledger.map((entry) => ({ scope: name, ...entry })),
  );
  const rows = entries.map(({ scope, file, subject, isPreviewed, checks, policies }) => [
    scope,
    file,
    subject.apiVersion,
    subject.kind,
    subject.namespace ?? '',
    subject.name,
    isPreviewed ? 'previewed' : 'written',
    checks.join(' '),
    String(policies.length),
    policies.join(' '),
  ]);
  return [HEADER, ...rows].map((row) => `${row.map(printable).join('\t')}\n`).join('');
}

const HEADER = [
  'scope',
  'file',
  'apiVersion',
  'kind',
  'namespace',
  'name',
  'origin',
  'checks',
  'policyCount',
  'policies',
] as const;
