import path from 'node:path';
import { changesBetween, type EnvironmentChange } from '#change/changes.ts';
import type { EnvironmentState } from '#change/state.ts';
import { type Blocking, blockingIn, type ChangeSummary, summaryOf } from '#change/summary.ts';
import { namesIn } from '#environments/described.ts';
import { readSourceFiles } from '#environments/files.ts';
import { acknowledgementOf } from '#model/acknowledgements.ts';
import type { Finding } from '#model/finding.ts';
import { architectureOf } from '#picture/architecture.ts';
import { changesText } from '#report/changes/text.ts';
import type { Report, Scope } from '#report/report.ts';
import type { Arguments } from './arguments.ts';
import { type BaseStates, baseStates } from './base-states.ts';
import { prepareChecking } from './checking.ts';
import { type CheckedEnvironment, checkEnvironments } from './environments.ts';
import { progress } from './progress.ts';
import { finish, textOptions, wantedReports } from './reporting.ts';
import { openRevision } from './revision.ts';
import { sidesOf } from './sides.ts';
import { stateOf } from './states.ts';
import { type ExitCode, type Terminal, UsageError } from './terminal.ts';

/**
 * `plimsoll diff`: what a change will do in Kubernetes, AWS and Atlas, by the lines that were edited.
 *
 * Renders, previews and checks the environment files as synth does, renders the base, compares both, and tells. Writes
 * nothing but reports. What holds data and would go, or become another, is an error until it is acknowledged.
 */
export async function diff(typed: Arguments, terminal: Terminal): Promise<ExitCode> {
  const start = terminal.now();
  const wanted = typed.value('base');
  if (wanted === undefined)
    throw new UsageError('diff needs --base: a git revision, such as origin/main, or a folder');
  const reports = wantedReports(typed, terminal);
  const base = openRevision(terminal.cwd, wanted);
  const shown = progress(terminal);
  const folders = {
    environments: typed.value('environments') ?? 'environments',
    output: typed.value('output') ?? 'dist',
  };
  const { environments, scopes, couldCheck } = checkEnvironments(typed, terminal, folders.output, shown);
  shown.say(`rendering ${base.shown}`);
  const { optionsFor } = prepareChecking(typed, terminal);
  const former = baseStates(base, folders, (version) => optionsFor(version).store);
  shown.say('comparing');
  const isNamed = typed.positionals.length > 0;
  const compared = environments.map((environment) => comparedWith(former, environment, optionsFor));
  const summaries = compared.map(({ summary }) => summary);
  const report: Report = {
    command: 'diff',
    gate: 'error',
    changes: summaries,
    pictures: environments.map(({ described }) => architectureOf(described.document)),
    sides: compared.flatMap(({ name, change }) => sidesOf(name, change)),
    scopes: [
      ...ofBase(base.shown, former, isNamed ? [] : goneFrom(former, environments, folders, terminal)),
      ...scopes.map((scope) => withFindings(scope, compared)),
    ],
  };
  shown.end();
  const isReportOut = reports.some(({ file }) => file === undefined);
  (isReportOut ? terminal.err : terminal.out)(changesText(summaries, textOptions(terminal, isReportOut)));
  return finish(report, reports, terminal, {
    milliseconds: terminal.now() - start,
    couldCheck: couldCheck && former.isKnown,
  });
}

interface Compared {
  readonly name: string;
  readonly change: EnvironmentChange;
  readonly summary: ChangeSummary;
  readonly findings: readonly Finding[];
}

function comparedWith(
  former: BaseStates,
  { name, manifests, claims, described, kubernetesVersion }: CheckedEnvironment,
  optionsFor: ReturnType<typeof prepareChecking>['optionsFor'],
): Compared {
  const base = former.states.find((state) => state.name === name);
  const head = stateOf(name, manifests, claims, described);
  const { store } = optionsFor(kubernetesVersion);
  const change = changesBetween(base ?? { name, resources: [] }, head, store);
  const summary = summaryOf(change);
  const isNew: readonly Finding[] =
    base === undefined && former.isKnown
      ? [{ code: 'change-environment-added', severity: 'info', args: { environment: name } }]
      : [];
  return { name, change, summary, findings: [...isNew, ...blockedBy(summary, described)] };
}

/** What nobody acknowledged, and what is acknowledged but does not happen. */
function blockedBy(
  summary: ChangeSummary,
  { document, locate }: CheckedEnvironment['described'],
): readonly Finding[] {
  const used = new Set<unknown>();
  const blocked = blockingIn(summary).filter(({ subject, action }) => {
    const acknowledgement = acknowledgementOf(document, action, subject);
    used.add(acknowledgement);
    return acknowledgement === undefined;
  });
  const stale = (document.spec.acknowledge ?? []).flatMap((one, index): readonly Finding[] => {
    if (used.has(one)) return [];
    const origin = locate(`/spec/acknowledge/${index}`);
    const args = { action: one.action, resource: one.resource };
    return [{ code: 'acknowledgement-stale', severity: 'warning', ...(origin && { origin }), args }];
  });
  return [...blocked.map(unacknowledged), ...stale];
}

function unacknowledged({ subject, action, risk, cause }: Blocking): Finding {
  const { origin } = cause;
  return {
    code: 'change-unacknowledged',
    severity: 'error',
    subject,
    ...(origin && { origin }),
    args: { action, resource: `${subject.kind} ${subject.name}`, reason: risk.reason },
  };
}

function withFindings(scope: Scope, compared: readonly Compared[]): Scope {
  const own = compared.find(({ name }) => name === scope.name);
  return own === undefined ? scope : { ...scope, findings: [...scope.findings, ...own.findings] };
}

/** Environments that are no more. One whose file has errors is still there: that it can't be rendered is told already. */
function goneFrom(
  { states }: BaseStates,
  head: readonly CheckedEnvironment[],
  folders: { readonly environments: string },
  terminal: Terminal,
): readonly EnvironmentState[] {
  const missing = states.filter((state) => !head.some((one) => one.name === state.name));
  if (missing.length === 0) return [];
  const folder = folders.environments;
  const names = namesIn(readSourceFiles(path.resolve(terminal.cwd, folder), folder));
  return names === undefined ? [] : missing.filter(({ name }) => !names.has(name));
}

/** What is to be said of the base itself, and of environments that are no more. */
function ofBase(name: string, { findings }: BaseStates, gone: readonly EnvironmentState[]): readonly Scope[] {
  const all = [
    ...findings,
    ...gone.map(
      (state): Finding => ({
        code: 'change-environment-removed',
        severity: 'error',
        args: { environment: state.name, resources: state.resources.length },
      }),
    ),
  ];
  return all.length === 0 ? [] : [{ name, documents: [], checks: [], findings: all, waived: [] }];
}
