import { type Manifest, subjectOf } from '#manifests/manifest.ts';
import type { Finding, Severity } from '#model/finding.ts';
import type { CheckOutcome } from '../check.ts';
import type { Binding, Part, Policy, Validation } from './admission-policy.ts';
import { pointerOf } from './blame.ts';
import { CelError, type Inquiry, inquire, KnownGap, type Roots } from './cel.ts';
import { bindingsFor, type Candidate, concernsKind, type Resource } from './match.ts';
import { type Namespaces, namespacesOf } from './namespaces.ts';
import type { Labels } from './selector.ts';

/**
 * Judges documents by the policies that guard the cluster.
 *
 * Input: policies from `loadPolicies`, the documents of one environment, and what is known of their kinds.
 * Output: a finding for each rule that a document breaks, with the field and the line that somebody can change.
 * Guarantees: pure; cost grows with the documents that some policy concerns; an expression that cannot be judged is a
 * finding, never a pass. `covered` holds the documents that at least one policy judged.
 */

export interface PolicyOptions {
  /** What the schemas know of a kind; undefined for a kind that they don't know, whose plural is then guessed. */
  readonly resourceOf: (group: string, version: string, kind: string) => Resource | undefined;
  /** Which of the documents to judge, where it is known of the others that they break nothing. */
  readonly judged?: readonly Manifest[];
  /** Namespaces of which those others were judged by. */
  readonly asked?: Iterable<string>;
}

export interface PolicyOutcome extends CheckOutcome {
  /** Documents that were judged by what their namespaces are, too. */
  readonly asking: ReadonlySet<Manifest>;
}

export function checkPolicies(
  policies: readonly Policy[],
  manifests: readonly Manifest[],
  options: PolicyOptions,
): PolicyOutcome {
  const findings: Finding[] = [];
  const covered = new Set<Manifest>();
  const asking = new Set<Manifest>();
  const namespaces = namespacesOf(manifests);
  for (const name of options.asked ?? []) namespaces.labelsOf(name);
  const concerned = new Map<string, { readonly resource: Resource; readonly policies: readonly Policy[] }>();
  const unsupported = new Set<Part>();
  const inquiries = new Map(policies.map((policy) => [policy, inquire(policy.variables)]));

  for (const manifest of options.judged ?? manifests) {
    const { apiVersion, kind } = manifest.object;
    const slash = apiVersion.indexOf('/');
    const group = apiVersion.slice(0, Math.max(slash, 0));
    const version = apiVersion.slice(slash + 1);
    const key = `${apiVersion} ${kind}`;
    let known = concerned.get(key);
    if (known === undefined) {
      const resource = options.resourceOf(group, version, kind) ?? guessed(manifest);
      known = {
        resource,
        policies: policies.filter(({ constraints }) => concernsKind(constraints, group, version, resource)),
      };
      concerned.set(key, known);
    }
    if (known.policies.length === 0) continue;
    const noting = noted(namespaces, manifest, asking);
    const candidate = candidateOf(manifest, group, version, known.resource, noting);
    for (const policy of known.policies) {
      const inquiry = inquiries.get(policy);
      const severity = worst(bindingsFor(policy, candidate));
      if (severity === undefined || inquiry === undefined) continue;
      inquiry.about(rootsOf(candidate, noting));
      if (judge(policy, severity, manifest, inquiry, unsupported, findings)) covered.add(manifest);
    }
  }
  findings.push(...namespaces.unknown());
  const engine = policies.length === 1 ? '1 policy' : `${policies.length} policies`;
  return { check: 'policy', engine, findings, covered, asking };
}

/** The namespaces, with a note of who asked for one. */
function noted(
  { labelsOf, objectOf }: Namespaces,
  manifest: Manifest,
  asking: Set<Manifest>,
): Pick<Namespaces, 'labelsOf' | 'objectOf'> {
  return {
    labelsOf: (name) => {
      asking.add(manifest);
      return labelsOf(name);
    },
    objectOf: (name) => {
      asking.add(manifest);
      return objectOf(name);
    },
  };
}

/** Kinds of one's own follow this in practice; a wrong guess can only be an irregular plural. */
function guessed({ object }: Manifest): Resource {
  const singular = object.kind.toLowerCase();
  const plural = /(s|x|ch|sh)$/.test(singular)
    ? `${singular}es`
    : /[^aeiou]y$/.test(singular)
      ? `${singular.slice(0, -1)}ies`
      : `${singular}s`;
  return { plural, namespaced: object.metadata.namespace !== undefined };
}

