import path from 'node:path';
import { emit } from '#manifests/emit.ts';
import { compareTree, isSame, readTree, type Tree } from '#manifests/tree.ts';
import { factsOf } from '#preview/claims/facts.ts';
import type { ManagedResource, PreviewedClaim } from '#preview/claims/preview.ts';
import { printable } from '#report/printable.ts';
import { fails, findingsOf, kindsOf, plural, type Report, type Scope } from '#report/report.ts';
import { type Branch, treeText } from '#report/tree.ts';
import type { Arguments } from './arguments.ts';
import { type CheckedEnvironment, checkEnvironments } from './environments.ts';
import { claimOutput, keptFiles, writeOutput } from './output.ts';
import { progress } from './progress.ts';
import { finish, textOptions, wantedReports } from './reporting.ts';
import { type ExitCode, type Terminal, UsageError } from './terminal.ts';

/**
 * `plimsoll preview`: what Crossplane will create from the claims of environment files.
 *
 * Reads, renders and checks as synth does, then shows for each claim its composite and its managed resources: as a tree
 * for people, or as YAML. Writes only where `--output` asks for it, all or nothing, and nothing with an error anywhere.
 */
export async function preview(typed: Arguments, terminal: Terminal): Promise<ExitCode> {
  const start = terminal.now();
  const reports = wantedReports(typed, terminal);
  const isYaml = formatOf(typed) === 'yaml';
  const isReportOut = reports.some(({ file }) => file === undefined);
  if (isYaml && isReportOut)
    throw new UsageError('standard output is either the YAML or a report: name a file');
  const output = typed.value('output');
  if (output !== undefined)
    claimOutput(terminal.cwd, output, typed.value('environments') ?? 'environments', LAYOUT);
  const shown = progress(terminal);
  const { environments, scopes, couldCheck } = checkEnvironments(typed, terminal, 'dist', shown);
  const seen: Report = {
    command: 'preview',
    gate: 'error',
    scopes: scopes.map((scope) => ofManaged(scope, environments)),
  };
  const report =
    output === undefined
      ? seen
      : withOutcome(
          seen,
          fails(seen, findingsOf(seen))
            ? `${output}/ is as it was`
            : write(environments, output, typed, terminal),
        );
  shown.end();
  if (isYaml) for (const text of environments.flatMap(documentsOf)) terminal.out(`---\n${text}`);
  else {
    const toErr = isReportOut;
    const tree = treeText(environments.map(branchOf), textOptions(terminal, toErr));
    (toErr ? terminal.err : terminal.out)(tree);
  }
  return finish(report, reports, terminal, {
    milliseconds: terminal.now() - start,
    couldCheck,
    isOutTaken: isYaml,
  });
}

/** `<environment>/<application>/<claim>/<identity>.yaml` */
const LAYOUT = /^[^/]+\/[^/]+\/[^/]+\/[^/]+\.yaml$/;

function formatOf(typed: Arguments): 'text' | 'yaml' {
  const format = typed.value('format') ?? 'text';
  if (format === 'text' || format === 'yaml') return format;
  throw new UsageError(`there is no format ${JSON.stringify(format)} (there are text, yaml)`);
}

/** The report speaks of managed resources; what was found elsewhere stays in it. */
function ofManaged(scope: Scope, environments: readonly CheckedEnvironment[]): Scope {
  const { previewed, ...rest } = scope;
  const managed = environments.find(({ name }) => name === scope.name)?.claims.flatMap(manifestsOf) ?? [];
  const covered = new Map(previewed?.checks.map((run) => [run.check, run.covered]));
  return {
    ...rest,
    documents: kindsOf(managed),
    checks: scope.checks.map((run) =>
      'skipped' in run ? run : { ...run, covered: covered.get(run.check) ?? 0 },
    ),
  };
}

const manifestsOf = ({ resources }: PreviewedClaim) => resources.map(({ manifest }) => manifest);

function branchOf({ name, claims }: CheckedEnvironment): Branch {
  const resources = claims.reduce((sum, claim) => sum + claim.resources.length, 0);
  return {
    title: name,
    notes: [plural(claims.length, 'claim'), plural(resources, 'managed resource')],
    children: claims.map(claimBranch),
  };
}

const LATER = '(known after creation)';

function claimBranch({ claim, composite, composition, resources }: PreviewedClaim): Branch {
  const { kind, metadata } = claim.object;
  const made: Branch = {
    title: composite.kind,
    notes: [`name ${LATER}`, `by ${composition.object.metadata.name}`],
    children: resources.map(resourceBranch),
  };
  const whole = metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
  // A composite that somebody wrote without a claim is its own.
  const isClaim = composite.kind !== kind;
  return {
    title: `${kind} ${whole}`,
    notes: isClaim ? [] : (made.notes?.slice(1) ?? []),
    children: isClaim ? [made] : (made.children ?? []),
  };
}

/** Named as in AWS or Atlas; what they name themselves, as in the composition, in brackets. */
function resourceBranch(resource: ManagedResource): Branch {
  const { name, facts, remarks } = factsOf(resource);
  return {
    title: `${resource.manifest.object.kind} ${name === '' ? `(${resource.entry})` : name}`,
    notes: [...facts.map(({ field, value }) => `${field} ${value ?? LATER}`), ...remarks],
  };
}

/** Each managed resource as YAML, with what is a stand-in told before it. */
function documentsOf({ claims }: CheckedEnvironment): readonly string[] {
  return claims.flatMap(({ claim, resources }) => resources.map((resource) => documentOf(claim, resource)));
}

function documentOf({ object }: PreviewedClaim['claim'], { entry, manifest, late }: ManagedResource): string {
  const { name, namespace } = object.metadata;
  const whole = namespace === undefined ? name : `${namespace}/${name}`;
  const told = [
    `${object.kind} ${whole}: ${entry}`,
    ...late.map((pointer) => `known after creation: ${pointer}`),
  ];
  return `${told.map((line) => `# ${printable(line)}\n`).join('')}${emit(manifest.object)}`;
}

function write(
  environments: readonly CheckedEnvironment[],
  output: string,
  typed: Arguments,
  { cwd }: Terminal,
): string {
  const at = path.resolve(cwd, output);
  const names = new Set(environments.map(({ name }) => name));
  const tree = new Map<string, string>(
    keptFiles(typed.positionals.length === 0 ? undefined : readTree(at), names),
  );
  for (const { claim, resources } of environments.flatMap(({ claims }) => claims)) {
    for (const resource of resources) tree.set(resource.manifest.file, documentOf(claim, resource));
  }
  return replaced(at, output, tree);
}

function replaced(at: string, output: string, tree: Tree): string {
  if (isSame(compareTree(at, tree))) return `${output}/ was already current`;
  writeOutput(at, output, tree);
  return `${output}/ written: ${plural(tree.size, 'file')}`;
}

/** The outcome is told once, at the last scope. */
function withOutcome(report: Report, outcome: string): Report {
  const last = report.scopes.length - 1;
  return {
    ...report,
    scopes: report.scopes.map((scope, index) => (index === last ? { ...scope, outcome } : scope)),
  };
}
