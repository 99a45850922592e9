import { identity } from '#manifests/identity.ts';
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
export function checkIdentities(
  manifests: readonly Manifest[],
  store: Pick<SchemaStore, 'find'>,
): CheckOutcome {
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

/** An empty namespace is none, and the API server drops one from what belongs to no namespace. */
function asStored(object: KubernetesObject, store: Pick<SchemaStore, 'find'>): KubernetesObject {
  const { namespace, ...metadata } = object.metadata;
  if (namespace === undefined) return object;
  const isDropped = namespace === '' || store.find(object.apiVersion, object.kind)?.scope === 'Cluster';
  return isDropped ? { ...object, metadata } : object;
}

function duplicate(manifest: Manifest, other: Manifest): Finding {
  const { kind, namespace, name } = subjectOf(manifest);
  const origin = other.locate('/metadata/name');
  const place = origin === undefined ? other.file : `${origin.file}:${origin.line}:${origin.column}`;
  const whole = namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
  const args = { identity: whole, other: place };
  return findingAt(manifest, { code: 'manifest-duplicate', severity: 'error', args }, '/metadata/name');
}
