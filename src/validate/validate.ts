import type { Manifest } from '#manifests/manifest.ts';
import { checkBuiltin } from './builtin/check.ts';
import { checkRules } from './cel/check.ts';
import type { CheckName, CheckOutcome } from './check.ts';
import { checkCompositions } from './composition/check.ts';
import { checkDelivery, checkGraph, type Elsewhere } from './graph/check.ts';
import { checkWithKubeconform } from './kubeconform/engine.ts';
import type { KubeconformHost } from './kubeconform/host.ts';
import type { PolicyOptions } from './policy/policy.ts';
import { checkSchemas, type SchemaOutcome } from './schema/check.ts';
import { type CrdsOfXrd, crdsIn, isXrd } from './schema/documents.ts';
import { type SchemaStore, withCrds } from './schema/store.ts';
import { recall, type Verdicts } from './verdicts.ts';

/**
 * Everything that is checked about a set of manifests, which go to one cluster or to several.
 *
 * Input: manifests from anywhere, schemas, and which checks to run. Output: one outcome for each check.
 * Guarantees: pure but for kubeconform; a check that was asked for is in the outcomes; see coverage.ts for what
 * none of them looked at.
 */
export interface ValidationOptions {
  /** Kubernetes' schemas, the imported ones, and the user's. Those in the manifests are added. */
  readonly store: SchemaStore;
  readonly checks: readonly CheckName[];
  /** Present: kubeconform judges schemas instead of the embedded engine. */
  readonly kubeconform?: KubeconformHost;
  readonly crdsOfXrd?: CrdsOfXrd;
  /** Judges by policy; the policies are the caller's. */
  readonly policy?: (
    manifests: readonly Manifest[],
    store: SchemaStore,
    extent?: PolicyExtent,
  ) => CheckOutcome;
  /** What an object was before the change that is judged, for rules on what changes; without it, all are new. */
  readonly previous?: (manifest: Manifest) => unknown;
  /** What was there before that change and is no more, for policies on deletions. */
  readonly deleted?: readonly Manifest[];
  /** Whether a manifest is one that policies take values from: what others are judged by. */
  readonly isParam?: (manifest: Manifest) => boolean;
  /** Which cluster a manifest goes to, where the set holds those of several. */
  readonly clusterOf?: (manifest: Manifest) => string;
  /** Present where one Argo CD delivers to several of those clusters. */
  readonly fleets?: Fleets;
  /** What earlier runs found clean, where it may be believed. */
  readonly verdicts?: Verdicts;
}

/** Which Argo CD delivers what, and where to. */
export interface Fleets {
  /** Clusters that one Argo CD delivers to have one fleet. */
  readonly fleetOf: (manifest: Manifest) => string;
  readonly isApplication: (manifest: Manifest) => boolean;
  /** The cluster that an Application delivers to. */
  readonly destinationOf: (application: Manifest) => string;
  /** The cluster of the environment that a manifest belongs to, wherever it goes itself. */
  readonly servedOf: (manifest: Manifest) => string;
}

type PolicyExtent = Pick<PolicyOptions, 'judged' | 'asked' | 'previous' | 'deleted'>;

/** Runs the checks, in a fixed order, for each cluster apart: what one defines says nothing of another. */
export function validate(
  manifests: readonly Manifest[],
  options: ValidationOptions,
): readonly CheckOutcome[] {
  const clusters = byCluster(manifests, options.clusterOf);
  const gone = byCluster(options.deleted ?? [], options.clusterOf);
  const names = new Set([...clusters.keys(), ...gone.keys()]);
  // So that every check is told of, even where there is nothing.
  if (names.size === 0) names.add('');
  const elsewhere = elsewhereOf(manifests, options.fleets);
  const outcomes = [...names]
    .map((name) =>
      validateCluster(clusters.get(name) ?? [], gone.get(name) ?? [], options, elsewhere?.(name)),
    )
    .reduce((all, some) => all.map((outcome, index) => together(outcome, some[index])));
  return options.fleets === undefined ? outcomes : withDelivery(outcomes, manifests, options.fleets, options);
}

function elsewhereOf(
  manifests: readonly Manifest[],
  fleets: Fleets | undefined,
): ((cluster: string) => Elsewhere) | undefined {
  if (fleets === undefined) return undefined;
  const applications = byCluster(manifests.filter(fleets.isApplication), fleets.destinationOf);
  const cloud = byCluster(manifests, fleets.servedOf);
  return (cluster) => ({
    applications: applications.get(cluster) ?? [],
    cloud: cloud.get(cluster) ?? [],
  });
}

