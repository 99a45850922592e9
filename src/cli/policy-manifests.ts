import path from 'node:path';
import { isKubernetesObject, type Manifest } from '#manifests/manifest.ts';
import { segmentsOf } from '#model/pointer.ts';
import { type Home, hostedBindings } from '#validate/policy/hosted.ts';
import type { LoadedPolicies } from '#validate/policy/load.ts';
import type { PolicyDocument } from '#validate/policy/policy-file.ts';
import { SHOWN } from './known-policies.ts';
import { packageRoot } from './package-root.ts';
import { policyFiles } from './policy-files.ts';

/** The policies that come with plimsoll, for those who have none. */
export const shippedPolicies = () => policyFiles(path.join(packageRoot(), 'policies'), SHOWN);

/** The policies as manifests, and what is made of them for clusters. */
export interface Policies {
  /** As they were written: the cluster gets the files that judged. */
  readonly policyManifests: readonly Manifest[];
  /** What was made of those to judge the templates of pods. */
  readonly derivedManifests: readonly Manifest[];
  /** Bindings for an environment's namespace in its hub. */
  readonly hostedManifests: (home: Home) => readonly Manifest[];
}

export const policiesOf = ({
  documents,
  derived,
}: Pick<LoadedPolicies, 'documents' | 'derived'>): Policies => ({
  policyManifests: documents.flatMap(manifestOf),
  derivedManifests: derived.flatMap(manifestOf),
  hostedManifests: (home) => hostedBindings([...documents, ...derived], home).flatMap(manifestOf),
});

/** A policy document as a manifest; none for what names no kind or has no name, which is a finding already. */
export function manifestOf({ value, origin }: PolicyDocument): readonly Manifest[] {
  return isKubernetesObject(value)
    ? [{ object: value, file: origin([]).file, locate: (pointer) => origin(segmentsOf(pointer)) }]
    : [];
}
