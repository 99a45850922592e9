import path from 'node:path';
import { type Described, described } from '#environments/described.ts';
import type { Brought, Edit } from '#environments/edit/bring.ts';
import { readSourceFiles } from '#environments/files.ts';
import type { Checked, Finding } from '#model/finding.ts';
import { segmentsOf } from '#model/pointer.ts';
import { suggester } from '#model/suggest.ts';
import { printable } from '#report/printable.ts';
import { fails, findingsOf, plural, type Report, type Scope } from '#report/report.ts';
import type { Arguments } from './arguments.ts';
import { type CheckedEnvironment, checkEnvironments } from './environments.ts';
import type { Progress } from './progress.ts';
import { replaceFile } from './replace-file.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** What the commands that edit environment files have in common: reading, writing, and telling what was written. */

export const folderOf = (typed: Arguments): string => typed.value('environments') ?? 'environments';

/** The environment files as they are in the working tree. */
export const present = (typed: Arguments, { cwd }: Terminal): Described =>
  described(readSourceFiles(path.resolve(cwd, folderOf(typed)), folderOf(typed)));

/** @throws UsageError for one that is not there, or can't be read. */
export function environmentIn({ environments }: Described, name: string, where = '') {
  const found = environments.get(name);
  if (found !== undefined) return found;
  const known = [...environments.keys()];
  const near = suggester()(name, known);
  const others = known.length === 0 ? 'there is none that can be read' : `there are ${known.join(', ')}`;
  throw new UsageError(
    `there is no environment ${JSON.stringify(name)}${where}${near === undefined ? '' : `; did you mean ${near}?`} (${others})`,
  );
}

/** Writes what was brought, unless it is only to be shown. Returns lines for people. */
export function settleEdits(
  { path: file, text, edits }: Brought,
  typed: Arguments,
  { cwd }: Terminal,
): readonly string[] {
  const isShown = typed.has('dry-run');
  if (edits.length > 0 && !isShown) replaceFile(path.resolve(cwd, file), text);
  return edits.map((edit) => {
    const { origin, pointer } = edit;
    return printable(
      `${origin.file}:${origin.line}:${origin.column}: ${segmentsOf(pointer).join('.')}: ${valuesOf(edit)}`,
    );
  });
}

const valuesOf = ({ before, after }: Edit): string =>
  after === undefined ? `${shown(before)} -> (nothing)` : `${shown(before)} -> ${shown(after)}`;

function shown(value: unknown): string {
  if (value === undefined) return '(nothing)';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}...` : text;
}

const LONGEST = 160;

/** A report on edits that were made, or refused. */
export function editReport(
  command: string,
  name: string,
  { value, findings }: Checked<Brought>,
  isDryRun: boolean,
): Report {
  const count = value?.edits.length ?? 0;
  const outcome =
    value === undefined
      ? NOTHING
      : count === 0
        ? `${value.path} says so already`
        : `${value.path} ${isDryRun ? 'would get' : 'has'} ${plural(count, 'new value')}`;
  return scoped(command, name, findings, outcome, count);
}

const NOTHING = 'nothing is changed';

export const scoped = (
  command: string,
  name: string,
  findings: readonly Finding[],
  outcome: string = NOTHING,
  count = 0,
): Report => ({
  command,
  gate: 'error',
  nouns: { document: 'value', scope: 'environment' },
  scopes: [
    {
      name,
      documents: count === 0 ? [] : [{ kind: 'value', count }],
      checks: [],
      findings,
      waived: [],
      outcome,
    },
  ],
});

export interface CheckedEdit {
  /** What the environment comes to with the edit; undefined where that is not what may be delivered. */
  readonly made: CheckedEnvironment | undefined;
  readonly report: Report;
  readonly couldCheck: boolean;
}

/** Renders and checks an environment with what was brought, as synth would, before anything is written. */
export function checkedEdit(
  command: string,
  name: string,
  now: Described,
  brought: Brought,
  typed: Arguments,
  terminal: Terminal,
  shown: Progress,
): CheckedEdit {
  const { path: file, text } = brought;
  const only: Arguments = { ...typed, positionals: [name] };
  const files = now.files.map((one) => (one.path === file ? { path: file, text } : one));
  const output = typed.value('output') ?? 'dist';
  const { environments, scopes, couldCheck } = checkEnvironments(only, terminal, output, shown, { files });
  const plain = editReport(command, name, { value: brought, findings: [] }, typed.has('dry-run'));
  const judged: Report = { ...plain, scopes };
  const isRefused = fails(judged, findingsOf(judged));
  const own = isRefused ? scoped(command, name, []) : plain;
  const report: Report = {
    ...own,
    // Of what was checked only what was found: the edit is what was asked for.
    scopes: [...own.scopes.map((scope) => ({ ...scope, ...foundIn(scopes) }))],
  };
  return { made: isRefused ? undefined : environments[0], report, couldCheck };
}

const foundIn = (scopes: readonly Scope[]): Pick<Scope, 'findings' | 'waived' | 'baseline'> => {
  const baseline = scopes.flatMap((scope) => scope.baseline ?? []);
  return {
    findings: scopes.flatMap(({ findings }) => findings),
    waived: scopes.flatMap(({ waived }) => waived),
    ...(baseline.length > 0 && { baseline }),
  };
};
