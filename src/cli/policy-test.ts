import fs from 'node:fs';
import path from 'node:path';
import type { Manifest } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import { suggester } from '#model/suggest.ts';
import { kindsOf, plural, type Report, type Scope } from '#report/report.ts';
import type { Policy } from '#validate/policy/admission-policy.ts';
import { missingAnnotations } from '#validate/policy/cases/annotations.ts';
import { caseJudge } from '#validate/policy/cases/judge.ts';
import { type CaseRequest, type PolicyCases, readCases } from '#validate/policy/cases/read.ts';
import { strayCases, type TestedPolicy, testPolicies } from '#validate/policy/cases/test.ts';
import { loadPolicies } from '#validate/policy/load.ts';
import { checkTypes } from '#validate/policy/typecheck/check.ts';
import type { SchemaStore } from '#validate/schema/store.ts';
import type { Arguments } from './arguments.ts';
import { prepareChecking, resourcesOf } from './checking.ts';
import { packageRoot } from './package-root.ts';
import { isCasesName, isPolicyName, policyFiles } from './policy-files.ts';
import { progress } from './progress.ts';
import { finish, wantedReports } from './reporting.ts';
import { type ExitCode, type Terminal, UsageError } from './terminal.ts';
import { DEFAULT_VERSION } from './validate.ts';

/**
 * `plimsoll policy test`: runs the cases beside the policies, and tells what no case shows.
 *
 * Without arguments all policies of `policies/`; else those of the folders and files that are named, or by name.
 */
export async function testPolicyCases(typed: Arguments, terminal: Terminal): Promise<ExitCode> {
  const start = terminal.now();
  const reports = wantedReports(typed, terminal);
  const shown = progress(terminal);
  shown.say('reading the policies');
  const { store } = prepareChecking(typed, terminal).optionsFor(DEFAULT_VERSION);
  const read = readFolders(typed, terminal, store);
  shown.say(`testing ${plural(read.policies.length, 'policy')}`);
  const tested = testPolicies(read.policies, read.cases, caseJudge(resourcesOf(store)));
  const files: Scope = { name: 'policies', documents: [], checks: [], findings: read.findings, waived: [] };
  const report: Report = {
    command: 'policy test',
    gate: 'error',
    scopes: [...(read.findings.length === 0 ? [] : [files]), ...tested.map(scopeOf)],
    nouns: { document: 'case', scope: 'policy' },
  };
  shown.end();
  return finish(report, reports, terminal, {
    milliseconds: terminal.now() - start,
    couldCheck: tested.length > 0,
  });
}

