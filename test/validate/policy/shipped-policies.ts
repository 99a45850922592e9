import { fileURLToPath } from 'node:url';
import { isCasesName, isPolicyName, policyFiles } from '#cli/policy-files.ts';
import type { KubernetesObject, Manifest } from '#manifests/manifest.ts';
import type { Policy } from '#validate/policy/admission-policy.ts';
import { loadPolicies } from '#validate/policy/load.ts';
import type { Resource } from '#validate/policy/match.ts';

const FOLDER = fileURLToPath(new URL('../../../policies', import.meta.url));

export const { files: FILES } = policyFiles(FOLDER, 'policies', isPolicyName);
/** What `plimsoll policy test` runs, beside the policies. */
export const CASE_FILES = policyFiles(FOLDER, 'policies', isCasesName).files;

export const LOADED = loadPolicies(FILES);
export const POLICIES: readonly Policy[] = LOADED.value ?? [];

/** A document whose every field is "at" its pointer's length, so that a test sees which pointer was asked for. */
export const manifestOf = (object: KubernetesObject): Manifest => ({
  object,
  file: 'document.yaml',
  locate: (pointer) => ({ file: `at ${pointer}`, line: 1, column: 1 }),
});

const CLUSTER_SCOPED = /^(Namespace|Composition|X[A-Z].*|Bucket.*)$/;

export const resourceOf = (_group: string, _version: string, kind: string): Resource => ({
  plural: kind === 'BucketPolicy' ? 'bucketpolicies' : `${kind.toLowerCase()}s`,
  namespaced: !CLUSTER_SCOPED.test(kind),
});
