import { identity } from '#manifests/identity.ts';
import { type Manifest, subjectOf } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import type { CheckOutcome } from '../check.ts';
import { findingAt } from '../finding.ts';

/**
 * Each object once: two manifests of one identity (group, kind, namespace and name, whatever the version) are
 * one object to the API server, and the one that is applied last would win silently.
 *
 * Input: manifests. `clusterOf` says which of them go to one cluster; without it all do.
 * Guarantees: pure; every double is reported at its own place and names the first.
 */
export function checkIdentities(
  manifests: readonly Manifest[],
  clusterOf: (manifest: Manifest) => string = () => '',
): CheckOutcome {
  const first = new Map<string, Manifest>();
  const findings: Finding[] = [];
  for (const manifest of manifests) {
    const key = `${clusterOf(manifest)}\n${identity(manifest.object)}`;
    const other = first.get(key);
    if (other === undefined) first.set(key, manifest);
    else findings.push(duplicate(manifest, other));
  }
  return { check: 'graph', engine: 'embedded', findings, covered: new Set(manifests) };
}

function duplicate(manifest: Manifest, other: Manifest): Finding {
  const { kind, namespace, name } = subjectOf(manifest);
  const origin = other.locate('/metadata/name');
  const place = origin === undefined ? other.file : `${origin.file}:${origin.line}:${origin.column}`;
  const whole = namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
  const args = { identity: whole, other: place };
  return findingAt(manifest, { code: 'manifest-duplicate', severity: 'error', args }, '/metadata/name');
}
