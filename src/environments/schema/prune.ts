import { segmentsOf } from '#model/pointer.ts';
import { judgeSpec, type SchemaError } from './validate.ts';

/**
 * What is left of a `spec` to check for meaning when the schema objects to parts of it, so that all findings
 * come at once. Values of a wrong type and things that lack a field go; a value of the right type in a bad
 * form stays, and every check of meaning passes over forms that it can't read.
 * Changes `spec`. False where not enough is left.
 */
export function prune(spec: unknown, errors: readonly SchemaError[]): boolean {
  for (const error of errors.filter(breaksType)) {
    if (!remove(spec, segmentsOf(error.instancePath).slice(1), error)) return false;
  }
  // Removing may leave a parent without a field that it requires: that parent goes, too, until all is sound.
  const left = judgeSpec(spec).filter(breaksType);
  return left.length === 0 || prune(spec, left);
}

function breaksType(error: SchemaError): boolean {
  if (error.keyword === 'required' || error.keyword === 'additionalProperties') return true;
  if (error.keyword === 'type') return !error.schemaPath.includes('/propertyNames/');
  if (error.keyword !== 'enum' && error.keyword !== 'const') return false;
  const [allowed] = Array.isArray(error.schema) ? error.schema : [error.schema];
  return typeof error.data !== typeof allowed;
}

/** Removes what an error speaks of: an unknown key, an object that lacks a field, a value. */
function remove(spec: unknown, keys: readonly string[], error: SchemaError): boolean {
  const path =
    error.keyword === 'additionalProperties' ? [...keys, String(error.params['additionalProperty'])] : keys;
  if (path.length === 0) return false;
  let holder: unknown = spec;
  let owner: { readonly mapping: object; readonly key: string } | undefined;
  for (const key of path) {
    if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, key)) return true; // Gone already.
    // An item of a list goes with its list: removing it alone would shift the pointers to the others.
    if (!Array.isArray(holder)) owner = { mapping: holder, key };
    holder = Reflect.get(holder, key);
  }
  return owner === undefined || Reflect.deleteProperty(owner.mapping, owner.key);
}
