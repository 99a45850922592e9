import { Failure } from '../failure.ts';
import { type Combine, type Input, type Patch, targetOf, typeOf } from './input.ts';
import { at, firstOf, invalid, type Problem, required } from './problem.ts';
import { validateConnectionDetail, validateReadinessCheck } from './validate-template.ts';
import { validateTransform } from './validate-transform.ts';

/** Fails where the function refuses the input as a whole. */
export function validateInput(input: Input): void {
  const problem = problemOf(input);
  if (problem !== undefined) throw new Failure(`${problem.path}: ${problem.text}`);
}

function problemOf({ patchSets, environment, resources }: Input): Problem | undefined {
  for (const { name, patches } of patchSets ?? []) {
    // The function does not say which patch set it means.
    const problem =
      (name ?? '') === ''
        ? required('name', 'name is required')
        : firstOf('patches', patches, (patch) => validatePatch(patch, 'PatchSetPatch'));
    if (problem !== undefined) return problem;
  }
  if ((resources ?? []).length === 0 && (environment?.patches ?? []).length === 0) {
    return required('resources', 'resources or environment patches are required');
  }
  return (
    firstOf('environment.patches', environment?.patches, (patch) =>
      validatePatch(patch, 'EnvironmentPatch'),
    ) ??
    firstOf('resources', resources, ({ name, patches, connectionDetails, readinessChecks }) =>
      (name ?? '') === ''
        ? required('name', 'name is required')
        : (firstOf('patches', patches, (patch) => validatePatch(patch, 'ComposedPatch')) ??
          firstOf('connectionDetails', connectionDetails, validateConnectionDetail) ??
          firstOf('readinessChecks', readinessChecks, validateReadinessCheck)),
    )
  );
}

const PATH_TYPES = new Set([
  'FromCompositeFieldPath',
  'ToCompositeFieldPath',
  'FromEnvironmentFieldPath',
  'ToEnvironmentFieldPath',
]);
const COMBINE_TYPES = new Set([
  'CombineFromComposite',
  'CombineToComposite',
  'CombineFromEnvironment',
  'CombineToEnvironment',
]);

type PatchKind = 'ComposedPatch' | 'PatchSetPatch' | 'EnvironmentPatch';

function validatePatch(patch: Patch, kind: PatchKind): Problem | undefined {
  const type = typeOf(patch);
  if (COMBINE_TYPES.has(type)) {
    // Transforms and policies of combine patches are looked at only when they run.
    if (patch.combine === undefined) return required('combine', `combine must be set for patch type ${type}`);
    if (targetOf(patch) === '')
      return required('toFieldPath', `toFieldPath must be set for patch type ${type}`);
    return at('combine', validateCombine(patch.combine));
  }
  if (type === 'PatchSet') {
    if (kind !== 'ComposedPatch') {
      const problem = `patch type *v1beta1.${kind} does not support patch of type ${type}`;
      return invalid('type', type, problem);
    }
    if ((patch.patchSetName ?? '') === '') {
      return required('patchSetName', `patchSetName must be set for patch type ${type}`);
    }
  } else if (!PATH_TYPES.has(type)) {
    return invalid('type', type, 'unknown patch type');
  } else if ((patch.fromFieldPath ?? '') === '') {
    return required('fromFieldPath', `fromFieldPath must be set for patch type ${type}`);
  }
  return firstOf('transforms', patch.transforms, validateTransform) ?? validatePolicy(patch);
}

function validateCombine({ strategy = '', string, variables = [] }: Combine): Problem | undefined {
  if (strategy === '') return required('strategy', 'a combine strategy must be provided');
  if (strategy !== 'string') return invalid('strategy', strategy, 'unknown strategy type');
  if (string === undefined) return required('string', `string must be set for combine strategy ${strategy}`);
  if (variables.length === 0) return required('variables', 'at least one variable must be provided');
  return firstOf('variables', variables, ({ fromFieldPath }) =>
    (fromFieldPath ?? '') === ''
      ? required('fromFieldPath', 'fromFieldPath must be set for each combine variable')
      : undefined,
  );
}

const FROM_POLICIES = new Set(['Optional', 'Required']);
const TO_POLICIES = new Set([
  'Replace',
  'MergeObjects',
  'MergeObjectsAppendArrays',
  'ForceMergeObjects',
  'ForceMergeObjectsAppendArrays',
  'MergeObject',
  'AppendArray',
]);

function validatePolicy({ policy }: Patch): Problem | undefined {
  const { fromFieldPath = 'Optional', toFieldPath = 'Replace' } = policy ?? {};
  if (!FROM_POLICIES.has(fromFieldPath)) {
    return invalid('policy.fromFieldPathPolicy', fromFieldPath, 'unknown fromFieldPathPolicy');
  }
  if (!TO_POLICIES.has(toFieldPath)) {
    return invalid('policy.toFieldPathPolicy', toFieldPath, 'unknown toFieldPathPolicy');
  }
  return undefined;
}
