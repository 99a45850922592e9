import { type Given, NOTHING_GIVEN } from './given.ts';
import type { JsonSchema } from './jsonSchema.ts';
import type { ValueCheck } from './trail.ts';

/** How the API server reads values: Kubernetes' own types are decoded into Go, custom ones judged by schema. */
export type Family = 'kubernetes' | 'custom';

/** What a node is: a part of the object's structure, or only a condition on values inside anyOf and the like. */
export interface Role {
  /** Conditions name some fields; they don't forbid the others. */
  readonly condition: boolean;
  readonly given: Given;
}

export const STRUCTURE: Role = { condition: false, given: NOTHING_GIVEN };

/** What the checks of one family's schemas share. */
export interface Scope {
  readonly family: Family;
  /** Minor version of Kubernetes: `1.34`. */
  readonly kubernetesVersion: string;
  /** A definition of Kubernetes, by its whole name. */
  readonly definition: (name: string) => JsonSchema | undefined;
  /** The check of a node, built at its first use. */
  readonly compile: (schema: JsonSchema, role: Role) => ValueCheck;
  /** The check of a definition of Kubernetes, shared by everything that refers to it. */
  readonly compileDefinition: (name: string) => ValueCheck;
}
