import { groupOf, identity } from '#manifests/identity.ts';
import { type KubernetesObject, type Manifest, subjectOf } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import type { CheckOutcome } from '../check.ts';
import { findingAt } from '../finding.ts';
import type { SchemaStore } from '../schema/store.ts';

/**
 * Each object once: two manifests of one identity (group, kind, namespace and name, whatever the version) are
 * one object to the API server, and the one that is applied last would win silently.
 *
 * Input: manifests that go to one cluster, and the schemas, which know what has a namespace.
 * Guarantees: pure; every double is reported at its own place and names the first.
 */
export function checkIdentities(manifests: readonly Manifest[], store: Scopes): CheckOutcome {
  const first = new Map<string, Manifest>();
  const findings: Finding[] = [];
  for (const manifest of manifests) {
    const key = identity(asStored(manifest.object, store));
    const other = first.get(key);
    if (other === undefined) first.set(key, manifest);
    else findings.push(duplicate(manifest, other));
  }
  return { check: 'graph', engine: 'embedded', findings, covered: new Set(manifests) };
}

/** What tells whether a kind has a namespace. */
type Scopes = Pick<SchemaStore, 'find' | 'versionsOf'>;

/** An empty namespace is none, and the API server drops one from what belongs to no namespace. */
function asStored(object: KubernetesObject, store: Scopes): KubernetesObject {
  const { namespace, ...metadata } = object.metadata;
  if (namespace === undefined) return object;
  return namespace === '' || isOfCluster(object, store) ? { ...object, metadata } : object;
}

/** A version that is not served any more, or not yet, has the scope of the others. */
function isOfCluster({ apiVersion, kind }: KubernetesObject, store: Scopes): boolean {
  const served = store.find(apiVersion, kind) ? apiVersion : store.versionsOf(groupOf(apiVersion), kind)[0];
  return served !== undefined && store.find(served, kind)?.scope === 'Cluster';
}

function duplicate(manifest: Manifest, other: Manifest): Finding {
  const { kind, namespace, name } = subjectOf(manifest);
  const origin = other.locate('/metadata/name');
  const place = origin === undefined ? other.file : `${origin.file}:${origin.line}:${origin.column}`;
  const whole =
    namespace === undefined || namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
  const args = { identity: whole, other: place };
  return findingAt(manifest, { code: 'manifest-duplicate', severity: 'error', args }, '/metadata/name');
}
