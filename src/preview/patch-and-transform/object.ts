import { Failure } from '../failure.ts';
import { encodeJson } from '../go/json-encode.ts';
import { fieldOf, type GoObject, isObject, newObject, normalised } from '../go/value.ts';

/** Kubernetes objects as the function holds them. */

export interface Holder {
  object: GoObject;
}

/** The object as Kubernetes decodes it again: whole numbers are int64, and a kind must be there. */
export function redecoded(object: GoObject): GoObject {
  const decoded = normalised(object);
  if (!isObject(decoded) || kindOf(decoded) === '') {
    throw new Failure(`Object 'Kind' is missing in '${encodeJson(object)}'`);
  }
  return decoded;
}

/** Kind, or nothing where apiVersion is no group and version. */
function kindOf(object: GoObject): string {
  const { group, kind } = identityOf(object);
  return group === undefined ? '' : kind;
}

function identityOf(object: GoObject): { readonly group: string | undefined; readonly kind: string } {
  const apiVersion = textAt(object, 'apiVersion');
  const kind = textAt(object, 'kind');
  return { group: apiVersion.split('/').length > 2 ? undefined : apiVersion, kind };
}

/** Whether neither apiVersion nor kind says anything. */
export function isUnidentified(object: GoObject): boolean {
  const { group, kind } = identityOf(object);
  return group === undefined || ((group === '' || group === '/') && kind === '');
}

function textAt(object: GoObject, field: string): string {
  const value = fieldOf(object, field);
  return typeof value === 'string' ? value : '';
}

/** A name or namespace of metadata; empty where it is none. */
export function metadataOf(object: GoObject, field: 'name' | 'namespace'): string {
  const metadata = fieldOf(object, 'metadata');
  return isObject(metadata) ? textAt(metadata, field) : '';
}

/** Sets a name or namespace of metadata; an empty one is removed. */
export function setMetadata(object: GoObject, field: 'name' | 'namespace', value: string): void {
  const metadata = fieldOf(object, 'metadata');
  if (value === '') {
    if (isObject(metadata)) delete metadata[field];
    return;
  }
  const holder = isObject(metadata) ? metadata : metadata === undefined ? newObject() : undefined;
  if (holder === undefined) return;
  holder[field] = value;
  object['metadata'] = holder;
}
