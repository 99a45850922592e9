import path from 'node:path';
import { readSourceFiles } from '#environments/files.ts';
import { readEnvironments } from '#environments/read.ts';
import { RepositoryError } from '#helm/fetch.ts';
import { versionsOf } from '#helm/repository.ts';
import { newerThan } from '#helm/version.ts';
import type { Finding } from '#model/finding.ts';
import type { Origin } from '#model/origin.ts';
import type { Release } from '#model/release.ts';
import { releases } from '#model/releases.ts';
import type { Report } from '#report/report.ts';
import type { Arguments } from '../arguments.ts';
import { finish, wantedReports } from '../reporting.ts';
import type { ExitCode, Terminal } from '../terminal.ts';

/**
 * `plimsoll charts outdated`: charts of which there are newer versions, the platform's own among them.
 *
 * Each repository is asked once for a chart, whatever uses it. One that does not answer is a finding, and the run could
 * not check (exit code 2): what is unknown is not current.
 */
export async function chartsOutdated(typed: Arguments, terminal: Terminal): Promise<ExitCode> {
  const start = terminal.now();
  const reports = wantedReports(typed, terminal);
  const { used, findings, couldCheck } = usedReleases(typed, terminal);
  const byChart = new Map<string, Used[]>();
  for (const one of used) {
    const key = `${one.release.repository} ${one.release.chart}`;
    const same = byChart.get(key);
    if (same === undefined) byChart.set(key, [one]);
    else same.push(one);
  }
  const asked = await Promise.all([...byChart.values()].map(newer));
  const count = asked.length;
  const report: Report = {
    command: 'charts outdated',
    gate: 'error',
    nouns: { document: 'chart', scope: 'folder' },
    scopes: [
      {
        name: 'charts',
        documents: [{ kind: 'Chart', count }],
        checks: [],
        findings: [...findings, ...asked.flat()],
        waived: [],
      },
    ],
  };
  return finish(report, reports, terminal, { milliseconds: terminal.now() - start, couldCheck });
}

export interface Used {
  readonly release: Release;
  readonly environment: string;
  readonly origin: Origin | undefined;
}

/** Every release of every environment, or of those that were named. */
export function usedReleases(typed: Arguments, terminal: Terminal) {
  const folder = typed.value('environments') ?? 'environments';
  const { value, findings } = readEnvironments(
    readSourceFiles(path.resolve(terminal.cwd, folder), folder),
    terminal.today(),
  );
  const errors = findings.filter(({ severity }) => severity === 'error');
  const used = (value ?? []).flatMap(({ environment, locate }) =>
    releases(environment).map(
      (release): Used => ({
        release,
        environment: environment.metadata.name,
        origin: locate(`${release.pointer}/version`),
      }),
    ),
  );
  return { used, findings: errors, couldCheck: value !== undefined && errors.length === 0 };
}

/** What is newer of one chart, said once for each line that names a version. */
async function newer(used: readonly Used[]): Promise<readonly Finding[]> {
  const [first] = used;
  if (first === undefined) return [];
  const { repository } = first.release;
  let versions: readonly string[];
  try {
    versions = await versionsOf(first.release);
  } catch (error) {
    if (!(error instanceof RepositoryError)) throw error;
    const args = { repository, problem: error.message };
    return [{ code: 'chart-repository-failed', severity: 'error', ...placeOf(first), args }];
  }
  const told = new Map<string, Finding>();
  for (const each of used) {
    const { chart, version } = each.release;
    const newest = newerThan(version, versions);
    if (newest === undefined) continue;
    const place = placeOf(each);
    const key = JSON.stringify([version, place]);
    const isOwn = !each.release.pointer.startsWith('/spec/charts/');
    told.set(key, {
      code: 'chart-outdated',
      // The platform's own are raised with plimsoll, and nobody can mend them in a file.
      severity: isOwn ? 'info' : 'warning',
      ...place,
      args: { chart, version, newest, isOwn },
    });
  }
  return [...told.values()];
}

const placeOf = ({ release, origin }: Used) => ({
  pointer: `${release.pointer}/version`,
  ...(origin && { origin }),
});
