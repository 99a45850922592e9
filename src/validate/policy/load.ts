import type { Checked, Finding } from '#model/finding.ts';
import type { Policy } from './admission-policy.ts';
import type { Fields } from './fields.ts';
import { judgesTemplates } from './pod-templates/derive.ts';
import { templatePolicies } from './pod-templates/template-policies.ts';
import { isRecord, type PolicyDocument, type PolicyFile, policyDocuments } from './policy-file.ts';
import { type LooseBinding, readBinding } from './read-binding.ts';
import { readPolicy } from './read-policy.ts';

/**
 * Reads the policies that guard the cluster, so that the same files judge the merge request.
 *
 * Input: the files of `policies/`, as text. Output: the policies that have a binding, compiled, and the objects that
 * they take values from, where those lie beside them.
 * Guarantees: whatever is not judged (a kind, CEL that needs a cluster, a missing binding) is a finding at its line; one
 * bad policy leaves the others in force.
 */

const ADMISSION = /^admissionregistration\.k8s\.io\/v1(beta1)?$/;

/** The policies, and the documents that they were read from: what the cluster gets. */
export interface LoadedPolicies extends Checked<readonly Policy[]> {
  readonly documents: readonly PolicyDocument[];
  /** What was made of them to judge the templates of pods: the cluster gets these, too. */
  readonly derived: readonly PolicyDocument[];
  /** Those among the documents that policies take values from. */
  readonly params: readonly PolicyDocument[];
}

type Unbound = Omit<Policy, 'bindings'>;

export function loadPolicies(files: readonly PolicyFile[]): LoadedPolicies {
  const findings: Finding[] = [];
  const documents: PolicyDocument[] = [];
  const others: PolicyDocument[] = [];
  /** Undefined for one that is broken: its name is taken, and its binding not left dangling. */
  const policies = new Map<string, Unbound | undefined>();
  const written = new Map<Unbound, PolicyDocument>();
  const bindings = new Map<string, LooseBinding>();

  for (const file of files) {
    const read = policyDocuments(file);
    findings.push(...read.findings);
    documents.push(...read.documents);
    for (const document of read.documents) take(document);
  }

  function take(document: PolicyDocument): void {
    const { apiVersion, kind } = document.value;
    const name = nameOf(document);
    const fields: Fields = { document, name, findings, failed: false };
    const isAdmission = typeof apiVersion === 'string' && ADMISSION.test(apiVersion);
    const target = !isAdmission
      ? undefined
      : kind === 'ValidatingAdmissionPolicy'
        ? policies
        : kind === 'ValidatingAdmissionPolicyBinding'
          ? bindings
          : undefined;
    if (target === undefined) others.push(document);
    else if (target.has(name)) {
      findings.push({
        code: 'policy-duplicate',
        severity: 'error',
        origin: document.origin(['metadata', 'name']),
        args: { kind: text(kind), name },
      });
    } else if (target === policies) {
      const policy = readPolicy(fields);
      policies.set(name, policy);
      if (policy !== undefined) written.set(policy, document);
    } else {
      const binding = readBinding(fields);
      if (binding !== undefined) bindings.set(name, binding);
    }
  }

  const params = others.filter((document) => isParam(document, policies.values()));
  for (const document of others) if (!params.includes(document)) findings.push(unsupported(document));

  for (const { name, policy, document } of bindings.values()) {
    if (policies.has(policy)) continue;
    findings.push({
      code: 'policy-binding-dangling',
      severity: 'error',
      origin: document.origin(['spec', 'policyName']),
      args: { binding: name, policy },
    });
  }

  const value: Policy[] = [];
  const derived: PolicyDocument[] = [];
  const taken = { policies: new Set(policies.keys()), bindings: new Set(bindings.keys()) };
  for (const policy of policies.values()) {
    if (policy === undefined) continue;
    const own = [...bindings.values()].filter((binding) => binding.policy === policy.name);
    const { name, origin } = policy;
    const document = written.get(policy);
    if (own.length > 0 && document !== undefined && judgesTemplates(document)) {
      const made = templatePolicies({ policy: document, bindings: own }, taken);
      findings.push(...made.findings.filter((finding) => !isSaid(finding, findings)));
      derived.push(...made.documents);
      value.push({ ...policy, bindings: own, templates: made.value ?? [] });
    } else if (own.length > 0) value.push({ ...policy, bindings: own });
    else findings.push({ code: 'policy-unbound', severity: 'warning', origin, args: { policy: name } });
  }
  return { value, findings, documents, derived, params };
}

/** What is wrong with an expression is wrong with what was made of it, in the same place. */
const isSaid = ({ code, origin }: Finding, findings: readonly Finding[]): boolean =>
  findings.some(
    (other) =>
      other.code === code &&
      other.origin?.file === origin?.file &&
      other.origin?.line === origin?.line &&
      other.origin?.column === origin?.column,
  );

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function nameOf(document: PolicyDocument): string {
  const { metadata } = document.value;
  return isRecord(metadata) ? text(metadata['name']) : '';
}

/** Whether a policy takes its values from objects of this kind. */
function isParam({ value }: PolicyDocument, policies: Iterable<Unbound | undefined>): boolean {
  const apiVersion = text(value['apiVersion']);
  for (const policy of policies) {
    if (policy?.paramKind === undefined) continue;
    const { group, version, kind } = policy.paramKind;
    if (value['kind'] === kind && apiVersion === (group === '' ? version : `${group}/${version}`))
      return true;
  }
  return false;
}

function unsupported(document: PolicyDocument): Finding {
  const { apiVersion, kind } = document.value;
  const shown = `${text(apiVersion)} ${text(kind)}`.trim();
  return {
    code: 'policy-kind-unsupported',
    severity: 'error',
    origin: document.origin(['kind']),
    args: { kind: shown === '' ? 'A document without a kind' : shown },
  };
}
