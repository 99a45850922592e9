import path from 'node:path';
import type { EnvironmentState } from '#change/state.ts';
import { renderEnvironment } from '#charts/render.ts';
import { type LoadedEnvironment, readEnvironments } from '#environments/read.ts';
import { fileName } from '#manifests/identity.ts';
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
import { withKnown } from './known-policies.ts';
import { isPolicyName } from './policy-files.ts';
import { policyManifests, shippedPolicies } from './policy-manifests.ts';
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
  const states = [...names].map((name) =>
    baseState(
      name,
      loaded.find(({ environment }) => environment.metadata.name === name),
      delivered.get(name),
      policies,
      storeFor,
    ),
  );
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
function policiesIn(revision: Revision): readonly Manifest[] {
  const own = revision
    .files('policies', (file) => isPolicyName(file.slice('policies/'.length)))
    .map(({ path, text }) => ({ file: path, text }));
  return policyManifests(loadPolicies(own.length > 0 ? own : withKnown(shippedPolicies().files)));
}

function baseState(
  name: string,
  loaded: LoadedEnvironment | undefined,
  delivered: readonly Manifest[] | undefined,
  policies: readonly Manifest[],
  storeFor: (kubernetesVersion: string) => SchemaStore,
): EnvironmentState {
  const rendered =
    loaded === undefined
      ? []
      : [
          ...renderEnvironment(loaded),
          ...policies.map((policy) => ({ ...policy, file: `${name}/cluster/${fileName(policy.object)}` })),
        ];
  const manifests =
    delivered === undefined ? rendered : withOrigins(withChartOrigins(delivered, loaded), rendered);
  const account = loaded?.environment.spec.aws.account ?? accountOf(manifests);
  const { value: claims = [] } = previewClaims(manifests, {
    store: storeFor(loaded?.environment.spec.cluster.kubernetesVersion ?? '1.34'),
    ...(account !== undefined && { account }),
    blameBase: 'claim',
  });
  const described = loaded && { document: loaded.environment, locate: loaded.locate };
  return stateOf(name, manifests, claims, described);
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
