import { type JsonSchema, textsOf } from './jsonSchema.ts';

/**
 * Fields of Kubernetes' own types that their schema requires and the API server does not: it fills them in before it looks,
 * or takes what is missing for empty, or asks for them only where they matter (which is the builtin check's to say).
 */
const FILLED_IN: ReadonlyMap<string, readonly string[]> = new Map([
  ['io.k8s.api.rbac.v1.RoleRef', ['apiGroup']],
  ['io.k8s.api.batch.v1.PodFailurePolicy', ['rules']],
  ['io.k8s.api.batch.v1.PodFailurePolicyOnPodConditionsPattern', ['status']],
  ['io.k8s.api.core.v1.LimitRangeSpec', ['limits']],
  ['io.k8s.api.core.v1.PreferredSchedulingTerm', ['preference']],
  ['io.k8s.api.core.v1.TypedLocalObjectReference', ['kind', 'name']],
  ['io.k8s.api.core.v1.TypedObjectReference', ['kind', 'name']],
  ['io.k8s.api.scheduling.v1.PriorityClass', ['value']],
  [
    'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion',
    ['served', 'storage'],
  ],
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
