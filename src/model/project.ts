import type { Destination } from './applications.ts';
import type { GroupKind } from './kinds.ts';

/** Argo CD projects: what may come from where, and go where. https://argo-cd.readthedocs.io/en/stable/user-guide/projects/ */
export interface Project {
  readonly name: string;
  readonly description: string;
  readonly sources: readonly string[];
  readonly cluster: Destination;
  readonly namespaces: readonly string[];
  /** Kinds without a namespace that may be applied; all others are refused. */
  readonly clusterKinds: readonly GroupKind[];
  /** Kinds in a namespace. */
  readonly namespacedKinds: readonly GroupKind[];
  /** Whether it stays when nothing names it any more. */
  readonly isKept: boolean;
  /** Whether it goes only when no Application names it any more: one that is gone too early can't take along what it made. */
  readonly isLast?: boolean;
  readonly pointer: string;
}
