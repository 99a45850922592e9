import path from 'node:path';
import { isKubernetesObject, type Manifest } from '#manifests/manifest.ts';
import { segmentsOf } from '#model/pointer.ts';
import type { LoadedPolicies } from '#validate/policy/load.ts';
import type { PolicyDocument } from '#validate/policy/policy-file.ts';
import { SHOWN } from './known-policies.ts';
import { packageRoot } from './package-root.ts';
import { policyFiles } from './policy-files.ts';

/** The policies that come with plimsoll, for those who have none. */
export const shippedPolicies = () => policyFiles(path.join(packageRoot(), 'policies'), SHOWN);

/** What a cluster gets: the policies as they were written, and what was made of them to judge the templates of pods. */
export const policyManifests = ({
  documents,
  derived,
}: Pick<LoadedPolicies, 'documents' | 'derived'>): readonly Manifest[] =>
  [...documents, ...derived].flatMap(manifestOf);

/** A policy document as a manifest; none for what names no kind or has no name, which is a finding already. */
export function manifestOf({ value, origin }: PolicyDocument): readonly Manifest[] {
  return isKubernetesObject(value)
    ? [{ object: value, file: origin([]).file, locate: (pointer) => origin(segmentsOf(pointer)) }]
    : [];
}
