import path from 'node:path';
import type { EnvironmentState } from '#change/state.ts';
import { renderEnvironment } from '#charts/render.ts';
import { type LoadedEnvironment, readEnvironments } from '#environments/read.ts';
import type { Manifest } from '#manifests/manifest.ts';
import { readManifestText } from '#manifests/read/read.ts';
import type { Finding } from '#model/finding.ts';
import { pointerTo } from '#model/pointer.ts';
import { releaseFolder } from '#model/release.ts';
import { accountOf } from '#preview/claims/account.ts';
import { previewClaims } from '#preview/claims/preview.ts';
import { messageOf } from '#report/messages.ts';
import { loadPolicies } from '#validate/policy/load.ts';
import type { SchemaStore } from '#validate/schema/store.ts';
import { environmentFolder } from './bootstrap-copies.ts';
import { environmentPolicies, hubNameIn, isReliedOn, reliedOn } from './hub.ts';
import { withKnown } from './known-policies.ts';
import { isPolicyName } from './policy-files.ts';
import { type Policies, policiesOf, shippedPolicies } from './policy-manifests.ts';
import type { Revision } from './revision.ts';
import { stateOf, withOrigins } from './states.ts';

/**
 * What the clusters have, from a base: the manifests that were committed there; where none were, what its environment
 * files come to with this version of plimsoll.
 *
 * Output: a state for each environment of the base. Findings tell where one can't be known.
 */
export interface BaseStates {
  readonly states: readonly EnvironmentState[];
  readonly findings: readonly Finding[];
  /** Whether there was anything at all to compare with. */
  readonly isKnown: boolean;
}

interface Folders {
  readonly environments: string;
  readonly output: string;
}

export function baseStates(
  revision: Revision,
  folders: Folders,
  storeFor: (kubernetesVersion: string) => SchemaStore,
): BaseStates {
  const sources = revision
    .files(folders.environments, (file) => /\.ya?ml$/.test(file))
    .map(({ path, text }) => ({ path, text }));
  const read = readEnvironments(sources);
  const loaded = read.value ?? [];
  const delivered = deliveredIn(revision, folders.output);
  const names = new Set([...loaded.map(({ environment }) => environment.metadata.name), ...delivered.keys()]);
  const policies = policiesIn(revision);
  const known: Known = { loaded, delivered, policies, storeFor };
  const states = [...names].map((name) => baseState(name, known));
  return {
    states,
    isKnown: states.length > 0,
    findings: brokenBase(revision, read.findings, delivered.size > 0),
  };
}

function brokenBase(
  revision: Revision,
  findings: readonly Finding[],
  isCompared: boolean,
): readonly Finding[] {
  const [first] = findings.filter(({ severity }) => severity === 'error');
  if (first === undefined) return [];
  const place = first.origin === undefined ? '' : `${first.origin.file}:${first.origin.line}: `;
  return [
    {
      code: 'change-base-broken',
      severity: isCompared ? 'warning' : 'error',
      args: { base: revision.shown, problem: `${place}${messageOf(first).sentence}`, isCompared },
    },
  ];
}

/** Manifests of the output folder by environment, which is its first folder. */
function deliveredIn(revision: Revision, output: string): ReadonlyMap<string, readonly Manifest[]> {
  const byEnvironment = new Map<string, Manifest[]>();
  for (const { path, text } of revision.files(output, (file) => file.endsWith('.yaml'))) {
    const inside = path.slice(output.length + 1);
    // What begins an environment is a copy of files in its folder.
    if (environmentFolder(inside) !== undefined) continue;
    const name = inside.split('/')[0] ?? '';
    const { manifests } = readManifestText(text, inside);
    const own = byEnvironment.get(name) ?? [];
    byEnvironment.set(name, own);
    own.push(...manifests);
  }
  return byEnvironment;
}

/** The policies that the base's clusters have beside its manifests: its own, or those that come with plimsoll. */
function policiesIn(revision: Revision): Policies {
  const own = revision
    .files('policies', (file) => isPolicyName(file.slice('policies/'.length)))
    .map(({ path, text }) => ({ file: path, text }));
  return policiesOf(loadPolicies(own.length > 0 ? own : withKnown(shippedPolicies().files)));
}

interface Known {
  readonly loaded: readonly LoadedEnvironment[];
  readonly delivered: ReadonlyMap<string, readonly Manifest[]>;
  readonly policies: Policies;
  readonly storeFor: (kubernetesVersion: string) => SchemaStore;
}

function baseState(name: string, known: Known): EnvironmentState {
  const { policies, storeFor } = known;
  const loaded = known.loaded.find(({ environment }) => environment.metadata.name === name);
  const delivered = known.delivered.get(name);
  const rendered =
    loaded === undefined
      ? []
      : [...renderEnvironment(loaded), ...environmentPolicies(loaded.environment, policies)];
  const manifests =
    delivered === undefined ? rendered : withOrigins(withChartOrigins(delivered, loaded), rendered);
  const account = loaded?.environment.spec.aws.account ?? accountOf(manifests);
  const { value: claims = [] } = previewClaims([...hubIn(known, loaded, manifests), ...manifests], {
    store: storeFor(loaded?.environment.spec.cluster.kubernetesVersion ?? '1.34'),
    ...(account !== undefined && { account }),
    blameBase: 'claim',
  });
  const described = loaded && { document: loaded.environment, locate: loaded.locate };
  return stateOf(name, manifests, claims, described);
}

/** What the environment's claims rely on in its hub, as it was delivered, or as it would be rendered. */
function hubIn(
  { loaded, delivered, policies }: Known,
  own: LoadedEnvironment | undefined,
  manifests: readonly Manifest[],
): readonly Manifest[] {
  const name = own === undefined ? hubNameIn(manifests) : own.environment.spec.hub;
  if (name === undefined) return [];
  const hub = loaded.find(({ environment }) => environment.metadata.name === name);
  return delivered.get(name)?.filter(isReliedOn) ?? (hub === undefined ? [] : reliedOn(hub, policies));
}

/** What a chart was rendered to comes from the chart's line. */
function withChartOrigins(
  delivered: readonly Manifest[],
  loaded: LoadedEnvironment | undefined,
): readonly Manifest[] {
  if (loaded === undefined) return delivered;
  const { environment, locate } = loaded;
  const folders = new Map(
    Object.keys(environment.spec.charts ?? {}).map((name) => [
      `${environment.metadata.name}/${releaseFolder(name)}`,
      pointerTo('spec', 'charts', name),
    ]),
  );
  return delivered.map((manifest) => {
    const pointer = folders.get(path.posix.dirname(manifest.file));
    return pointer === undefined ? manifest : { ...manifest, locate: () => locate(pointer) };
  });
}
