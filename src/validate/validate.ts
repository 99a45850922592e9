import type { Manifest } from '#manifests/manifest.ts';
import type { CheckName, CheckOutcome } from './check.ts';
import { checkIdentities } from './graph/identity.ts';
import { checkWithKubeconform } from './kubeconform/engine.ts';
import type { KubeconformHost } from './kubeconform/host.ts';
import { checkSchemas } from './schema/check.ts';
import { type CrdsOfXrd, crdsIn } from './schema/documents.ts';
import { type SchemaStore, withCrds } from './schema/store.ts';

/**
 * Everything that is checked about a set of manifests that go to one cluster.
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

/** Runs the checks, in a fixed order. */
export function validate(
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
  if (options.checks.includes('graph')) outcomes.push(checkIdentities(manifests, options.clusterOf));
  if (options.checks.includes('policy') && options.policy !== undefined) {
    outcomes.push(options.policy(manifests, store));
  }
  return outcomes;
}
