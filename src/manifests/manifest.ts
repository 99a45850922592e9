import type { Subject } from '#model/finding.ts';
import type { Locate } from '#model/origin.ts';

/** A Kubernetes object as JSON. Only what every object has is typed; the rest is behind schema checks. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** Whether a value has what every object has: apiVersion, kind and a name. */
export function isKubernetesObject(value: unknown): value is KubernetesObject {
  if (!isRecord(value) || !isRecord(value['metadata'])) return false;
  return [value['apiVersion'], value['kind'], value['metadata']['name']].every(
    (part) => typeof part === 'string',
  );
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One document on its way through plimsoll, wherever it came from. */
export interface Manifest {
  readonly object: KubernetesObject;
  /** Path relative to the output folder (after synth), or the path that it was read from. */
  readonly file: string;
  /** JSON pointer in `object` -> the line that somebody can change. Called only where something was found. */
  readonly locate: Locate;
  /** What it was read from; absent where it was made, or where nobody asked. */
  readonly source?: Source;
}

/** Which text an object was read from: two objects of equal sources are equal, wherever they lie. */
export interface Source {
  /** Of the whole file's bytes. */
  readonly digest: string;
  /** Counts the objects in the file, from 0. */
  readonly index: number;
}

/** Whom a finding about this manifest speaks of. */
export function subjectOf(manifest: Manifest): Subject {
  const { apiVersion, kind, metadata } = manifest.object;
  return metadata.namespace === undefined
    ? { apiVersion, kind, name: metadata.name }
    : { apiVersion, kind, namespace: metadata.namespace, name: metadata.name };
}
