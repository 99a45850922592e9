import { isKubernetesObject, type KubernetesObject, type Manifest, subjectOf } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import type { CheckOutcome } from '../check.ts';
import { formsOf, type Policy } from './admission-policy.ts';
import { type AdmissionRequest, deletionOf, type Operation } from './admission-request.ts';
import { pointerOf } from './blame.ts';
import { type Inquiry, inquire } from './cel.ts';
import { type Around, judgeBy, kindOf, type Outcome, type ResourceOf } from './judge-request.ts';
import { type Kind, type Plan, planFor } from './match.ts';
import { namespacesAmong } from './namespaces.ts';
import { paramsAmong } from './params.ts';
import { recorder } from './record.ts';
import { type JudgeAlike, judgeAlike } from './remembered.ts';
import { requestsFor } from './requests.ts';

/**
 * Judges documents by the policies that guard the cluster: each as the request that it becomes (requests.ts).
 *
 * Input: policies from `loadPolicies`, the documents of one environment, what they were and what is no more, and what
 * is known of their kinds. Output: a finding for each rule that a document breaks, with the field and the line that
 * somebody can change. Guarantees: pure; nothing is made for a document that no policy concerns; what cannot be judged
 * is a finding, never a pass. `covered` holds the documents that at least one policy judged.
 */

export interface PolicyOptions {
  /** What the schemas know of a kind; undefined for a kind that they don't know, whose plural is then guessed. */
  readonly resourceOf: ResourceOf;
  /** Which of the documents to judge, where it is known of the others that they break nothing. */
  readonly judged?: readonly Manifest[];
  /** Namespaces of which those others were judged by. */
  readonly asked?: Iterable<string>;
  /** What a document was before the change; undefined for one that is new. */
  readonly previous?: ((manifest: Manifest) => unknown) | undefined;
  /** What was there before the change and is no more. */
  readonly deleted?: readonly Manifest[] | undefined;
  /** Params besides those among the documents. */
  readonly params?: readonly KubernetesObject[];
  /** Whether the documents are all that the cluster will have: a param that isn't among them isn't there. */
  readonly isWhole?: boolean;
  /** What the API server makes of an object before policies see it: a custom resource with its defaults. */
  readonly admittedOf?: ((object: KubernetesObject) => KubernetesObject) | undefined;
}

export interface PolicyOutcome extends CheckOutcome {
  /** Documents that were judged by what their namespaces are, too. */
  readonly asking: ReadonlySet<Manifest>;
  /** Documents that some policy could not judge for want of something else: what is said of that is no verdict. */
  readonly unsettled: ReadonlySet<Manifest>;
}

/** A policy that concerns a kind, by operation. */
interface Concern {
  readonly policy: Policy;
  readonly inquiry: Inquiry;
  readonly plans: Readonly<Record<Operation, Plan | undefined>>;
  readonly judge: JudgeAlike;
}

interface Concerned extends Around {
  readonly concerns: readonly Concern[];
}

