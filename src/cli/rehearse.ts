import type { Finding } from '#model/finding.ts';
import { fingerprints } from '#report/fingerprint.ts';
import { plural, type Report, type Scope } from '#report/report.ts';
import type { Arguments } from './arguments.ts';
import { checkEnvironments } from './environments.ts';
import { knownVersion } from './known-version.ts';
import { progress } from './progress.ts';
import { finish, wantedReports } from './reporting.ts';
import { type ExitCode, type Terminal, UsageError } from './terminal.ts';

/**
 * `plimsoll rehearse --kubernetes 1.35`, `--provider FOLDER`: an upgrade on paper.
 *
 * Renders the environments as they are, previews what Crossplane makes, and judges all of it twice: as it is, and with the
 * other version or definitions. Tells what is found only then: what would break, or is deprecated from then on; and what
 * keeps an environment from being rehearsed at all. Changes nothing.
 */
export async function rehearse(typed: Arguments, terminal: Terminal): Promise<ExitCode> {
  const start = terminal.now();
  const asked = typed.value('kubernetes');
  const folders = typed.list('provider');
  if (asked === undefined && folders.length === 0)
    throw new UsageError('rehearse takes --kubernetes VERSION, --provider FOLDER, or both');
  const kubernetesVersion = asked === undefined ? undefined : knownVersion(asked);
  const reports = wantedReports(typed, terminal);
  const shown = progress(terminal);
  const now = checkEnvironments(typed, terminal, 'dist', shown);
  const upgraded: Arguments = {
    ...typed,
    list: (option) => (option === 'schemas' ? [...typed.list(option), ...folders] : typed.list(option)),
  };
  const then = checkEnvironments(upgraded, terminal, 'dist', shown, { kubernetesVersion });
  shown.end();
  const report: Report = {
    command: 'rehearse',
    gate: 'error',
    scopes: then.scopes.map((scope) =>
      onlyNew(
        scope,
        now.scopes.find(({ name }) => name === scope.name),
        then.unrendered,
      ),
    ),
  };
  return finish(report, reports, terminal, {
    milliseconds: terminal.now() - start,
    couldCheck: then.couldCheck && then.unrendered.length === 0,
  });
}

/** What is found only with the upgrade; what is found without it too is counted. What hides an environment is told always. */
function onlyNew(scope: Scope, former: Scope | undefined, always: readonly Finding[]): Scope {
  const known = new Map<string, number>();
  for (const print of printsOf(former?.findings ?? [], scope.name))
    known.set(print, (known.get(print) ?? 0) + 1);
  const prints = printsOf(scope.findings, scope.name);
  const findings = scope.findings.filter((finding, index) => {
    if (always.includes(finding)) return true;
    const left = known.get(prints[index] ?? '') ?? 0;
    known.set(prints[index] ?? '', left - 1);
    return left <= 0;
  });
  const old = scope.findings.length - findings.length;
  const gone =
    (former?.findings.length ?? 0) - old - scope.findings.filter((one) => always.includes(one)).length;
  const parts = [
    ...(old > 0 ? [`${plural(old, 'finding')} that the upgrade has no part in: see synth`] : []),
    ...(gone > 0 ? [`${plural(gone, 'finding')} less than now`] : []),
  ];
  const isHidden = findings.some((finding) => always.includes(finding));
  const rest = isHidden
    ? 'what is wrong here keeps an environment from being rehearsed'
    : 'nothing else changes';
  return { ...scope, findings, outcome: parts.length === 0 ? rest : parts.join('; ') };
}

const printsOf = (findings: readonly Finding[], scope: string): readonly string[] =>
  fingerprints(findings.map((finding) => [finding, scope]));
