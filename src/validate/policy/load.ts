import type { Checked, Finding, Severity } from '#model/finding.ts';
import type { Binding, MatchResources, Part, Policy, Validation } from './admission-policy.ts';
import { compile, type Program, unjudged } from './cel.ts';
import {
  at,
  type Fields,
  itemsAt,
  matchResourcesAt,
  oneOf,
  pathText,
  requiredTextAt,
  textAt,
} from './fields.ts';
import { isRecord, type Path, type PolicyDocument, type PolicyFile, policyDocuments } from './policy-file.ts';

/**
 * Reads the policies that guard the cluster, so that the same files judge the merge request.
 *
 * Input: the files of `policies/`, as text. Output: the policies that have a binding, compiled.
 * Guarantees: whatever is not judged (a kind, parameters, CEL that needs a cluster, a missing binding) is a finding at
 * its line; one bad policy leaves the others in force.
 */

const ADMISSION = /^admissionregistration\.k8s\.io\/v1(beta1)?$/;
const SEVERITIES: Readonly<Record<string, Severity>> = { Deny: 'error', Warn: 'warning', Audit: 'info' };

interface LooseBinding extends Binding {
  readonly policy: string;
  readonly document: PolicyDocument;
}

/** The policies, and the documents that they were read from: what the cluster gets. */
export interface LoadedPolicies extends Checked<readonly Policy[]> {
  readonly documents: readonly PolicyDocument[];
}

export function loadPolicies(files: readonly PolicyFile[]): LoadedPolicies {
  const findings: Finding[] = [];
  const documents: PolicyDocument[] = [];
  const policies = new Map<string, Omit<Policy, 'bindings'> | undefined>();
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
    if (target === undefined) {
      const shown = `${text(apiVersion)} ${text(kind)}`.trim();
      findings.push({
        code: 'policy-kind-unsupported',
        severity: 'error',
        origin: document.origin(['kind']),
        args: { kind: shown === '' ? 'A document without a kind' : shown },
      });
    } else if (target.has(name)) {
      findings.push({
        code: 'policy-duplicate',
        severity: 'error',
        origin: document.origin(['metadata', 'name']),
        args: { kind: text(kind), name },
      });
    } else if (target === policies) {
      policies.set(name, readPolicy(fields));
    } else {
      const binding = readBinding(fields);
      if (binding !== undefined) bindings.set(name, binding);
    }
  }

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
  for (const policy of policies.values()) {
    if (policy === undefined) continue;
    const own = [...bindings.values()].filter((binding) => binding.policy === policy.name);
    const { name, origin, constraints } = policy;
    const args = { policy: name };
    if (own.length === 0) findings.push({ code: 'policy-unbound', severity: 'warning', origin, args });
    else value.push({ ...policy, bindings: own });
    if (!judgesCreation(constraints)) {
      findings.push({ code: 'policy-operation-unjudged', severity: 'warning', origin, args });
    }
  }
  return { value, findings, documents };
}

/** Documents are judged as if they were created; a policy on changes or deletions alone judges none of them. */
const judgesCreation = ({ rules }: MatchResources): boolean =>
  rules === undefined ||
  rules.some(({ operations }) => operations.includes('CREATE') || operations.includes('*'));

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function nameOf(document: PolicyDocument): string {
  const { metadata } = document.value;
  return isRecord(metadata) ? text(metadata['name']) : '';
}

function readBinding(fields: Fields): LooseBinding | undefined {
  const { name, document, findings } = fields;
  if (at(fields, ['spec', 'paramRef']) !== undefined) {
    findings.push({
      code: 'policy-params-unsupported',
      severity: 'error',
      origin: document.origin(['spec', 'paramRef']),
      args: { policy: requiredTextAt(fields, ['spec', 'policyName']) },
    });
    return undefined;
  }
  const actions = itemsAt(fields, ['spec', 'validationActions']).map((path) =>
    oneOf(fields, path, Object.keys(SEVERITIES), 'Deny'),
  );
  const worst = ['Deny', 'Warn', 'Audit'].find((action) => actions.includes(action)) ?? 'Deny';
  const policy = requiredTextAt(fields, ['spec', 'policyName']);
  const resources = matchResourcesAt(fields, ['spec', 'matchResources']);
  if (fields.failed) return undefined;
  return { name, policy, resources, severity: SEVERITIES[worst] ?? 'error', document };
}

function readPolicy(fields: Fields): Omit<Policy, 'bindings'> | undefined {
  const { document, name, findings } = fields;
  if (at(fields, ['spec', 'paramKind']) !== undefined) {
    findings.push({
      code: 'policy-params-unsupported',
      severity: 'error',
      origin: document.origin(['spec', 'paramKind']),
      args: { policy: name },
    });
    return undefined;
  }
  requiredTextAt(fields, ['metadata', 'name']);
  const names: string[] = [];
  const variables = itemsAt(fields, ['spec', 'variables']).map((path) => {
    const program = programAt(fields, [...path, 'expression'], names);
    names.push(requiredTextAt(fields, [...path, 'name']));
    return program;
  });
  const conditions = itemsAt(fields, ['spec', 'matchConditions']).map((path) => partAt(fields, path, []));
  const validations = itemsAt(fields, ['spec', 'validations']).map((path, index): Validation => {
    const messagePath = [...path, 'messageExpression'];
    return {
      ...partAt(fields, path, names),
      index,
      message: textAt(fields, [...path, 'message']) ?? '',
      messageProgram:
        at(fields, messagePath) === undefined ? undefined : programAt(fields, messagePath, names),
    };
  });
  const policy = {
    name,
    origin: document.origin(['metadata', 'name']),
    title: annotation(document, 'plimsoll.dev/title'),
    mend: annotation(document, 'plimsoll.dev/mend'),
    failurePolicy: oneOf(fields, ['spec', 'failurePolicy'], ['Fail', 'Ignore'] as const, 'Fail'),
    constraints: matchResourcesAt(fields, ['spec', 'matchConstraints']),
    conditions,
    variables,
    validations,
  };
  return fields.failed ? undefined : policy;
}

function annotation(document: PolicyDocument, key: string): string {
  const { metadata } = document.value;
  const annotations = isRecord(metadata) ? metadata['annotations'] : undefined;
  return isRecord(annotations) && Object.hasOwn(annotations, key) ? text(annotations[key]).trim() : '';
}

function partAt(fields: Fields, path: Path, variables: readonly string[]): Part {
  return {
    part: pathText(path.slice(1)),
    origin: fields.document.origin([...path, 'expression']),
    program: programAt(fields, [...path, 'expression'], variables),
  };
}

/**
 * An expression that a cluster would refuse fails the whole policy, as it does there. One that only a cluster can judge
 * evaluates to an error, which is reported here and not again for each document.
 */
function programAt(fields: Fields, path: Path, variables: readonly string[]): Program {
  const source = requiredTextAt(fields, path);
  const compiled = compile(source, variables);
  if ('program' in compiled) return compiled.program;
  const { kind, message, at: offset } = compiled.problem;
  const origin = fields.document.originWithin(path, offset);
  const part = pathText(path.slice(1, -1));
  if (kind === 'invalid') {
    fields.failed = true;
    fields.findings.push({
      code: 'policy-expression-invalid',
      severity: 'error',
      origin,
      args: { policy: fields.name, part, problem: message },
    });
  } else {
    fields.findings.push({
      code: 'policy-expression-unsupported',
      severity: 'error',
      origin,
      args: { policy: fields.name, part, construct: message },
    });
  }
  return unjudged(source, message);
}
