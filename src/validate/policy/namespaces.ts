import type { KubernetesObject } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import { NAME_LABEL } from './match.ts';
import type { Labels } from './selector.ts';

/** The namespaces of the documents, as the policies' selectors and `namespaceObject` see them. */
export interface Namespaces {
  readonly labelsOf: (name: string) => Labels;
  readonly objectOf: (name: string) => unknown;
  /** A finding for each namespace that was asked for and is not among the documents. */
  readonly unknown: () => readonly Finding[];
}

/** Namespaces that every cluster has. */
const GIVEN: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease']);
interface Known {
  readonly object: KubernetesObject;
  readonly labels: Labels;
}

/** Of two with one name, the later one counts. */
export function namespacesAmong(objects: Iterable<KubernetesObject>): Namespaces {
  const known = new Map<string, Known>();
  const asked = new Map<string, Known>();
  for (const object of objects) {
    if (object.kind === 'Namespace' && object.apiVersion === 'v1')
      known.set(object.metadata.name, withName(object));
  }
  function find(name: string): Known {
    const found = known.get(name) ?? asked.get(name);
    if (found !== undefined) return found;
    const assumed = withName({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    asked.set(name, assumed);
    return assumed;
  }
  return {
    labelsOf: (name) => find(name).labels,
    objectOf: (name) => find(name).object,
    unknown: () =>
      [...asked.keys()]
        .filter((name) => !GIVEN.has(name))
        .map((namespace) => ({
          code: 'policy-namespace-unknown',
          severity: 'info',
          subject: { apiVersion: 'v1', kind: 'Namespace', name: namespace },
          args: { namespace },
        })),
  };
}

function withName(object: KubernetesObject): Known {
  const labels = { ...object.metadata.labels, [NAME_LABEL]: object.metadata.name };
  return { object: { ...object, metadata: { ...object.metadata, labels } }, labels };
}
