import type { KubernetesObject } from './manifest.ts';

/**
 * Who an object is. Two objects of one identity are one object to the API server, whatever their apiVersion's
 * version part says; so a set of manifests must hold each identity once.
 */

/** The group part of an apiVersion; empty for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

/** `deployment.apps_tideline_api`, `namespace_tideline`: kind, group, namespace and name, in file-name form. */
export function identity(object: KubernetesObject): string {
  const group = groupOf(object.apiVersion);
  const kind = object.kind.toLowerCase();
  const { namespace, name } = object.metadata;
  const type = group === '' ? kind : `${kind}.${group}`;
  // `_` occurs in no group, kind, namespace or DNS name, so the parts can't run into each other.
  return namespace === undefined
    ? `${type}_${escaped(name)}`
    : `${type}_${escaped(namespace)}_${escaped(name)}`;
}

/** Longest file name that every common file system takes, less room for the ending. */
const LONGEST = 240;

/** File name of an object: its identity, `.yaml`. Differs wherever identities differ, on any file system. */
export function fileName(object: KubernetesObject): string {
  const whole = identity(object);
  return whole.length <= LONGEST
    ? `${whole}.yaml`
    : `${whole.slice(0, LONGEST - 9)}~${fingerprint(whole)}.yaml`;
}

/** Names such as those of RBAC roles may hold nearly anything; only what is safe in a file name stays as it is. */
function escaped(name: string): string {
  return /^[a-z0-9.-]+$/.test(name) && !/^\.+$/.test(name)
    ? name
    : name.replace(/[^a-z0-9-]/g, (character) =>
        [...new TextEncoder().encode(character)]
          .map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
          .join(''),
      );
}

/** FNV-1a, 32 bits: tells two names apart whose first 231 characters are equal; not for security. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
