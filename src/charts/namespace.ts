import { KubeNamespace } from 'cdk8s-plus-30/lib/imports/k8s.js';
import type { DerivedNamespace } from '#model/namespaces.ts';
import { metadata } from './annotations.ts';
import type { Folder } from './folder.ts';

/** A namespace. Never removed: everything in it would go with it, claims included. */
export function namespace(folder: Folder, { name, labels, pointer }: DerivedNamespace): void {
  folder.add(
    KubeNamespace,
    { metadata: metadata({ name, labels }, { wave: 'namespaces', isKept: true }) },
    { pointer },
  );
}
