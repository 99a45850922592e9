import { Failure, failureOf, wrapping } from '../failure.ts';
import { fieldOf, type GoObject, type GoValue, isObject, newObject, normalised } from '../go/value.ts';
import type { ConnectionDetails } from './connection.ts';
import { type Patch, type SecretReference, typeOf } from './input.ts';
import { type Holder, metadataOf } from './object.ts';
import { applyPatch, isOptional } from './patch.ts';

/** The composed Secret with the connection details of a Crossplane v2 composite, and its name in the state. */
export interface ConnectionSecret {
  readonly resourceName: string;
  readonly object: GoObject;
}

/** Crossplane v2 keeps what is its own under `spec.crossplane`; Crossplane v1 writes the Secret itself. */
export function connectionSecret(
  composite: GoObject,
  reference: SecretReference | undefined,
  details: ConnectionDetails,
): ConnectionSecret | undefined {
  const spec = fieldOf(composite, 'spec');
  if (!isObject(spec) || fieldOf(spec, 'crossplane') === undefined || details.size === 0) return undefined;
  const { name, namespace } = wrapping(
    'cannot generate connection secret reference',
    () => ownReference(spec) ?? wantedReference(composite, reference),
  );
  const metadata = newObject();
  if (name !== '') metadata['name'] = name;
  if (namespace !== '') metadata['namespace'] = namespace;
  const data = newObject();
  for (const [key, value] of details) data[key] = value;
  const object = newObject();
  Object.assign(object, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata,
    data,
    type: 'connection.crossplane.io/v1alpha1',
  });
  return { resourceName: `${metadataOf(composite, 'name')}-connection-secret`, object };
}

interface Place {
  readonly name: string;
  readonly namespace: string;
}

/** spec.writeConnectionSecretToRef of the composite, which wins. */
function ownReference(spec: GoObject): Place | undefined {
  const reference = fieldOf(spec, 'writeConnectionSecretToRef');
  if (!isObject(reference)) return undefined;
  const place = {
    name: textOf(fieldOf(reference, 'name')),
    namespace: textOf(fieldOf(reference, 'namespace')),
  };
  return place.name === '' && place.namespace === '' ? undefined : place;
}

const textOf = (value: GoValue | undefined) => (typeof value === 'string' ? value : '');

/** What the input asks for. Where it names nothing: the composite's name and namespace. */
function wantedReference(composite: GoObject, reference: SecretReference = {}): Place {
  const place = newObject();
  if (reference.name !== undefined) place['name'] = reference.name;
  if (reference.namespace !== undefined) place['namespace'] = reference.namespace;
  const holder: Holder = { object: place };
  wrapping('cannot apply connection secret patches', () =>
    applyAll(reference.patches ?? [], composite, holder),
  );
  const name = textOf(fieldOf(holder.object, 'name'));
  const namespace = textOf(fieldOf(holder.object, 'namespace'));
  if (name !== '' || namespace !== '') return { name, namespace };
  return {
    name: `${metadataOf(composite, 'name')}-connection`,
    namespace: metadataOf(composite, 'namespace'),
  };
}

function applyAll(patches: readonly Patch[], composite: GoObject, holder: Holder): void {
  for (const [index, patch] of patches.entries()) {
    const type = typeOf(patch);
    if (type !== 'FromCompositeFieldPath' && type !== 'CombineFromComposite') {
      throw new Failure(`unsupported patch type ${type} at index ${index}`);
    }
    try {
      wrapping(`cannot apply patch type ${type} at index ${index}`, () =>
        applyPatch(patch, composite, holder, plainObject),
      );
    } catch (error) {
      // Optional forgives every error here, not only a missing source.
      if (failureOf(error).kind === 'crash' || !isOptional(patch)) throw error;
    }
  }
}

/** A reference is no Kubernetes object: it has no kind. */
function plainObject(object: GoObject): GoObject {
  const decoded = normalised(object);
  return isObject(decoded) ? decoded : object;
}
