import type { KubernetesObject } from '#manifests/manifest.ts';
import type { Cause, Folder, Kind, Named } from './folder.ts';

/**
 * A folder as plain objects, made by the generated classes' own `manifest()`: what `toJson()` of the constructs
 * gives, without the constructs, whose making and resolving is most of the cost of a large synth. The tests
 * compare the two for every sample environment.
 */

/** A document on its way to a manifest. */
export interface Document {
  readonly application: string;
  readonly object: KubernetesObject;
  readonly cause: Cause;
}

export function documentFolder(application: string, documents: Document[]): Folder {
  const push = (object: unknown, cause: Cause) => {
    if (!isKubernetesObject(object)) throw new TypeError(`${application}: not a Kubernetes object`);
    documents.push({ application, object, cause });
  };
  return {
    add<Props extends Named | undefined>(
      kind: Kind<Props>,
      props: NoInfer<NonNullable<Props>>,
      cause: Cause,
    ) {
      // Generated code leaves out what is undefined; nulls don't occur, but for free-form values (see `plain`).
      push(kind.manifest(props), cause);
    },
    addObject: (object, cause) => push(plain(object), cause),
  };
}

/** As cdk8s does it: what is null or undefined isn't there. Lists keep their order. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  const copy: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (inner !== undefined && inner !== null) copy[key] = plain(inner);
  }
  return copy;
}

function isKubernetesObject(value: unknown): value is KubernetesObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    'apiVersion' in value &&
    typeof value.apiVersion === 'string' &&
    'kind' in value &&
    typeof value.kind === 'string' &&
    'metadata' in value &&
    typeof value.metadata === 'object' &&
    value.metadata !== null &&
    'name' in value.metadata &&
    typeof value.metadata.name === 'string'
  );
}
