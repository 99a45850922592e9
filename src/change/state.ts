import type { Manifest } from '#manifests/manifest.ts';
import type { Subject } from '#model/finding.ts';
import type { Locate } from '#model/origin.ts';

/** What an environment comes to at one revision: everything that its cluster gets, and what is made of that. */
export interface EnvironmentState {
  readonly name: string;
  /** The environment as the file means it, with defaults; absent where manifests come without one. */
  readonly described?: Described;
  readonly resources: readonly Resource[];
}

export interface Described {
  readonly document: unknown;
  /** Pointer into the document -> the line that somebody can change. */
  readonly locate: Locate;
}

/** One object in the cluster that somebody delivers, or that Crossplane makes of such a one. */
export interface Resource {
  readonly manifest: Manifest;
  /** Pointers of values that are known only after creation: they are never compared. */
  readonly late: readonly string[];
  /** Of a managed resource: its claim and its name in the composition, by which it stays the same one. */
  readonly madeOf?: { readonly claim: Subject; readonly entry: string };
}
