import { at, textOf } from '../builtin/field.ts';
import type { Document, Documents } from './documents.ts';

/** Custom kinds by the document that brings each: a CRD, or an XRD, of whose CRDs Crossplane is the author. */
export function customKindsOf(documents: Documents): ReadonlyMap<string, Document> {
  const kinds = new Map<string, Document>();
  for (const crd of documents.of('CustomResourceDefinition.apiextensions.k8s.io')) add(kinds, crd, 'names');
  for (const xrd of documents.of(XRD)) {
    add(kinds, xrd, 'names');
    add(kinds, xrd, 'claimNames');
  }
  return kinds;
}

export const XRD = 'CompositeResourceDefinition.apiextensions.crossplane.io';

function add(kinds: Map<string, Document>, document: Document, names: string): void {
  const spec = at(document.root, 'spec');
  const kind = textOf(at(spec, names, 'kind'));
  if (kind !== '') kinds.set(`${kind}.${textOf(at(spec, 'group'))}`, document);
}
