import { isJson, type Json, listOf, textOf } from './json.ts';

/**
 * Patches of a composition for claims -> of one for namespaced composites: the composite's own fields have moved, and
 * fields of managed resources that name a namespace for secrets are gone.
 */

/** A field of the composite of version 1, and where its value is now. The longest that fits counts. */
const MOVED: readonly (readonly [string, string])[] = [
  ['spec.claimRef.name', 'metadata.name'],
  ['spec.claimRef.namespace', 'metadata.namespace'],
  ['metadata.labels[crossplane.io/claim-name]', 'metadata.name'],
  ['metadata.labels[crossplane.io/claim-namespace]', 'metadata.namespace'],
  ['spec.writeConnectionSecretToRef.namespace', 'metadata.namespace'],
  ...['compositionRef', 'compositionRevisionRef', 'compositionSelector', 'compositionUpdatePolicy'].map(
    (field) => [`spec.${field}`, `spec.crossplane.${field}`] as const,
  ),
];

function movedPath(path: string): string {
  const move = MOVED.find(
    ([from]) => path === from || path.startsWith(`${from}.`) || path.startsWith(`${from}[`),
  );
  return move === undefined ? path : `${move[1]}${path.slice(move[0].length)}`;
}

const FROM_COMPOSITE = /^((Combine)?FromComposite(FieldPath)?|)$/;
const TO_COMPOSITE = /^(Combine)?ToComposite(FieldPath)?$/;

/** A patch with the composite's fields by the names that they have now. */
export function movedPatch(patch: Json): Json {
  const type = textOf(patch['type']);
  if (FROM_COMPOSITE.test(type)) return withSources(patch);
  return TO_COMPOSITE.test(type) && typeof patch['toFieldPath'] === 'string'
    ? { ...patch, toFieldPath: movedPath(patch['toFieldPath']) }
    : patch;
}

function withSources(patch: Json): Json {
  const { combine, fromFieldPath, toFieldPath = fromFieldPath } = patch;
  if (isJson(combine)) {
    const variables = listOf(combine['variables']).map((variable) =>
      isJson(variable)
        ? { ...variable, fromFieldPath: movedPath(textOf(variable['fromFieldPath'])) }
        : variable,
    );
    return { ...patch, combine: { ...combine, variables } };
  }
  if (typeof fromFieldPath !== 'string') return patch;
  const moved = movedPath(fromFieldPath);
  // Without a target, the source's path is the target's too, and that has not moved.
  return moved === fromFieldPath ? patch : { ...patch, fromFieldPath: moved, toFieldPath };
}

/** Whether a patch writes the namespace of a secret, which namespaced resources don't name. */
export const namesSecretNamespace = (patch: Json): boolean =>
  /(^spec\.writeConnectionSecretToRef|SecretRef)(\[[0-9*]+\])?\.namespace$/.test(
    textOf(patch['toFieldPath']),
  ) && !/^(To|CombineTo)/.test(textOf(patch['type']));
