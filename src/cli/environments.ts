import path from 'node:path';
import { renderEnvironment } from '#charts/render.ts';
import { readSourceFiles } from '#environments/files.ts';
import { type LoadedEnvironment, readEnvironments } from '#environments/read.ts';
import { fileName } from '#manifests/identity.ts';
import type { Manifest } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import { granted } from '#model/identities.ts';
import { suggester } from '#model/suggest.ts';
import { allClaims } from '#platform/catalogue.ts';
import { checkLimits } from '#platform/limits.ts';
import { type PreviewedClaim, previewClaims } from '#preview/claims/preview.ts';
import type { Scope } from '#report/report.ts';
import { isAccepted } from './accepted.ts';
import type { Arguments } from './arguments.ts';
import { type Checking, prepareChecking } from './checking.ts';
import { formerObjects } from './former-objects.ts';
import type { Progress } from './progress.ts';
import { checkedScope } from './scope.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** What was made of one environment. */
export interface CheckedEnvironment {
  readonly name: string;
  /** The policies that guard its cluster included. */
  readonly manifests: readonly Manifest[];
  /** What its claims will create. */
  readonly claims: readonly PreviewedClaim[];
}

export interface CheckedEnvironments {
  readonly environments: readonly CheckedEnvironment[];
  /** What was found in the files themselves, if anything; then each environment. */
  readonly scopes: readonly Scope[];
  /** Whether there was anything that could be read and checked. */
  readonly couldCheck: boolean;
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
): CheckedEnvironments {
  const folder = typed.value('environments') ?? 'environments';
  shown.say('reading the environment files');
  const { value: loaded, findings } = readEnvironments(
    readSourceFiles(path.resolve(terminal.cwd, folder), folder),
  );
  const checking = prepareChecking(typed, terminal);
  const chosen = choose(loaded ?? [], typed.positionals, findings);
  const former = typed.has('fresh') ? undefined : formerObjects(path.resolve(terminal.cwd, delivered));
  const checked = chosen.map((environment) => check(environment, checking, former, shown));
  const files: Scope = {
    name: folder,
    documents: [],
    checks: [],
    findings: [...findings, ...checking.findings],
    waived: 0,
  };
  const scopes = checked.map(({ scope }) => scope);
  return {
    environments: checked.map(({ environment }) => environment),
    scopes: files.findings.length === 0 ? scopes : [files, ...scopes],
    couldCheck: loaded !== undefined,
  };
}

function check(
  loaded: LoadedEnvironment,
  checking: Checking,
  former: ((manifest: Manifest) => unknown) | undefined,
  shown: Progress,
) {
  const { environment, locate } = loaded;
  const { name } = environment.metadata;
  shown.say(`rendering ${name}`);
  const policies = checking.policyManifests.map((policy) => ({
    ...policy,
    file: `${name}/cluster/${fileName(policy.object)}`,
  }));
  const manifests = [...renderEnvironment(loaded), ...policies];
  const options = {
    ...checking.optionsFor(environment.spec.cluster.kubernetesVersion),
    ...(former && { previous: former }),
  };
  shown.say(`previewing ${name}`);
  const { value: claims = [], findings } = previewClaims(manifests, {
    store: options.store,
    account: environment.spec.aws.account,
    blameBase: 'claim',
  });
  shown.say(`checking ${name}`);
  const scope = checkedScope(name, manifests, options, {
    // What AWS or Atlas would refuse about the claims, and no schema can say.
    earlier: [...checkLimits(allClaims(environment, granted(environment)), locate), ...findings],
    claims,
    isWaived: isAccepted,
  });
  const made: CheckedEnvironment = { name, manifests, claims };
  return { environment: made, scope };
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
