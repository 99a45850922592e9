import type { Wave } from './delivery.ts';
import type { GroupKind } from './kinds.ts';

/** A Helm chart that Argo CD installs, at one exact version: a controller of the platform's own, or a team's. */
export interface Release {
  readonly name: string;
  readonly repository: string;
  readonly chart: string;
  readonly version: string;
  readonly namespace: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly wave: Wave;
  readonly ignoreDifferences: readonly IgnoredDifference[];
  readonly pointer: string;
  /** Rendered at synth, into a folder of its own; Argo CD renders it otherwise. */
  readonly isRendered?: boolean;
  /** What this version makes with these values, where that is known without rendering it. */
  readonly kinds?: { readonly cluster: readonly GroupKind[]; readonly namespaced: readonly GroupKind[] };
  /** What it may make beside what is known of it. */
  readonly moreKinds?: readonly GroupKind[];
  /** Namespaces that it reaches into beside its own. */
  readonly namespaces?: readonly string[];
}

/** Name of the Application of a release, and of its folder where it is rendered. */
export const releaseFolder = (name: string): string => `chart-${name}`;

/** Fields that a chart or a controller changes by itself, so that a difference means nothing. */
export interface IgnoredDifference {
  readonly group: string;
  readonly kind: string;
  readonly jsonPointers?: readonly string[];
  readonly jqPathExpressions?: readonly string[];
}