/** What Applications say of all the clusters that they go to, added to what was said of each. */
function withDelivery(
  outcomes: readonly CheckOutcome[],
  manifests: readonly Manifest[],
  { fleetOf }: Fleets,
  options: ValidationOptions,
): readonly CheckOutcome[] {
  const found = [...byCluster(manifests, fleetOf).values()].flatMap((fleet) => {
    const { crds } = crdsIn(fleet, options.store, options.crdsOfXrd);
    return checkDelivery(fleet, withCrds(options.store, crds), options.clusterOf ?? oneCluster);
  });
  return outcomes.map((outcome) =>
    outcome.check === 'graph' ? { ...outcome, findings: [...outcome.findings, ...found] } : outcome,
  );
}

function byCluster(
  manifests: readonly Manifest[],
  clusterOf: (manifest: Manifest) => string = oneCluster,
): ReadonlyMap<string, readonly Manifest[]> {
  const clusters = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    const name = clusterOf(manifest);
    const cluster = clusters.get(name);
    if (cluster === undefined) clusters.set(name, [manifest]);
    else cluster.push(manifest);
  }
  return clusters;
}

/** One check's outcomes of two clusters. What is said of neither's documents (a missing program, say) is said once. */
function together(one: CheckOutcome, other: CheckOutcome | undefined): CheckOutcome {
  if (other === undefined) return one;
  const said = new Set(one.findings.map((finding) => JSON.stringify(finding)));
  const findings = [
    ...one.findings,
    ...other.findings.filter((finding) => !said.has(JSON.stringify(finding))),
  ];
  const covered = new Set([...one.covered, ...other.covered]);
  if (one.judgedBy === undefined || other.judgedBy === undefined) return { ...one, findings, covered };
  return { ...one, findings, covered, judgedBy: new Map([...one.judgedBy, ...other.judgedBy]) };
}

const oneCluster = (): string => '';

const noParam = (): boolean => false;

function validateCluster(
  manifests: readonly Manifest[],
  deleted: readonly Manifest[],
  options: ValidationOptions,
  elsewhere?: Elsewhere,
): readonly CheckOutcome[] {
  const { crds, definitions, findings, ofXrds } = crdsIn(manifests, options.store, options.crdsOfXrd);
  const store = withCrds(options.store, crds);
  const { anew, asked, complete } = recall(
    manifests,
    [...definitions.map(({ manifest }) => manifest), ...manifests.filter(options.isParam ?? noParam)],
    options.previous === undefined ? options.verdicts : undefined,
  );
  const { previous } = options;
  const outcomes: CheckOutcome[] = [];
  let unfit: ReadonlySet<Manifest> | undefined;
  if (options.checks.includes('schema')) {
    const outcome: CheckOutcome & Partial<SchemaOutcome> =
      options.kubeconform === undefined
        ? checkSchemas(anew, store, { previous })
        : checkWithKubeconform(anew, store, options.kubeconform);
    unfit = outcome.unfit;
    outcomes.push({ ...outcome, findings: [...findings, ...outcome.findings] });
  }
  if (options.checks.includes('cel')) {
    // What is wrong with an XRD is the composition check's to tell.
    const told = definitions.filter(
      ({ manifest }) => !isXrd(manifest) || options.checks.includes('composition'),
    );
    const ruleOptions = { definitions: told, previous: options.previous, unfit };
    outcomes.push(checkRules(anew, store, ruleOptions));
  }
  if (options.checks.includes('builtin')) outcomes.push(checkBuiltin(anew, { previous: options.previous }));
  if (options.checks.includes('composition')) {
    const xrds = definitions.filter(({ manifest }) => isXrd(manifest));
    const outcome = checkCompositions(manifests, store, xrds);
    outcomes.push({ ...outcome, findings: [...ofXrds, ...outcome.findings] });
  }
  if (options.checks.includes('graph')) outcomes.push(checkGraph(manifests, store, { elsewhere, deleted }));
  if (options.checks.includes('policy') && options.policy !== undefined) {
    outcomes.push(options.policy(manifests, store, { judged: anew, asked, previous, deleted }));
  }
  return complete(outcomes);
}
