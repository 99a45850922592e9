import type { Manifest } from '#manifests/manifest.ts';
import { checkBuiltin } from './builtin/check.ts';
import { checkRules } from './cel/check.ts';
import type { CheckName, CheckOutcome } from './check.ts';
import { checkCompositions } from './composition/check.ts';
import { checkGraph } from './graph/check.ts';
import { checkWithKubeconform } from './kubeconform/engine.ts';
import type { KubeconformHost } from './kubeconform/host.ts';
import type { PolicyOptions } from './policy/policy.ts';
import { checkSchemas, type SchemaOutcome } from './schema/check.ts';
import { type CrdsOfXrd, crdsIn } from './schema/documents.ts';
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
  /** Which cluster a manifest goes to, where the set holds those of several. */
  readonly clusterOf?: (manifest: Manifest) => string;
  /** What earlier runs found clean, where it may be believed. */
  readonly verdicts?: Verdicts;
}

type PolicyExtent = Pick<PolicyOptions, 'judged' | 'asked'>;

/** Runs the checks, in a fixed order, for each cluster apart: what one defines says nothing of another. */
export function validate(
  manifests: readonly Manifest[],
  options: ValidationOptions,
): readonly CheckOutcome[] {
  const clusters = [...byCluster(manifests, options.clusterOf)];
  return clusters
    .map((cluster) => validateCluster(cluster, options))
    .reduce((all, some) => all.map((outcome, index) => together(outcome, some[index])));
}

/** Manifests by cluster; one cluster without manifests where there are none, so that every check is told of. */
function byCluster(
  manifests: readonly Manifest[],
  clusterOf: (manifest: Manifest) => string = () => '',
): Iterable<readonly Manifest[]> {
  const clusters = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    const name = clusterOf(manifest);
    const cluster = clusters.get(name);
    if (cluster === undefined) clusters.set(name, [manifest]);
    else cluster.push(manifest);
  }
  return clusters.size === 0 ? [[]] : clusters.values();
}

/** One check's outcomes of two clusters. What is said of neither's documents (a missing program, say) is said once. */
function together(one: CheckOutcome, other: CheckOutcome | undefined): CheckOutcome {
  if (other === undefined) return one;
  const said = new Set(one.findings.map((finding) => JSON.stringify(finding)));
  const findings = [
    ...one.findings,
    ...other.findings.filter((finding) => !said.has(JSON.stringify(finding))),
  ];
  return { ...one, findings, covered: new Set([...one.covered, ...other.covered]) };
}

function validateCluster(
  manifests: readonly Manifest[],
  options: ValidationOptions,
): readonly CheckOutcome[] {
  const { crds, definitions, findings } = crdsIn(manifests, options.store, options.crdsOfXrd);
  const store = withCrds(options.store, crds);
  const { anew, asked, complete } = recall(
    manifests,
    definitions.map(({ manifest }) => manifest),
    options.previous === undefined ? options.verdicts : undefined,
  );
  const outcomes: CheckOutcome[] = [];
  let unfit: ReadonlySet<Manifest> | undefined;
  if (options.checks.includes('schema')) {
    const outcome: CheckOutcome & Partial<SchemaOutcome> =
      options.kubeconform === undefined
        ? checkSchemas(anew, store)
        : checkWithKubeconform(anew, store, options.kubeconform);
    unfit = outcome.unfit;
    outcomes.push({ ...outcome, findings: [...findings, ...outcome.findings] });
  }
  if (options.checks.includes('cel')) {
    const ruleOptions = { definitions, previous: options.previous, unfit };
    outcomes.push(checkRules(anew, store, ruleOptions));
  }
  if (options.checks.includes('builtin')) outcomes.push(checkBuiltin(anew, { previous: options.previous }));
  if (options.checks.includes('composition')) outcomes.push(checkCompositions(manifests, store));
  if (options.checks.includes('graph')) outcomes.push(checkGraph(manifests, store));
  if (options.checks.includes('policy') && options.policy !== undefined) {
    outcomes.push(options.policy(manifests, store, { judged: anew, asked }));
  }
  return complete(outcomes);
}
