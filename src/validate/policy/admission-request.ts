import type { KubernetesObject } from '#manifests/manifest.ts';

/** What somebody asks of the API server. CONNECT is never judged offline: it changes no document. */
export type Operation = 'CREATE' | 'UPDATE' | 'DELETE';

/**
 * What a document becomes: https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/
 * A creation has no `oldObject`, a deletion has no `object`.
 */
export type AdmissionRequest =
  | { readonly operation: 'CREATE'; readonly object: KubernetesObject; readonly oldObject: null }
  | { readonly operation: 'UPDATE'; readonly object: KubernetesObject; readonly oldObject: KubernetesObject }
  | { readonly operation: 'DELETE'; readonly object: null; readonly oldObject: KubernetesObject };

/** The object that a request is about: what will be there, or what was. */
export const objectOf = ({ object, oldObject }: AdmissionRequest): KubernetesObject => object ?? oldObject;

export const creationOf = (object: KubernetesObject): AdmissionRequest => ({
  operation: 'CREATE',
  object,
  oldObject: null,
});

export const updateOf = (oldObject: KubernetesObject, object: KubernetesObject): AdmissionRequest => ({
  operation: 'UPDATE',
  object,
  oldObject,
});

export const deletionOf = (oldObject: KubernetesObject): AdmissionRequest => ({
  operation: 'DELETE',
  object: null,
  oldObject,
});
