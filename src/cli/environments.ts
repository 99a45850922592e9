import path from 'node:path';
import type { Described } from '#change/state.ts';
import { renderEnvironment } from '#charts/render.ts';
import { readSourceFiles } from '#environments/files.ts';
import { type LoadedEnvironment, readEnvironments } from '#environments/read.ts';
import type { SourceFile } from '#environments/source.ts';
import type { Manifest } from '#manifests/manifest.ts';
import type { Environment } from '#model/environment/environment.ts';
import type { Finding } from '#model/finding.ts';
import { granted } from '#model/identities.ts';
import { suggester } from '#model/suggest.ts';
import { isHosted } from '#model/topology.ts';
import { allClaims } from '#platform/catalogue.ts';
import { checkLimits } from '#platform/limits.ts';
import { type PreviewedClaim, previewClaims } from '#preview/claims/preview.ts';
import type { Scope } from '#report/report.ts';
import { ACCEPTED } from './accepted.ts';
import type { Arguments } from './arguments.ts';
import { type Base, baseManifests, namedBase, presentBase } from './base/base.ts';
import { formerOf } from './base/former.ts';
import { renderCharts } from './charts/render.ts';
import { type ChartFolder, chartFolder } from './charts/store.ts';
import { type Checking, prepareChecking } from './checking.ts';
import { environmentPolicies, hubOf, reliedOn } from './hub.ts';
import { idlePolicies } from './idle-policies.ts';
import { letPass, preparePassing } from './passing.ts';
import type { Progress } from './progress.ts';
import { type CheckedScope, checkedScope } from './scope.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** What was made of one environment. */
export interface CheckedEnvironment {
  readonly name: string;
  /** The policies that guard its cluster included. */
  readonly manifests: readonly Manifest[];
  /** What its claims will create. */
  readonly claims: readonly PreviewedClaim[];
  /** The environment that it was rendered from, and where each of its values is written. */
  readonly described: Described & { readonly document: Environment };
  readonly kubernetesVersion: string;
}

export interface CheckedEnvironments {
  readonly environments: readonly CheckedEnvironment[];
  /** What was found in the files themselves, if anything; then each environment. */
  readonly scopes: readonly Scope[];
  /** Whether there was anything that could be read and checked. */
  readonly couldCheck: boolean;
  /** Errors of the files themselves: the environments that they speak of were not rendered, so nobody judged them. */
  readonly unrendered: readonly Finding[];
}

export interface Circumstances {
  readonly withLedger?: boolean;
  /** The environment files, where they are not to be those on disk. */
  readonly files?: readonly SourceFile[];
  /** Judge as this Kubernetes would, and not as the environment's. */
  readonly kubernetesVersion?: string | undefined;
}

/**
 * Reads every environment (they are checked against each other), renders those that were named, previews what their
 * claims will create, and checks all of it: as changes of what was delivered before, where it was.
 *
 * @param delivered Folder with the manifests that the clusters have. Throws UsageError for options that can't be meant.
 */
export function checkEnvironments(
  typed: Arguments,
  terminal: Terminal,
  delivered: string,
  shown: Progress,
  { withLedger = false, files, kubernetesVersion }: Circumstances = {},
): CheckedEnvironments {
  const folder = typed.value('environments') ?? 'environments';
  shown.say('reading the environment files');
  const { value: loaded, findings } = readEnvironments(
    files ?? readSourceFiles(path.resolve(terminal.cwd, folder), folder),
    terminal.today(),
  );
  const checking = prepareChecking(typed, terminal);
  const passing = preparePassing(typed, terminal, checking);
  const chosen = choose(loaded ?? [], typed.positionals, findings);
  const base = baseOf(typed, terminal, delivered);
  const isReady = ({ environment }: LoadedEnvironment) =>
    // What is wrong with the hub is told of the hub; without it nothing could be said of the claims.
    !isHosted(environment) || hubOf(environment, loaded ?? []) !== undefined;
  const checked = chosen.filter(isReady).map((environment) =>
    check(environment, {
      all: loaded ?? [],
      checking,
      base,
      shown,
      withLedger,
      kubernetesVersion,
      terminal,
      charts: chartFolder(terminal, folder),
    }),
  );
  const unrendered = findings.filter(({ severity }) => severity === 'error');
  const isBroken = unrendered.length > 0;
  const isWhole = typed.positionals.length === 0 && !isBroken;
  const passed = letPass(
    checked.map(({ scope }) => scope),
    passing,
    { isWhole, accepted: ACCEPTED },
  );
  const judging = new Set(checked.flatMap(({ scope }) => [...scope.judging]));
  const idle =
    isWhole && passing.isComplete ? idlePolicies(checking.policyManifests, judging, checked.length) : [];
  const own: Scope = {
    name: folder,
    documents: [],
    checks: [],
    findings: [
      ...findings,
      ...checking.findings,
      ...(base?.findings ?? []),
      ...checking.unjudged(base !== undefined),
      ...passing.findings,
      ...passed.findings,
      ...idle,
    ],
    waived: [],
    ...(passed.outcome !== undefined && { outcome: passed.outcome }),
  };
  const { scopes } = passed;
  return {
    environments: checked.map(({ environment }) => environment),
    scopes: withFiles(own, scopes),
    couldCheck: loaded !== undefined,
    unrendered,
  };
}

