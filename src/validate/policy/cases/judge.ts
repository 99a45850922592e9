import type { KubernetesObject } from '#manifests/manifest.ts';
import { type AdmissionRequest, creationOf, deletionOf, updateOf } from '../admission-request.ts';
import { judgeRequest, type ResourceOf } from '../judge-request.ts';
import type { CaseRequest } from './read.ts';
import type { CaseJudge } from './test.ts';

/** Judges a case as admission would judge its request. */
export const caseJudge =
  (resourceOf: ResourceOf): CaseJudge =>
  (policy, request) => {
    const made = admissionOf(request);
    if (made === undefined) return { matched: false, failures: [], errors: [] };
    const { namespace, params } = surroundings(request);
    const { matched, failures, errors } = judgeRequest(policy, made, { namespace, params, resourceOf });
    return { matched, failures, errors: errors.map(({ message }) => message) };
  };

/** Undefined where there is neither what was nor what will be. */
export function admissionOf({ object, oldObject }: CaseRequest): AdmissionRequest | undefined {
  if (object === undefined) return oldObject === undefined ? undefined : deletionOf(oldObject);
  return oldObject === undefined ? creationOf(object) : updateOf(oldObject, object);
}

/** What a request is judged among: its Namespace and its params, as the case has them. */
export function surroundings({ object, oldObject, namespaceLabels, params }: CaseRequest): {
  readonly namespace: KubernetesObject | undefined;
  readonly params: readonly KubernetesObject[];
} {
  const name = (object ?? oldObject)?.metadata.namespace;
  if (name === undefined) return { namespace: undefined, params };
  const labels = { ...namespaceLabels, 'kubernetes.io/metadata.name': name };
  return { namespace: { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }, params };
}
