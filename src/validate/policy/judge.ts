import type { Part, Policy, Validation } from './admission-policy.ts';
import { CelError, type Inquiry, KnownGap } from './cel.ts';

/**
 * Evaluates one policy on one request with one param, as the API server does:
 * https://github.com/kubernetes/kubernetes/blob/v1.34.4/staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/validating/validator.go
 *
 * Input: the policy, and an inquiry that is about the request. Output: whether its conditions hold, and what it objects
 * to, in the order of the validations. Guarantees: pure; what can't be judged offline is a decision, never a pass.
 */
export interface Verdict {
  /** Whether the policy's conditions hold; undefined where that can't be told. */
  readonly matched: boolean | undefined;
  readonly decisions: readonly Decision[];
}

export type Decision =
  | { readonly kind: 'violated'; readonly part: Validation; readonly message: string }
  /** An error, which a policy that fails closed takes for a refusal. `message` is what the API server says. */
  | {
      readonly kind: 'failed';
      readonly part: Part;
      readonly error: string;
      readonly message: string;
      /** Refused whatever the binding's actions are. */
      readonly always?: true;
    }
  | { readonly kind: 'unjudged'; readonly part: Part; readonly construct: string; readonly isTold: boolean };

/** https://github.com/kubernetes/kubernetes/blob/v1.34.4/staging/src/k8s.io/apiserver/pkg/apis/cel/config.go */
const BUDGET = 10_000_000;
const CONDITIONS_BUDGET = 2_500_000;
const PER_CALL = 1_000_000;
const LONGEST_MESSAGE = 5 * 1024;

const OUT_OF_BUDGET =
  'validation failed due to running out of cost budget, no further validation rules will be run';

const PASSED: Verdict = { matched: true, decisions: [] };
const UNMATCHED: Verdict = { matched: false, decisions: [] };

export function judge(policy: Policy, inquiry: Inquiry): Verdict {
  const early = policy.conditions.length === 0 ? undefined : judgeConditions(policy, inquiry);
  if (early !== undefined) return early;
  const found: Found = { decisions: undefined };
  inquiry.begin(BUDGET);
  const failing = judgeValidations(policy, inquiry, found);
  if (failing === undefined) return outOfBudget(policy);
  if (messagesRunOut(policy, inquiry)) tellAll(policy, failing, found);
  else tellFailing(policy, inquiry, failing, found);
  const audit = judgeAudits(policy, inquiry, found);
  if (audit !== undefined) return audit;
  return found.decisions === undefined ? PASSED : { matched: true, decisions: found.decisions };
}

/** Most requests come to nothing, for which nothing is made. */
interface Found {
  decisions: Decision[] | undefined;
}

function add(found: Found, decision: Decision): void {
  if (found.decisions === undefined) found.decisions = [decision];
  else found.decisions.push(decision);
}

function fail({ failurePolicy }: Policy, found: Found, part: Part, error: string, isWhole = false): void {
  if (failurePolicy === 'Ignore') return;
  const message = isWhole ? error : `expression '${part.program.source}' resulted in error: ${error}`;
  add(found, { kind: 'failed', part, error, message });
}

function errorOf(policy: Policy, found: Found, part: Part, error: CelError): void {
  if (error.cause !== 'unsupported') fail(policy, found, part, error.message);
  else
    add(found, {
      kind: 'unjudged',
      part,
      construct: error.message,
      isTold: error instanceof KnownGap,
    });
}

/** A policy that has spent its budget says nothing else. */
function outOfBudget(policy: Policy): Verdict {
  const part = policy.validations[0] ?? policy.auditAnnotations[0] ?? policy.conditions[0];
  const found: Found = { decisions: undefined };
  if (part !== undefined) fail(policy, found, part, OUT_OF_BUDGET, true);
  return { matched: true, decisions: found.decisions ?? [] };
}

