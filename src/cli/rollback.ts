import { changesBetween, type EffectPart, type EnvironmentChange } from '#change/changes.ts';
import { dataOf } from '#change/risk/stateful.ts';
import { summaryOf } from '#change/summary.ts';
import { at, type Described, described } from '#environments/described.ts';
import { type Brought, bring, differences, told } from '#environments/edit/bring.ts';
import { keys } from '#environments/tree.ts';
import { emit } from '#manifests/emit.ts';
import { type KubernetesObject, subjectOf } from '#manifests/manifest.ts';
import type { Checked } from '#model/finding.ts';
import { suggester } from '#model/suggest.ts';
import { changesText } from '#report/changes/text.ts';
import { printable } from '#report/printable.ts';
import { plural } from '#report/report.ts';
import { items, textOf, at as valueAt } from '#validate/builtin/field.ts';
import type { Arguments } from './arguments.ts';
import { baseStates } from './base-states.ts';
import { prepareChecking } from './checking.ts';
import { checkedEdit, editReport, environmentIn, folderOf, present, settleEdits } from './edited.ts';
import type { CheckedEnvironment } from './environments.ts';
import { progress } from './progress.ts';
import { finish, textOptions, wantedReports } from './reporting.ts';
import { openRevision, type Revision } from './revision.ts';
import { stateOf } from './states.ts';
import { type ExitCode, type Terminal, UsageError } from './terminal.ts';

/**
 * `plimsoll rollback ENVIRONMENT [service or section/name...] --to REVISION`: the environment says again what it said.
 *
 * Brings what was named, or all, back into the environment's own file, then renders and checks it in memory as synth does:
 * tells whether its manifests are those of the revision, byte for byte, what the way back does, and what it does not
 * bring back. Writes the file only where nothing is wrong with that.
 */
export async function rollback(typed: Arguments, terminal: Terminal): Promise<ExitCode> {
  const start = terminal.now();
  const reports = wantedReports(typed, terminal);
  const [name, ...named] = typed.positionals;
  const to = typed.value('to');
  if (name === undefined || to === undefined)
    throw new UsageError('rollback takes an environment and a time: rollback production web --to REVISION');
  const revision = openRevision(terminal.cwd, to);
  const shown = progress(terminal);
  const now = present(typed, terminal);
  const then = described(revision.files(folderOf(typed), (file) => /\.ya?ml$/.test(file)));
  environmentIn(now, name);
  environmentIn(then, name, ` at ${revision.shown}`);
  const brought = named.length === 0 ? whole(now, then, name) : some(now, then, name, named);
  if (brought.value === undefined) {
    shown.end();
    return finish(editReport('rollback', name, brought, false), reports, terminal, {
      milliseconds: terminal.now() - start,
      couldCheck: true,
    });
  }
  const output = typed.value('output') ?? 'dist';
  const { made, report, couldCheck } = checkedEdit(
    'rollback',
    name,
    now,
    brought.value,
    typed,
    terminal,
    shown,
  );
  shown.end();
  const isOutTaken = reports.some(({ file }) => file === undefined);
  const say = isOutTaken ? terminal.err : terminal.out;
  if (made !== undefined) {
    // Compared with what is there before it is edited.
    const change = changeTo(made, typed, terminal, output);
    for (const line of settleEdits(brought.value, typed, terminal)) say(`${line}\n`);
    say(`\n${changesText([summaryOf(change)], textOptions(terminal, isOutTaken))}`);
    for (const line of [...comparedWith(revision, output, made), ...lost(change)])
      say(`${printable(line)}\n`);
    say('\n');
  }
  return finish(report, reports, terminal, {
    milliseconds: terminal.now() - start,
    couldCheck,
  });
}

/** The environment's file as it was; what bases say otherwise since is said in it, so that no other environment changes. */
function whole(now: Described, then: Described, name: string): Checked<Brought> {
  const [target, former] = [environmentIn(now, name), environmentIn(then, name)];
  const file = then.files.find(({ path }) => path === former.path);
  const text = file !== undefined && 'text' in file ? file.text : '';
  const files = now.files.map((one) => (one.path === target.path ? { path: target.path, text } : one));
  const restored = described(files);
  if (!restored.environments.has(name))
    throw new UsageError(
      `the file of ${name} extends what is not there any more: take the environments' folder back with git`,
    );
  const brought = bring(restored, name, { described: then, environment: name }, [['spec']]);
  if (brought.value === undefined) return brought;
  const tree = environmentIn(described(files), name).tree;
  const edits = differences(at(target.tree, ['spec']), at(former.tree, ['spec']), ['spec']).map((one) =>
    told(one, tree),
  );
  return { ...brought, value: { ...brought.value, edits } };
}