interface Run extends Circumstances {
  /** Every environment that could be read: one may be another's hub. */
  readonly all: readonly LoadedEnvironment[];
  readonly checking: Checking;
  readonly base: Base | undefined;
  readonly shown: Progress;
  readonly terminal: Terminal;
  readonly charts: ChartFolder;
}

function check(
  loaded: LoadedEnvironment,
  { all, checking, base, shown, withLedger = false, kubernetesVersion, terminal, charts }: Run,
): { readonly environment: CheckedEnvironment; readonly scope: CheckedScope } {
  const { environment, locate } = loaded;
  const { name } = environment.metadata;
  shown.say(`rendering ${name}`);
  const version = kubernetesVersion ?? environment.spec.cluster.kubernetesVersion;
  const options = checking.optionsFor(version, 'whole');
  const scopeOf = (apiVersion: string, kind: string) => options.store.find(apiVersion, kind)?.scope;
  const rendered = renderCharts(loaded, charts, scopeOf, terminal, version);
  const policies = environmentPolicies(environment, checking);
  const manifests = [...renderEnvironment(loaded, rendered.kinds), ...rendered.manifests, ...policies];
  const hub = hubOf(environment, all);
  const ofHub = hub === undefined ? [] : reliedOn(hub, checking);
  shown.say(`previewing ${name}`);
  const claimsOf = (own: readonly Manifest[]) =>
    previewClaims([...ofHub, ...own], {
      store: options.store,
      account: environment.spec.aws.account,
      blameBase: 'claim',
    });
  const { value: claims = [], findings } = claimsOf(manifests);
  const before = base?.manifests.filter(({ file }) => file.startsWith(`${name}/`));
  const former = before && formerOf({ manifests, claims }, before, (own) => claimsOf(own).value ?? []);
  shown.say(`checking ${name}`);
  const scope = checkedScope(
    name,
    manifests,
    {
      ...options,
      ...(former && { previous: former.previous, deleted: former.deleted }),
    },
    {
      // What AWS or Atlas would refuse about the claims, and no schema can say.
      earlier: [
        ...checkLimits(allClaims(environment, granted(environment)), locate),
        ...rendered.findings,
        ...findings,
      ],
      claims,
      ofHub,
      formerClaims: former?.claims ?? [],
      environment: name,
      withLedger,
    },
  );
  const made: CheckedEnvironment = {
    name,
    manifests,
    claims,
    described: { document: environment, locate },
    kubernetesVersion: version,
  };
  return { environment: made, scope };
}

/** What the clusters have: what was named, else what lies in the output folder, unless all is to count as new. */
function baseOf(typed: Arguments, terminal: Terminal, delivered: string): Base | undefined {
  if (typed.has('base') && typed.has('fresh'))
    throw new UsageError('--fresh judges all as new, --base compares: give one of them');
  const named = namedBase(typed, terminal);
  // Files are called as those that are rendered: by environment.
  const nameOf = (file: string, root: string) => path.posix.relative(root, file);
  // Manifests that are written somewhere else are still those that the base has in its own place.
  const inside = path.relative(terminal.cwd, path.resolve(terminal.cwd, delivered)).replaceAll(path.sep, '/');
  const folder = inside.startsWith('..') ? 'dist' : inside;
  if (named !== undefined) return baseManifests(named, [folder], nameOf);
  const present = typed.has('fresh') ? undefined : presentBase(delivered, terminal.cwd);
  return present && withoutFindings(baseManifests(present, ['.'], nameOf));
}

/** What lies in the output is written anew, so nobody need mend it. */
const withoutFindings = (base: Base): Base => ({ ...base, findings: [] });

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

/** What is wrong with the files themselves comes first; what is only to be noted, last. */
function withFiles(files: Scope, scopes: readonly Scope[]): readonly Scope[] {
  if (files.findings.length === 0 && files.outcome === undefined) return scopes;
  const isNote = files.findings.every(({ severity }) => severity === 'info');
  return isNote ? [...scopes, files] : [files, ...scopes];
}