/** Undefined where all conditions hold. One that is false leaves the request out, whatever goes wrong in the others. */
function judgeConditions(policy: Policy, inquiry: Inquiry): Verdict | undefined {
  inquiry.begin(CONDITIONS_BUDGET, 'conditions');
  const errors: { readonly part: Part; readonly error: CelError }[] = [];
  let isOut = false;
  for (const part of policy.conditions) {
    const value = inquiry.run(part.program);
    if (inquiry.remaining() < 0) return policy.failurePolicy === 'Ignore' ? UNMATCHED : outOfBudget(policy);
    if (value === false) isOut = true;
    else if (value instanceof CelError) errors.push({ part, error: value });
  }
  if (isOut) return UNMATCHED;
  const [first] = errors;
  if (first === undefined) return undefined;
  const found: Found = { decisions: undefined };
  const gaps = errors.filter(({ error }) => error.cause === 'unsupported');
  for (const { part, error } of gaps) errorOf(policy, found, part, error);
  if (gaps.length > 0) return { matched: undefined, decisions: found.decisions ?? [] };
  if (policy.failurePolicy === 'Ignore') return UNMATCHED;
  const texts = errors.map(
    ({ part, error }) => `expression '${part.program.source}' resulted in error: ${error.message}`,
  );
  const messages = [...new Set(texts)];
  const message = messages.length === 1 ? messages[0] : `[${messages.join(', ')}]`;
  const decision: Decision = {
    kind: 'failed',
    part: first.part,
    error: first.error.message,
    message: message ?? '',
  };
  return { matched: undefined, decisions: [decision] };
}

type Failing = { readonly part: Validation; readonly error: CelError | undefined };

/** What doesn't hold; undefined where the budget ran out. */
function judgeValidations(policy: Policy, inquiry: Inquiry, found: Found): readonly Failing[] | undefined {
  let failing: Failing[] | undefined;
  for (const part of policy.validations) {
    const value = inquiry.run(part.program);
    if (inquiry.remaining() < 0) {
      found.decisions = undefined;
      return undefined;
    }
    if (value === true) continue;
    failing ??= [];
    failing.push({ part, error: value instanceof CelError ? value : undefined });
  }
  return failing ?? NOTHING;
}

const NOTHING: readonly Failing[] = [];

function tellFailing(policy: Policy, inquiry: Inquiry, failing: readonly Failing[], found: Found): void {
  for (const { part, error } of failing) {
    if (error !== undefined) errorOf(policy, found, part, error);
    else add(found, { kind: 'violated', part, message: messageOf(part, inquiry) });
  }
}

/** Without a message, what holds fails as well. */
function tellAll(policy: Policy, failing: readonly Failing[], found: Found): void {
  for (const part of policy.validations) {
    const error = failing.find((one) => one.part === part)?.error;
    if (error !== undefined) errorOf(policy, found, part, error);
    else fail(policy, found, part, `failed messageExpression: ${OUT_OF_BUDGET}`, true);
  }
}

/**
 * Whether the messages, which the API server makes all in any case, spend what the validations left. They are made
 * here only where they could.
 */
function messagesRunOut({ validations, variables }: Policy, inquiry: Inquiry): boolean {
  const left = inquiry.remaining();
  if (left >= (validations.length + variables.length) * PER_CALL) return false;
  const programs = validations.flatMap(({ messageProgram }) => messageProgram ?? []);
  if (programs.length === 0 || left >= (programs.length + variables.length) * PER_CALL) return false;
  if (inquiry.worst(programs) <= left) return false;
  inquiry.begin(left);
  for (const program of programs) inquiry.run(program);
  const isOut = inquiry.remaining() < 0;
  inquiry.begin(BUDGET);
  return isOut;
}

/** https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#message-expression */
function messageOf({ message, messageProgram, program }: Validation, inquiry: Inquiry): string {
  const made = messageProgram === undefined ? undefined : inquiry.run(messageProgram);
  if (typeof made === 'string') {
    const trimmed = made.trim();
    const isFit = !trimmed.includes('\n') && new TextEncoder().encode(trimmed).length <= LONGEST_MESSAGE;
    if (isFit && trimmed !== '') return trimmed;
  }
  return message === '' ? `failed expression: ${program.source.trim()}` : message.trim();
}

/** Annotations of the audit log are nobody's offline; an error in one refuses the request all the same. */
function judgeAudits(policy: Policy, inquiry: Inquiry, found: Found): Verdict | undefined {
  if (policy.auditAnnotations.length === 0 || policy.failurePolicy === 'Ignore') return undefined;
  inquiry.begin(BUDGET);
  for (const part of policy.auditAnnotations) {
    const value = inquiry.run(part.program);
    if (inquiry.remaining() < 0) return outOfBudget(policy);
    if (!(value instanceof CelError)) continue;
    if (value.cause === 'unsupported') errorOf(policy, found, part, value);
    else {
      const message = `expression '${part.program.source}' resulted in error: ${value.message}`;
      add(found, { kind: 'failed', part, error: value.message, message, always: true });
    }
  }
  return undefined;
}
