import type { Manifest } from '#manifests/manifest.ts';
import type { Finding, Subject } from '#model/finding.ts';
import type { Binding, Part, Policy } from './admission-policy.ts';
import type { Operation } from './admission-request.ts';
import { isWorse, type Outcome } from './judge-request.ts';

/**
 * Makes findings of outcomes: what is said of a document once for it, however many params and bindings find it; what
 * is said of a policy once for all documents.
 */
export interface Recorder {
  readonly take: (
    outcome: Outcome,
    policy: Policy,
    operation: Operation,
    manifest: Manifest,
    blame: () => Pick<Finding, 'subject' | 'pointer' | 'origin'>,
  ) => void;
  /** Ends what was said of one document by one policy. */
  readonly settle: () => void;
  readonly findings: () => readonly Finding[];
  /** Documents that some policy could not judge for want of something else than the document. */
  readonly unsettled: ReadonlySet<Manifest>;
}

/** A binding whose params are not there, and how many documents it concerned. */
interface Unmet {
  readonly policy: Policy;
  readonly binding: Binding;
  documents: number;
}

/** @param isWhole Whether the documents are all that the cluster will have. */
export function recorder(isWhole: boolean): Recorder {
  const findings: Finding[] = [];
  const unsupported = new Set<Part>();
  /** By name: bindings that were made of one, for the templates of pods, tell what it tells. */
  const missing = new Map<string, Unmet>();
  const unsettled = new Set<Manifest>();
  const onPolicies = new Map<string, Finding>();
  /** What was said of the document at hand, by what it says, and where that stands. */
  const said = new Map<string, number>();

  /** Of equal findings the worst. */
  function push(finding: Finding, key: string): void {
    const before = said.get(key);
    if (before === undefined) {
      said.set(key, findings.length);
      findings.push(finding);
      return;
    }
    const other = findings[before];
    if (other !== undefined && isWorse(finding.severity, other.severity)) findings[before] = finding;
  }

  return {
    unsettled,
    take: (outcome, policy, operation, manifest, blame) => {
      const { severity } = outcome;
      switch (outcome.kind) {
        case 'violated': {
          const { part, message } = outcome;
          const { name, mend } = policy;
          const args = {
            policy: name,
            validation: part.index,
            message,
            mend,
            ...(operation !== 'CREATE' && { operation }),
          };
          const finding: Finding = { code: 'policy-violated', severity, ...blame(), args };
          if (policy.paramKind === undefined) findings.push(finding);
          else push(finding, `${part.index} ${message}`);
          return;
        }
        case 'failed': {
          const args = { policy: policy.name, part: outcome.part.part, error: outcome.error };
          const finding: Finding = { code: 'policy-evaluation-failed', severity, ...blame(), args };
          push(finding, `${outcome.part.part}: ${outcome.error}`);
          if (RUNAWAY.test(outcome.error)) onPolicies.set(`${policy.name} cost`, runaway(policy, outcome));
          if (policy.paramKind === undefined) said.clear();
          return;
        }
        case 'unjudged':
          if (!outcome.isTold && !unsupported.has(outcome.part))
            findings.push(notJudged(policy, outcome.part, outcome.construct));
          unsupported.add(outcome.part);
          return;
        case 'missing': {
          unsettled.add(manifest);
          const unmet = missing.get(outcome.of.name);
          if (unmet === undefined)
            missing.set(outcome.of.name, { policy, binding: outcome.of, documents: 1 });
          else unmet.documents += 1;
          return;
        }
        case 'unconfigured':
          unsettled.add(manifest);
          onPolicies.set(`${outcome.binding} ${outcome.problem}`, unconfigured(policy, outcome, isWhole));
          return;
        case 'unconverted': {
          unsettled.add(manifest);
          const { kind } = manifest.object;
          const args = { policy: policy.name, kind, version: outcome.version };
          const { origin } = policy;
          onPolicies.set(`${policy.name} ${kind}`, {
            code: 'policy-version-unconverted',
            severity: 'warning',
            subject: subjectOf('ValidatingAdmissionPolicy', policy.name),
            origin,
            args,
          });
        }
      }
    },
    settle: () => said.clear(),
    findings: () => [
      ...findings,
      ...[...missing.values()].flatMap((unmet) => missingParam(unmet, isWhole)),
      ...onPolicies.values(),
    ],
  };
}

/** In the words of the API server. */
const RUNAWAY = /cost limit exceeded|out of cost budget/;

/** Said of the policy too: it is not the document that must be mended. */
const runaway = (policy: Policy, { part, severity }: Outcome & { readonly kind: 'failed' }): Finding => ({
  code: 'policy-cost-exceeded',
  severity,
  origin: part.origin,
  args: { policy: policy.name, part: part.part },
});

function notJudged(policy: Policy, { part, origin }: Part, construct: string): Finding {
  return {
    code: 'policy-expression-unsupported',
    severity: 'error',
    origin,
    args: { policy: policy.name, part, construct },
  };
}

/** A cluster without the param does what the binding says. What isn't the whole cluster tells nothing. */
function missingParam({ policy, binding, documents }: Unmet, isWhole: boolean): readonly Finding[] {
  const { paramRef } = binding;
  if (paramRef === undefined) return [];
  const { origin } = paramRef;
  const args = { policy: policy.name, binding: binding.name, param: paramText(binding), documents };
  const subject = subjectOf('ValidatingAdmissionPolicyBinding', binding.name);
  if (!isWhole) return [{ code: 'policy-params-unknown', severity: 'warning', subject, origin, args }];
  if (paramRef.notFound === 'Allow') return [];
  const severity = policy.failurePolicy === 'Ignore' ? 'warning' : 'error';
  return [{ code: 'policy-params-missing', severity, subject, origin, args }];
}

/** Of what is said of a policy, not of a document. */
const subjectOf = (kind: string, name: string): Subject => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind,
  name,
});

const paramText = ({ paramRef }: Binding): string => {
  const name = paramRef?.name === '' ? '(by labels)' : (paramRef?.name ?? '');
  return paramRef?.namespace ? `${paramRef.namespace}/${name}` : name;
};

function unconfigured(
  policy: Policy,
  { at, of, problem }: Outcome & { readonly kind: 'unconfigured' },
  isWhole: boolean,
): Finding {
  const origin = at.paramRef?.origin ?? at.origin;
  const args = { policy: policy.name, binding: at.name, problem };
  // A kind that isn't defined here may be defined in the cluster.
  const isKnown = isWhole || of === 'binding';
  const severity = isKnown && policy.failurePolicy === 'Fail' ? 'error' : 'warning';
  const subject = subjectOf('ValidatingAdmissionPolicyBinding', at.name);
  return { code: 'policy-params-unconfigured', severity, subject, origin, args };
}
