import type { Manifest } from '#manifests/manifest.ts';
import type { CheckName, CheckOutcome } from './check.ts';
import { checkIdentities } from './graph/identity.ts';
import { checkWithKubeconform } from './kubeconform/engine.ts';
import type { KubeconformHost } from './kubeconform/host.ts';
import { checkSchemas } from './schema/check.ts';
import { type CrdsOfXrd, crdsIn } from './schema/documents.ts';
import { type SchemaStore, withCrds } from './schema/store.ts';

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
  readonly policy?: (manifests: readonly Manifest[], store: SchemaStore) => CheckOutcome;
  /** Which cluster a manifest goes to, where the set holds those of several. */
  readonly clusterOf?: (manifest: Manifest) => string;
}

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
  const { crds, findings } = crdsIn(manifests, options.store, options.crdsOfXrd);
  const store = withCrds(options.store, crds);
  const outcomes: CheckOutcome[] = [];
  if (options.checks.includes('schema')) {
    const outcome =
      options.kubeconform === undefined
        ? checkSchemas(manifests, store)
        : checkWithKubeconform(manifests, store, options.kubeconform);
    outcomes.push({ ...outcome, findings: [...findings, ...outcome.findings] });
  }
  if (options.checks.includes('graph')) outcomes.push(checkIdentities(manifests, store));
  if (options.checks.includes('policy') && options.policy !== undefined) {
    outcomes.push(options.policy(manifests, store));
  }
  return outcomes;
}
