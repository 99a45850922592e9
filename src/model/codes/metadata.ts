/** Forms that names have, by kind. */
export type NameForm = 'subdomain' | 'label' | 'rfc1035-label' | 'path-segment' | 'config-key';

/** Codes of what every object has: names, labels, annotations. Values are the arguments that the sentence needs. */
export interface MetadataCodes {
  'metadata-name': {
    readonly field: 'name' | 'generateName' | 'namespace';
    readonly kind: string;
    readonly found: string;
    readonly form: NameForm;
  };
  /** The name follows from the rest of the object. */
  'metadata-name-other': { readonly kind: string; readonly found: string; readonly expected: string };
  'metadata-name-long': { readonly kind: string; readonly found: number; readonly limit: number };
  'metadata-name-reserved': { readonly kind: string; readonly found: string; readonly prefix: string };
  /** A key of a label or annotation. */
  'metadata-key': { readonly of: 'label' | 'annotation'; readonly key: string };
  'metadata-label-value': { readonly key: string; readonly found: string };
  'metadata-annotations-size': { readonly bytes: number; readonly limit: number };
  'metadata-finalizer': { readonly found: string; readonly problem: 'form' | 'unqualified' | 'both' };
  'metadata-owner-incomplete': { readonly field: 'apiVersion' | 'kind' | 'name' | 'uid' };
  /** An Event owns nothing. */
  'metadata-owner-kind': { readonly kind: string };
  'metadata-owner-controllers': { readonly first: string; readonly second: string };
  /** A field that the API server fills in, and refuses from others. */
  'metadata-managed-by-server': { readonly field: string };
}
