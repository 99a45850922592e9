import path from 'node:path';
import { bootstrapFile, bootstrapObjects, DIST_LAYOUT, environmentOf } from '#charts/bootstrap.ts';
import { emit } from '#manifests/emit.ts';
import { compareTree, isSame, readTree, type Tree, type TreeDifference } from '#manifests/tree.ts';
import type { Finding } from '#model/finding.ts';
import { architectureOf } from '#picture/architecture.ts';
import { fails, findingsOf, type Report } from '#report/report.ts';
import type { Arguments } from './arguments.ts';
import { type CheckedEnvironment, checkEnvironments } from './environments.ts';
import { claimOutput, keptFiles, writeOutput } from './output.ts';
import { type Progress, progress } from './progress.ts';
import { finish, wantedReports, wantsLedger } from './reporting.ts';
import { type ExitCode, type Terminal, UsageError } from './terminal.ts';

/**
 * `plimsoll synth`: environment files -> checked manifests.
 *
 * Reads every environment (they are checked against each other), renders the chosen ones, previews what their claims
 * will create, checks all of it, and only then writes the manifests, all or nothing. With an error anywhere, the
 * output folder is as it was.
 */
export async function synth(typed: Arguments, terminal: Terminal): Promise<ExitCode> {
  const start = terminal.now();
  const reports = wantedReports(typed, terminal);
  const shown = progress(terminal);
  const output = typed.value('output') ?? 'dist';
  claimOutput(terminal.cwd, output, typed.value('environments') ?? 'environments', DIST_LAYOUT);
  const { environments, scopes, couldCheck } = checkEnvironments(typed, terminal, output, shown, {
    withLedger: wantsLedger(reports),
  });
  const pictures = environments.map(({ described }) => architectureOf(described.document));
  const unwritten: Report = { command: 'synth', gate: 'error', scopes, pictures };
  const report = fails(unwritten, findingsOf(unwritten))
    ? withOutcome(unwritten, `${output}/ is as it was`)
    : settle(unwritten, environments, { typed, terminal, output, shown });
  shown.end();
  return finish(report, reports, terminal, { milliseconds: terminal.now() - start, couldCheck });
}

interface Settling {
  readonly typed: Arguments;
  readonly terminal: Terminal;
  readonly output: string;
  readonly shown: Progress;
}

/** Writes the output, or with `--check` compares it. */
function settle(
  report: Report,
  rendered: readonly CheckedEnvironment[],
  { typed, terminal, output, shown }: Settling,
): Report {
  const at = path.resolve(terminal.cwd, output);
  shown.say(typed.has('check') ? `comparing ${output}/` : `writing ${output}/`);
  const wanted = treeOf(rendered, typed.positionals.length === 0 ? undefined : readTree(at));
  const difference = compareTree(at, wanted);
  if (typed.has('check')) {
    const stale = staleFindings(difference, output);
    const checked = withOutcome(
      report,
      isSame(difference) ? `${output}/ is current` : `${output}/ is not current`,
    );
    return stale.length === 0
      ? checked
      : {
          ...checked,
          scopes: [
            ...checked.scopes,
            { name: output, documents: [], checks: [], findings: stale, waived: [] },
          ],
        };
  }
  if (isSame(difference)) return withOutcome(report, `${output}/ was already current`);
  writeOutput(at, output, wanted);
  return withOutcome(report, `${output}/ written: ${changes(difference)}`);
}

/** All files of the output: those rendered now, and those of environments that were not asked for as they lie. */
function treeOf(rendered: readonly CheckedEnvironment[], present: Tree | undefined): Tree {
  const names = new Set(rendered.map(({ name }) => name));
  const made = rendered.flatMap(({ manifests }) =>
    manifests.map(({ file, object }) => [file, emit(object)] as const),
  );
  const begun = rendered.map(
    ({ name, manifests }) =>
      [bootstrapFile(name), bootstrapObjects(manifests, name).map(emit).join('---\n')] as const,
  );
  const tree = new Map(keptFiles(present, names, environmentOf));
  for (const [file, text] of [...made, ...begun]) {
    if (tree.has(file))
      throw new UsageError(`two manifests would be one file, ${file}: run all checks to see which`);
    tree.set(file, text);
  }
  return tree;
}

function staleFindings({ missing, changed, extra }: TreeDifference, output: string): readonly Finding[] {
  const of = (files: readonly string[], how: 'missing' | 'changed' | 'extra') =>
    files.map((file): Finding => {
      const shown = `${output}/${file}`;
      return {
        code: 'output-stale',
        severity: 'error',
        origin: { file: shown, line: 1, column: 1 },
        args: { file: shown, how },
      };
    });
  return [...of(changed, 'changed'), ...of(missing, 'missing'), ...of(extra, 'extra')];
}

const changes = ({ missing, changed, extra }: TreeDifference): string =>
  [
    [missing.length, 'added'],
    [changed.length, 'changed'],
    [extra.length, 'removed'],
  ]
    .filter(([count]) => count !== 0)
    .map(([count, how]) => `${count} ${how}`)
    .join(', ');

/** The outcome is told once, at the last scope. */
function withOutcome(report: Report, outcome: string): Report {
  const last = report.scopes.length - 1;
  return {
    ...report,
    scopes: report.scopes.map((scope, index) => (index === last ? { ...scope, outcome } : scope)),
  };
}
