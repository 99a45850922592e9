import fs from 'node:fs';
import path from 'node:path';
import { renderEnvironment } from '#charts/render.ts';
import { readSourceFiles } from '#environments/files.ts';
import { type LoadedEnvironment, readEnvironments } from '#environments/read.ts';
import { emit } from '#manifests/emit.ts';
import { fileName } from '#manifests/identity.ts';
import type { Manifest } from '#manifests/manifest.ts';
import {
  compareTree,
  isSame,
  namesBelow,
  readTree,
  recoverTree,
  replaceTree,
  type Tree,
  type TreeDifference,
} from '#manifests/tree.ts';
import type { Finding } from '#model/finding.ts';
import { granted } from '#model/identities.ts';
import { suggester } from '#model/suggest.ts';
import { allClaims } from '#platform/catalogue.ts';
import { checkLimits } from '#platform/limits.ts';
import { fails, findingsOf, type Report, type Scope } from '#report/report.ts';
import { isAccepted } from './accepted.ts';
import type { Arguments } from './arguments.ts';
import { type Checking, prepareChecking } from './checking.ts';
import { type Progress, progress } from './progress.ts';
import { finish, wantedReports } from './reporting.ts';
import { checkedScope } from './scope.ts';
import { type ExitCode, type Terminal, UsageError } from './terminal.ts';

/**
 * `plimsoll synth`: environment files -> checked manifests.
 *
 * Reads every environment (they are checked against each other), renders the chosen ones, checks all that was
 * rendered, and only then writes, all or nothing. With an error anywhere, the output folder is as it was.
 */
export async function synth(typed: Arguments, terminal: Terminal): Promise<ExitCode> {
  const start = terminal.now();
  const reports = wantedReports(typed, terminal);
  const shown = progress(terminal);
  const folder = typed.value('environments') ?? 'environments';
  const output = typed.value('output') ?? 'dist';
  refuseOverlap(path.resolve(terminal.cwd, folder), path.resolve(terminal.cwd, output), terminal.cwd);

  recoverTree(path.resolve(terminal.cwd, output));
  refuseForeign(path.resolve(terminal.cwd, output), output);
  shown.say('reading the environment files');
  const { value: loaded, findings } = readEnvironments(
    readSourceFiles(path.resolve(terminal.cwd, folder), folder),
  );
  const checking = prepareChecking(typed, terminal);
  const chosen = choose(loaded ?? [], typed.positionals, findings);
  const rendered = chosen.map((environment) => render(environment, checking, shown));
  const scopes = rendered.map(({ name, manifests, version, findings: refused }) => {
    shown.say(`checking ${name}`);
    return checkedScope(name, manifests, checking.optionsFor(version), refused, isAccepted);
  });
  const files: Scope = {
    name: folder,
    documents: [],
    checks: [],
    findings: [...findings, ...checking.findings],
    waived: 0,
  };
  const unwritten: Report = {
    command: 'synth',
    gate: 'error',
    scopes: files.findings.length === 0 ? scopes : [files, ...scopes],
  };
  const couldCheck = loaded !== undefined;
  const report = fails(unwritten, findingsOf(unwritten))
    ? withOutcome(unwritten, `${output}/ is as it was`)
    : settle(unwritten, rendered, { typed, terminal, output, shown });
  shown.end();
  return finish(report, reports, terminal, { milliseconds: terminal.now() - start, couldCheck });
}

/** An environment's manifests, the policies that guard its cluster included. */
interface Rendered {
  readonly name: string;
  readonly version: string;
  readonly manifests: readonly Manifest[];
  /** What AWS or Atlas would refuse about the claims, and no schema can say. */
  readonly findings: readonly Finding[];
}

function render(loaded: LoadedEnvironment, checking: Checking, shown: Progress): Rendered {
  const { name } = loaded.environment.metadata;
  shown.say(`rendering ${name}`);
  const policies = checking.policyManifests.map((policy) => ({
    ...policy,
    file: `${name}/cluster/${fileName(policy.object)}`,
  }));
  return {
    name,
    version: loaded.environment.spec.cluster.kubernetesVersion,
    manifests: [...renderEnvironment(loaded), ...policies],
    findings: checkLimits(allClaims(loaded.environment, granted(loaded.environment)), loaded.locate),
  };
}

/** The environments that were named, or all. An environment with an error is no choice, but no usage error. */
function choose(
  loaded: readonly LoadedEnvironment[],
  names: readonly string[],
  findings: readonly Finding[],
): readonly LoadedEnvironment[] {
  const known = loaded.map(({ environment }) => environment.metadata.name);
  const isBroken = findings.some(({ severity }) => severity === 'error');
  for (const name of names) {
    if (known.includes(name) || isBroken) continue;
    const near = suggester()(name, known);
    throw new UsageError(
      `there is no environment ${JSON.stringify(name)}${near === undefined ? '' : `; did you mean ${near}?`} (there are ${known.join(', ')})`,
    );
  }
  return names.length === 0
    ? loaded
    : loaded.filter(({ environment }) => names.includes(environment.metadata.name));
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
  rendered: readonly Rendered[],
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
            { name: output, documents: [], checks: [], findings: stale, waived: 0 },
          ],
        };
  }
  if (isSame(difference)) return withOutcome(report, `${output}/ was already current`);
  if (!written(at, output, wanted))
    throw new UsageError(`another run is writing ${output}/; try again when it has ended`);
  return withOutcome(report, `${output}/ written: ${changes(difference)}`);
}

/** Writes the output; false where another run does. What the file system refuses is told in its own words. */
function written(at: string, output: string, wanted: Tree): boolean {
  try {
    return replaceTree(at, wanted);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new UsageError(`${output}/ can't be written and is as it was: ${error.message}`);
  }
}

/** All files of the output: those rendered now, and those of environments that were not asked for as they lie. */
function treeOf(rendered: readonly Rendered[], present: Tree | undefined): Tree {
  const names = new Set(rendered.map(({ name }) => name));
  const kept = [...(present ?? [])].filter(([file]) => !names.has(file.split('/')[0] ?? ''));
  const made = rendered.flatMap(({ manifests }) =>
    manifests.map(({ file, object }) => [file, emit(object)] as const),
  );
  const tree = new Map(kept);
  for (const [file, text] of made) {
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

/** The output is replaced as a whole: it must not hold what somebody wrote. */
function refuseOverlap(environments: string, output: string, cwd: string): void {
  const holds = (outer: string, inner: string) => inner === outer || inner.startsWith(`${outer}${path.sep}`);
  if (holds(output, environments) || holds(output, cwd) || holds(environments, output)) {
    throw new UsageError(`--output ${output} would be replaced as a whole: name a folder of its own`);
  }
}

/**
 * What lies in the output folder and is not of our layout, somebody else wrote: it must not vanish with a run. A link
 * would be replaced, not followed.
 */
function refuseForeign(folder: string, output: string): void {
  const stat = fs.lstatSync(folder, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (!stat.isDirectory())
    throw new UsageError(`${output} is no folder of its own: remove it, or name another --output`);
  const foreign = namesBelow(folder).find((file) => !/^[^/]+\/[^/]+\/[^/]+\.yaml$/.test(file));
  if (foreign !== undefined) {
    throw new UsageError(
      `${output}/ holds ${foreign}, which plimsoll did not write and would remove: name another --output`,
    );
  }
}