function some(now: Described, then: Described, name: string, named: readonly string[]): Checked<Brought> {
  const [target, former] = [environmentIn(now, name), environmentIn(then, name)];
  const paths = named.map((word) => {
    const path = ['spec', ...(word.includes('/') ? word.split('/') : ['services', word])];
    if (at(target.tree, path) !== undefined || at(former.tree, path) !== undefined) return path;
    const section = path.slice(0, -1);
    const known = [target, former].flatMap(({ tree }) => keys(at(tree, section)));
    const near = suggester()(path.at(-1) ?? '', known);
    throw new UsageError(
      `${name} has no ${path.slice(1).join('.')}, neither now nor then${near === undefined ? '' : `; did you mean ${near}?`}`,
    );
  });
  return bring(now, name, { described: then, environment: name }, paths);
}

/** What going back does to what is there now. */
function changeTo(
  made: CheckedEnvironment,
  typed: Arguments,
  terminal: Terminal,
  output: string,
): EnvironmentChange {
  const { optionsFor } = prepareChecking(typed, terminal);
  const folders = { environments: folderOf(typed), output };
  const { states } = baseStates(
    openRevision(terminal.cwd, '.'),
    folders,
    (version) => optionsFor(version).store,
  );
  const before = states.find((state) => state.name === made.name) ?? { name: made.name, resources: [] };
  const head = stateOf(made.name, made.manifests, made.claims, made.described);
  return changesBetween(before, head, optionsFor(made.kubernetesVersion).store);
}

/** Whether what Argo CD will sync is what it synced then. */
function comparedWith(
  revision: Revision,
  output: string,
  { name, manifests }: CheckedEnvironment,
): readonly string[] {
  const then = new Map(
    revision
      .files(`${output}/${name}`, (file) => file.endsWith('.yaml'))
      .map(({ path, text }) => [path, text]),
  );
  if (then.size === 0) return [`${revision.shown} has no manifests of ${name} to compare with`];
  const made = new Map(manifests.map(({ file, object }) => [`${output}/${file}`, emit(object)]));
  const all = [...new Set([...then.keys(), ...made.keys()])].sort();
  const other = all.filter((file) => then.get(file) !== made.get(file));
  if (other.length === 0)
    return [`${output}/${name}: all ${plural(all.length, 'file')} as at ${revision.shown}, byte for byte`];
  return [
    `${output}/${name}: ${all.length - other.length} of ${plural(all.length, 'file')} as at ${revision.shown}; other are, by changes that are not taken back:`,
    ...other.slice(0, MOST_FILES).map((file) => `  ${file}`),
    ...(other.length > MOST_FILES ? [`  and ${other.length - MOST_FILES} more`] : []),
  ];
}

const MOST_FILES = 20;

/** What no file brings back. */
function lost({ changes, effects }: EnvironmentChange): readonly string[] {
  const empty = changes.flatMap(({ action, after }) => {
    if (action !== 'created' || after === undefined || after.madeOf !== undefined) return [];
    const data = dataOf(after.manifest.object, false);
    const { kind, name } = subjectOf(after.manifest);
    return data === undefined ? [] : [`${kind} ${name} comes back without ${data.holds}: restore a backup`];
  });
  const kinds = effects.flatMap(({ cause, parts }) => {
    const [, chart] = /^\/spec\/charts\/([^/]+)\/version$/.exec(cause?.pointer ?? '') ?? [];
    return chart === undefined ? [] : stored(chart, parts);
  });
  const all = [...empty, ...kinds];
  return all.length === 0 ? [] : ['What does not come back:', ...all.map((line) => `  ${line}`)];
}

const CRD = 'CustomResourceDefinition';

/**
 * What another version of a chart did to objects of its kinds. The API server refuses a kind without a version in which
 * objects are stored: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/
 */
function stored(chart: string, parts: readonly EffectPart[]): readonly string[] {
  const objects = parts.flatMap(({ change: { before, after } }) => (after ?? before)?.manifest.object ?? []);
  const crds = objects.flatMap(({ kind, metadata }) => (kind === CRD ? [metadata.name] : []));
  // Rendered: what it brings is known.
  const isRendered = objects.some(({ kind }) => kind !== 'Application' && kind !== 'AppProject');
  if (isRendered && crds.length === 0) return [];
  const whose = isRendered ? crds.join(', ') : `the kinds that chart ${chart} brings`;
  return [
    `objects of ${whose} stay as the other version of the chart left them; where they are stored in a version that goes, the API server refuses the former definition: migrate them first`,
    ...parts.flatMap(({ change: { before, after } }) => {
      // A definition that the former chart did not bring stays: it is never pruned.
      if (before?.manifest.object.kind !== CRD || after === undefined) return [];
      const kept = servedOf(after.manifest.object);
      const gone = servedOf(before.manifest.object).filter((version) => !kept.includes(version));
      const { name } = before.manifest.object.metadata;
      return gone.map((version) => `${name} no longer serves ${version}: whoever asks for it gets 404`);
    }),
  ];
}

const servedOf = (crd: KubernetesObject): readonly string[] =>
  items(valueAt({ value: crd }, 'spec', 'versions'))
    .filter((version) => valueAt(version, 'served').value === true)
    .map((version) => textOf(valueAt(version, 'name')));
