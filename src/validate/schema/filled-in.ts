import { type JsonSchema, textsOf } from './jsonSchema.ts';

/**
 * Fields of Kubernetes' own types that their schema requires, and that the API server fills in where they are missing,
 * before it looks.
 */
const FILLED_IN: ReadonlyMap<string, readonly string[]> = new Map([
  ['io.k8s.api.rbac.v1.RoleRef', ['apiGroup']],
  ['io.k8s.api.batch.v1.PodFailurePolicyOnPodConditionsPattern', ['status']],
]);

/** A definition as far as it is asked of what users write. */
export function askedOf(name: string, definition: JsonSchema): JsonSchema {
  const fields = FILLED_IN.get(name);
  if (fields === undefined) return definition;
  return {
    ...definition,
    required: textsOf(definition, 'required').filter((field) => !fields.includes(field)),
  };
}
