import { KUBERNETES_VERSIONS, minorOf } from '#validate/schema/store.ts';
import { UsageError } from './terminal.ts';

/** The minor version whose schemas judge. Throws UsageError for one whose schemas are not kept. */
export function knownVersion(asked: string): string {
  const minor = minorOf(asked);
  if (minor !== undefined) return minor;
  throw new UsageError(
    `there are no schemas of Kubernetes ${asked} (there are ${KUBERNETES_VERSIONS.join(', ')})`,
  );
}