function scopeOf({ policy, allowed, denied, unmatched, requests, findings }: TestedPolicy): Scope {
  const told = [
    [allowed, 'allowed'],
    [denied, 'denied'],
    [unmatched, 'no concern of it'],
  ] as const;
  const outcome = told
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count} ${what}`)
    .join(', ');
  return {
    name: policy,
    documents: kindsOf(requests.flatMap(manifestOf)),
    checks: [],
    findings,
    waived: [],
    ...(outcome !== '' && { outcome }),
  };
}

function manifestOf({ object, oldObject }: CaseRequest): readonly Manifest[] {
  const shown = object ?? oldObject;
  return shown === undefined ? [] : [{ object: shown, file: '', locate: () => undefined }];
}

interface ReadFolders {
  readonly policies: readonly Policy[];
  readonly cases: readonly PolicyCases[];
  readonly findings: readonly Finding[];
}

function readFolders(typed: Arguments, terminal: Terminal, store: SchemaStore): ReadFolders {
  const targets = typed.positionals.map((typedName) => targetOf(typedName, terminal));
  const named = targets.flatMap((target) => ('name' in target ? [target.name] : []));
  const folders = new Map<string, Target[]>();
  for (const target of targets) {
    const folder = 'folder' in target ? target.folder : standard(terminal);
    folders.set(folder, [...(folders.get(folder) ?? []), target]);
  }
  if (targets.length === 0) folders.set(standard(terminal), []);
  const read = [...folders].map(([folder, own]) => readFolder(folder, own, terminal, store));
  const policies = read.flatMap((one) => one.policies);
  const suggest = suggester();
  for (const name of named) {
    if (policies.some((policy) => policy.name === name)) continue;
    const near = suggest(
      name,
      read.flatMap(({ names }) => names),
    );
    throw new UsageError(
      `there is neither a path nor a policy ${JSON.stringify(name)}${near === undefined ? '' : `; did you mean ${near}?`}`,
    );
  }
  return {
    policies,
    cases: read.flatMap((one) => one.cases),
    findings: read.flatMap((one) => one.findings),
  };
}

/** What an argument asks for: a folder, a file of one, or a policy by its name. */
type Target = { readonly folder: string; readonly file?: string } | { readonly name: string };

function targetOf(typedName: string, { cwd }: Terminal): Target {
  const at = path.resolve(cwd, typedName);
  const stat = fs.statSync(at, { throwIfNoEntry: false });
  if (stat?.isDirectory()) return { folder: at };
  if (stat?.isFile()) return { folder: path.dirname(at), file: path.basename(at) };
  return { name: typedName };
}

/** The folder that one stands in has policies, or those that come with plimsoll are tested. */
function standard({ cwd }: Terminal): string {
  const own = path.join(cwd, 'policies');
  return fs.statSync(own, { throwIfNoEntry: false })?.isDirectory()
    ? own
    : path.join(packageRoot(), 'policies');
}

function readFolder(folder: string, targets: readonly Target[], { cwd }: Terminal, store: SchemaStore) {
  const relative = path.relative(cwd, folder);
  const shown = relative === '' ? '.' : relative.startsWith('..') ? folder : relative.replaceAll('\\', '/');
  const policyTexts = policyFiles(folder, shown, isPolicyName);
  const caseTexts = policyFiles(folder, shown, isCasesName);
  const loaded = loadPolicies(policyTexts.files);
  const all = loaded.value ?? [];
  const readings = caseTexts.files.map(readCases);
  const cases = readings.flatMap((reading) => reading.cases ?? []);
  const names = all.map(({ name }) => name);
  const isAsked = isAskedBy(targets, shown, cases);
  const policies = all.filter(isAsked);
  const isWhole = policies.length === all.length;
  const findings = [
    ...policyTexts.findings,
    ...caseTexts.findings,
    ...loaded.findings,
    ...readings.flatMap((reading) => reading.findings),
    ...strayCases(cases, namesOf(loaded.documents.map(({ value }) => value))),
    ...missingAnnotations(loaded.documents),
    ...checkTypes(all, [...loaded.documents, ...loaded.derived])(store),
  ];
  const files = new Set([
    ...policies.map(({ origin }) => origin.file),
    ...cases.filter(({ policy }) => policies.some(({ name }) => name === policy)).map(({ file }) => file),
  ]);
  return {
    policies,
    names,
    cases,
    // Of the others only what was asked for counts.
    findings: isWhole
      ? findings
      : findings.filter(({ origin }) => origin === undefined || files.has(origin.file)),
  };
}

function isAskedBy(targets: readonly Target[], shown: string, cases: readonly PolicyCases[]) {
  const isAll =
    targets.length === 0 || targets.some((target) => 'folder' in target && target.file === undefined);
  return ({ name, origin }: Policy): boolean =>
    isAll ||
    targets.some((target) =>
      'name' in target
        ? target.name === name
        : `${shown}/${target.file}` === origin.file ||
          cases.some(({ policy, file }) => policy === name && file === `${shown}/${target.file}`),
    );
}

/** Policies that could not be loaded have a finding already: their cases are no strays. */
const namesOf = (documents: readonly Readonly<Record<string, unknown>>[]): readonly string[] =>
  documents.flatMap(({ kind, metadata }) =>
    kind === 'ValidatingAdmissionPolicy' &&
    typeof metadata === 'object' &&
    metadata !== null &&
    'name' in metadata &&
    typeof metadata.name === 'string'
      ? [metadata.name]
      : [],
  );
