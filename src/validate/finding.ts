import { type Manifest, subjectOf } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';

/** A finding about a manifest: adds whom it speaks of and the line that somebody can change. */
export function findingAt(manifest: Manifest, finding: Finding, pointer: string): Finding {
  const origin = manifest.locate(pointer);
  const whole = { ...finding, subject: subjectOf(manifest), pointer };
  return origin === undefined ? whole : { ...whole, origin };
}