function candidateOf(
  manifest: Manifest,
  group: string,
  version: string,
  resource: Resource,
  namespaces: Pick<Namespaces, 'labelsOf'>,
): Candidate {
  const { metadata, kind } = manifest.object;
  const namespace = resource.namespaced ? (metadata.namespace ?? 'default') : '';
  const labelled = group === '' && kind === 'Namespace' ? metadata.name : namespace;
  const namespaceLabels = (): Labels | undefined =>
    labelled === '' ? undefined : namespaces.labelsOf(labelled);
  return { manifest, group, version, resource, namespace, namespaceLabels };
}

function worst(bindings: readonly Binding[]): Severity | undefined {
  const severities = bindings.map(({ severity }) => severity);
  return (['error', 'warning', 'info'] as const).find((severity) => severities.includes(severity));
}

/** What few policies ask for is made only when it is asked for. */
function rootsOf(candidate: Candidate, namespaces: Pick<Namespaces, 'objectOf'>): Roots {
  return {
    object: candidate.manifest.object,
    oldObject: null,
    params: null,
    get request() {
      return requestOf(candidate);
    },
    get namespaceObject() {
      return candidate.namespace === '' ? null : namespaces.objectOf(candidate.namespace);
    },
  };
}

/** Judges a document; false where a condition could not be judged, so that nothing was. */
function judge(
  policy: Policy,
  severity: Severity,
  manifest: Manifest,
  inquiry: Inquiry,
  unsupported: Set<Part>,
  findings: Finding[],
): boolean {
  const missing: Part[] = [];
  /** The value of an expression that must be true or false; an error that counts is a finding. */
  function ask(part: Part): boolean | undefined {
    const value = inquiry.run(part.program);
    if (typeof value === 'boolean') return value;
    const error = value instanceof CelError ? value : new CelError('the result is neither true nor false');
    if (error.cause === 'unsupported') {
      if (!unsupported.has(part) && !(error instanceof KnownGap))
        findings.push(notJudged(policy, part, error.message));
      missing.push(part);
    } else if (policy.failurePolicy === 'Fail') {
      findings.push({
        code: 'policy-evaluation-failed',
        severity,
        ...blamed(manifest, inquiry),
        args: { policy: policy.name, part: part.part, error: error.message },
      });
    }
    return undefined;
  }

  const before = findings.length;
  const answers = policy.conditions.map(ask);
  if (answers.includes(false)) {
    // One condition that is false leaves the document out, whatever went wrong in the others.
    findings.length = before;
    return true;
  }
  if (answers.includes(undefined)) return told(false);
  for (const validation of policy.validations) {
    if (ask(validation) !== false) continue;
    const blame = blamed(manifest, inquiry);
    findings.push({
      code: 'policy-violated',
      severity,
      ...blame,
      args: {
        policy: policy.name,
        validation: validation.index,
        message: messageOf(validation, inquiry),
        mend: policy.mend,
      },
    });
  }
  return told(true);

  /** What an engine lacks is told once for each expression, and only where the finding stays. */
  function told(judged: boolean): boolean {
    for (const part of missing) unsupported.add(part);
    return judged;
  }
}

function notJudged(policy: Policy, { part, origin }: Part, construct: string): Finding {
  return {
    code: 'policy-expression-unsupported',
    severity: 'error',
    origin,
    args: { policy: policy.name, part, construct },
  };
}

/** https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#message-expression */
function messageOf({ message, messageProgram, program }: Validation, inquiry: Inquiry): string {
  const made = messageProgram === undefined ? undefined : inquiry.run(messageProgram);
  if (typeof made === 'string' && made.trim() !== '' && !made.includes('\n') && made.length <= 5 * 1024) {
    return made.trim();
  }
  return message === '' ? `failed expression: ${program.source.trim()}` : message.trim();
}

function blamed(manifest: Manifest, inquiry: Inquiry): Pick<Finding, 'subject' | 'pointer' | 'origin'> {
  const { map, key } = inquiry.lastRead();
  const pointer = pointerOf(manifest.object, map, key) ?? ('spec' in manifest.object ? '/spec' : '');
  const origin = manifest.locate(pointer);
  return { subject: subjectOf(manifest), pointer, ...(origin && { origin }) };
}

/** https://kubernetes.io/docs/reference/config-api/apiserver-admission.v1/#admission-k8s-io-v1-AdmissionRequest, as for a creation. */
function requestOf({ manifest, group, version, resource, namespace }: Candidate): Record<string, unknown> {
  const kind = { group, version, kind: manifest.object.kind };
  const plural = { group, version, resource: resource.plural };
  return {
    kind,
    resource: plural,
    subResource: '',
    requestKind: kind,
    requestResource: plural,
    name: manifest.object.metadata.name,
    namespace,
    operation: 'CREATE',
    dryRun: false,
  };
}
