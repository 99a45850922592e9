import type { Manifest } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import { accountOf } from '#preview/claims/account.ts';
import { type PreviewedClaim, previewClaims } from '#preview/claims/preview.ts';
import type { SchemaStore } from '#validate/schema/store.ts';
import { clusters } from './cluster-of.ts';

/** What the claims in anybody's manifests will create, for each cluster apart: Compositions of one are not another's. */
export function previewClusters(
  manifests: readonly Manifest[],
  store: SchemaStore,
): { readonly claims: readonly PreviewedClaim[]; readonly findings: readonly Finding[] } {
  const { clusterOf } = clusters(manifests);
  const byCluster = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    const cluster = clusterOf(manifest);
    const others = byCluster.get(cluster);
    if (others === undefined) byCluster.set(cluster, [manifest]);
    else others.push(manifest);
  }
  const previews = [...byCluster.values()].map((own) => {
    const account = accountOf(own);
    return previewClaims(own, {
      store,
      ...(account === undefined ? {} : { account }),
      blameBase: 'composition',
    });
  });
  return {
    claims: previews.flatMap(({ value }) => value ?? []),
    findings: previews.flatMap(({ findings }) => findings),
  };
}
