import { fileURLToPath } from 'node:url';
import { isCasesName, isPolicyName, policyFiles } from '#cli/policy-files.ts';
import { isKubernetesObject, type KubernetesObject } from '#manifests/manifest.ts';
import type { Policy } from '#validate/policy/admission-policy.ts';
import { mutations, wordsOf } from '#validate/policy/cases/mutations.ts';
import { type CaseRequest, readCases } from '#validate/policy/cases/read.ts';
import { loadPolicies } from '#validate/policy/load.ts';

/** Requests that the API server and plimsoll are asked about: every case of every policy, and what is made of them. */
const FOLDER = fileURLToPath(new URL('../../../policies', import.meta.url));

export const loaded = loadPolicies(policyFiles(FOLDER, 'policies', isPolicyName).files);
export const policies: readonly Policy[] = loaded.value ?? [];

export interface Question {
  /** `graceful-shutdown: ten seconds to end` */
  readonly name: string;
  readonly request: CaseRequest;
  /** Whether somebody wrote it, as one of the policy's cases. */
  readonly isCase: boolean;
}

/** So many mutations of each passing case. */
const MUTATIONS = 14;

export function questions(): readonly Question[] {
  const byName = new Map(policies.map((policy) => [policy.name, policy]));
  return policyFiles(FOLDER, 'policies', isCasesName).files.flatMap((file) => {
    const { cases } = readCases(file);
    const policy = byName.get(cases?.policy ?? '');
    if (cases === undefined || policy === undefined) return [];
    const own = cases.cases.map(({ name, request }) => ({
      name: `${policy.name}: ${name}`,
      request: { ...request, params: withEnvironment(request.params) },
      isCase: true,
    }));
    return [...own, ...own.flatMap((question) => mutated(question, policy))];
  });
}

/** All policies are installed at once, and some can't do without the facts of the environment. */
const ENVIRONMENT: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'environment', namespace: 'plimsoll-system' },
  data: {
    environment: 'production',
    product: 'tideline',
    stage: 'production',
    account: '111122223333',
    region: 'eu-west-1',
    regions: 'eu-west-1',
    domains: 'tideline.example',
    registries: '111122223333.dkr.ecr.eu-west-1.amazonaws.com',
    tags: 'cost-center\nowner',
    acknowledged: '',
  },
};

const withEnvironment = (params: readonly KubernetesObject[]): readonly KubernetesObject[] =>
  params.some(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'environment')
    ? params
    : [...params, ENVIRONMENT];

/** Spread over all that the generator makes, so that every place has its turn. */
function mutated({ name, request }: Question, policy: Policy): readonly Question[] {
  const { object, oldObject } = request;
  const document = object ?? oldObject;
  if (document === undefined) return [];
  const words = wordsOf(policy.validations.map(({ program }) => program));
  const all = [...take(mutations(document, words), 4_000)];
  const step = Math.max(1, Math.floor(all.length / MUTATIONS));
  return all
    .filter((_, index) => index % step === 0)
    .slice(0, MUTATIONS)
    .flatMap(({ change, document: made }, index) => {
      if (!isKubernetesObject(made) || !sameIdentity(made, document)) return [];
      const mutant = requestOf(made, document, request, index);
      return [{ name: `${name}, ${change}`, request: mutant, isCase: false }];
    });
}

/** In turns a creation, a change of what was valid, and a deletion. */
function requestOf(
  made: KubernetesObject,
  former: KubernetesObject,
  request: CaseRequest,
  index: number,
): CaseRequest {
  const { namespaceLabels, params } = request;
  const around = { namespaceLabels, params };
  if (index % 5 === 3) return { ...around, oldObject: former, object: made };
  if (index % 7 === 5) return { ...around, oldObject: made };
  return { ...around, object: made };
}

const sameIdentity = (one: KubernetesObject, other: KubernetesObject): boolean =>
  one.apiVersion === other.apiVersion &&
  one.kind === other.kind &&
  one.metadata.name === other.metadata.name &&
  one.metadata.namespace === other.metadata.namespace;

function* take<T>(items: Iterable<T>, count: number): Generator<T> {
  let left = count;
  for (const item of items) {
    if (left-- <= 0) return;
    yield item;
  }
}