export function checkPolicies(
  policies: readonly Policy[],
  manifests: readonly Manifest[],
  options: PolicyOptions,
): PolicyOutcome {
  const { resourceOf, previous, deleted = [], admittedOf = itself } = options;
  const covered = new Set<Manifest>();
  const asking = new Set<Manifest>();
  const judgedBy = new Map<Manifest, string[]>();
  let current: Manifest | undefined;
  const among = [...deleted, ...manifests].map(({ object }) => object);
  const namespaces = namespacesAmong(among);
  for (const name of options.asked ?? []) namespaces.labelsOf(name);
  const noted: Around['namespaces'] = {
    labelsOf: (name) => {
      if (current !== undefined) asking.add(current);
      return namespaces.labelsOf(name);
    },
    objectOf: (name) => {
      if (current !== undefined) asking.add(current);
      return namespaces.objectOf(name);
    },
  };
  const own = manifests.map(({ object }) => object);
  const params = paramsAmong([...own, ...(options.params ?? [])], policies, resourceOf);
  const inquiries = policies
    .flatMap(formsOf)
    .map((policy) => ({ policy, inquiry: inquire(policy.variables) }));
  const concernOf = concernsByKind(
    (kind) => ({
      kind,
      namespaces: noted,
      params,
      concerns: inquiries.flatMap(({ policy, inquiry }) => {
        const plans = {
          CREATE: planFor(policy, kind, 'CREATE'),
          UPDATE: planFor(policy, kind, 'UPDATE'),
          DELETE: planFor(policy, kind, 'DELETE'),
        };
        const isConcerned = plans.CREATE ?? plans.UPDATE ?? plans.DELETE;
        return isConcerned === undefined ? [] : [{ policy, inquiry, plans, judge: judgeAlike() }];
      }),
    }),
    resourceOf,
  );
  const record = recorder(options.isWhole ?? false);

  /** Whether the policy judged one of the requests: the first that it concerns. */
  function judged(
    concern: Concern,
    around: Concerned,
    manifest: Manifest,
    requests: readonly AdmissionRequest[],
  ): boolean {
    const { policy, inquiry, plans } = concern;
    for (const request of requests) {
      const plan = plans[request.operation];
      if (plan === undefined) continue;
      const tell = (outcome: Outcome): void => {
        record.take(outcome, policy, request.operation, manifest, () =>
          blamed(manifest, request, outcome, inquiry),
        );
      };
      const answer = judgeBy(plan, request, inquiry, around, tell, concern.judge);
      if (policy.paramKind !== undefined) record.settle();
      if (answer !== 'not concerned') return answer === 'judged';
    }
    return false;
  }

  for (const manifest of options.judged ?? manifests) {
    const around = concernOf(manifest.object);
    if (around.concerns.length === 0) continue;
    current = manifest;
    const former = previous?.(manifest);
    const requests = requestsFor(
      admittedOf(manifest.object),
      isKubernetesObject(former) ? admittedOf(former) : undefined,
    );
    for (const concern of around.concerns) {
      if (!judged(concern, around, manifest, requests)) continue;
      covered.add(manifest);
      const judges = judgedBy.get(manifest);
      if (judges === undefined) judgedBy.set(manifest, [concern.policy.name]);
      else judges.push(concern.policy.name);
    }
  }
  for (const manifest of deleted) {
    const around = concernOf(manifest.object);
    current = manifest;
    for (const concern of around.concerns)
      if (concern.plans.DELETE !== undefined)
        judged(concern, around, manifest, [deletionOf(admittedOf(manifest.object))]);
  }
  const findings = [...record.findings(), ...namespaces.unknown()];
  const engine = policies.length === 1 ? '1 policy' : `${policies.length} policies`;
  return { check: 'policy', engine, findings, covered, asking, judgedBy, unsettled: record.unsettled };
}

const itself = (object: KubernetesObject): KubernetesObject => object;

/** Works out once for each kind what concerns it. */
function concernsByKind(
  make: (kind: Kind) => Concerned,
  resourceOf: ResourceOf,
): (object: KubernetesObject) => Concerned {
  const known = new Map<string, Map<string, Concerned>>();
  return (object) => {
    let kinds = known.get(object.apiVersion);
    if (kinds === undefined) {
      kinds = new Map();
      known.set(object.apiVersion, kinds);
    }
    let concerned = kinds.get(object.kind);
    if (concerned === undefined) {
      concerned = make(kindOf(object, resourceOf));
      kinds.set(object.kind, concerned);
    }
    return concerned;
  };
}

/** The document, and the field and line in it that somebody can change. */
function blamed(
  manifest: Manifest,
  { object, oldObject }: AdmissionRequest,
  outcome: Outcome,
  inquiry: Inquiry,
): Pick<Finding, 'subject' | 'pointer' | 'origin'> {
  const reads = 'part' in outcome ? inquiry.readsOf(outcome.part.program) : [];
  const pointer = pointerOf(object, oldObject, reads) ?? ('spec' in manifest.object ? '/spec' : '');
  const origin = manifest.locate(pointer);
  return { subject: subjectOf(manifest), pointer, ...(origin && { origin }) };
}
