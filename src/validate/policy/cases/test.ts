import { isKubernetesObject } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import { suggester } from '#model/suggest.ts';
import type { Policy, Validation } from '../admission-policy.ts';
import { mutations, sizeOf, wordsOf } from './mutations.ts';
import type { Case, CaseRequest, Expected, PolicyCases } from './read.ts';

/**
 * Tests policies by the cases beside them.
 *
 * Input: policies, their cases, and who judges a request. Output: for each policy what its cases showed, and findings:
 * cases that end otherwise, validations that nothing was shown to break, and those that nothing can.
 * Guarantees: pure; every case is judged and counted; the search for a breach is bounded.
 */
export interface TestedPolicy {
  readonly policy: string;
  readonly cases: number;
  readonly allowed: number;
  readonly denied: number;
  readonly unmatched: number;
  /** Kinds of the cases' objects. */
  readonly requests: readonly CaseRequest[];
  readonly findings: readonly Finding[];
}

/** What a policy says of a request. */
export interface CaseVerdict {
  readonly matched: boolean;
  readonly failures: readonly { readonly validation: number; readonly message: string }[];
  /** Expressions that ended in an error that counts. */
  readonly errors: readonly string[];
}

export type CaseJudge = (policy: Policy, request: CaseRequest) => CaseVerdict;

/** So many changes are tried for one validation; fewer of large documents, which each change copies. */
const MOST_CHANGES = 4_000;
const MOST_COPIED = 500_000;

export function testPolicies(
  policies: readonly Policy[],
  files: readonly PolicyCases[],
  judge: CaseJudge,
): readonly TestedPolicy[] {
  return policies.map((policy) => {
    const own = files.filter((file) => file.policy === policy.name);
    return testPolicy(policy, own, judge);
  });
}

/** Cases of no policy, each at its line. */
export function strayCases(files: readonly PolicyCases[], names: readonly string[]): readonly Finding[] {
  const suggest = suggester();
  return files
    .filter(({ policy }) => !names.includes(policy))
    .map(({ policy, origin }) => {
      const suggestion = suggest(policy, names);
      return {
        code: 'policy-case-stray',
        severity: 'error',
        origin,
        args: { policy, ...(suggestion !== undefined && { suggestion }) },
      };
    });
}

function testPolicy(policy: Policy, files: readonly PolicyCases[], judge: CaseJudge): TestedPolicy {
  const judged = files
    .flatMap(({ cases }) => cases)
    .map((one) => ({ one, verdict: judge(policy, one.request) }));
  const failed = judged.flatMap(({ one, verdict }) => {
    const expected = expectedText(one.expected);
    const actual = verdictText(verdict);
    return expected === actual ? [] : [failure(policy, one, expected, actual)];
  });
  const passing = judged
    .filter(({ verdict }) => verdictText(verdict) === ALLOWED)
    .map(({ one }) => one.request);
  const broken = new Set(
    judged.flatMap(({ verdict }) => verdict.failures.map(({ validation }) => validation)),
  );
  const untested = policy.validations.filter(({ index }) => !broken.has(index));
  const verdictsOf = (verdict: Expected['verdict']) =>
    judged.filter(({ one }) => one.expected.verdict === verdict).length;
  return {
    policy: policy.name,
    cases: judged.length,
    allowed: verdictsOf('allowed'),
    denied: verdictsOf('denied'),
    unmatched: verdictsOf('unmatched'),
    requests: judged.map(({ one }) => one.request),
    findings: [
      ...failed,
      ...(passing.length === 0 ? [missing(policy)] : []),
      ...untested.map((validation) => untestedFinding(policy, validation, passing, judge)),
    ],
  };
}

const failure = (policy: Policy, { name, origin }: Case, expected: string, actual: string): Finding => ({
  code: 'policy-case-failed',
  severity: 'error',
  origin,
  args: { policy: policy.name, case: name, expected, actual },
});

const ALLOWED = 'allowed';
const UNMATCHED = 'no concern of the policy';

function expectedText(expected: Expected): string {
  if (expected.verdict === 'denied') return deniedText(expected.messages);
  return expected.verdict === 'allowed' ? ALLOWED : UNMATCHED;
}

function verdictText({ matched, failures, errors }: CaseVerdict): string {
  if (!matched) return UNMATCHED;
  if (errors.length > 0) return `an error: ${errors.join('; ')}`;
  return failures.length === 0 ? ALLOWED : deniedText(failures.map(({ message }) => message));
}

const deniedText = (messages: readonly string[]): string =>
  `denied: ${messages.map((message) => JSON.stringify(message.trim())).join(', ')}`;

const missing = ({ name, origin }: Policy): Finding => ({
  code: 'policy-case-missing',
  severity: 'error',
  origin,
  args: { policy: name },
});

/** A validation that no case breaks: by which change of a passing case it could be, if by any. */
function untestedFinding(
  policy: Policy,
  validation: Validation,
  passing: readonly CaseRequest[],
  judge: CaseJudge,
): Finding {
  const { index, message, origin } = validation;
  const shown = message === '' ? validation.program.source.trim() : message;
  const { change, tried } = breach(policy, validation, passing, judge);
  if (change === undefined && tried > 0) {
    const args = { policy: policy.name, validation: index, message: shown, tried };
    return { code: 'policy-validation-dead', severity: 'error', origin, args };
  }
  const args = {
    policy: policy.name,
    validation: index,
    message: shown,
    ...(change !== undefined && { change }),
  };
  return { code: 'policy-case-missing', severity: 'error', origin, args };
}

function breach(
  policy: Policy,
  validation: Validation,
  passing: readonly CaseRequest[],
  judge: CaseJudge,
): { readonly change: string | undefined; readonly tried: number } {
  const words = wordsOf([validation.program, ...policy.variables.map(({ program }) => program)]);
  let tried = 0;
  let copied = 0;
  for (const request of passing) {
    const size = sizeOf(request.object) + sizeOf(request.oldObject) + sizeOf(request.params);
    for (const { change, request: changed } of changedRequests(request, words)) {
      if (tried === MOST_CHANGES || copied > MOST_COPIED) return { change: undefined, tried };
      tried += 1;
      copied += size;
      const { failures } = judge(policy, changed);
      if (failures.some((failure) => failure.validation === validation.index)) return { change, tried };
    }
  }
  return { change: undefined, tried };
}

/** Changes of the object, of what it was, and of the parameters. */
function* changedRequests(request: CaseRequest, words: ReturnType<typeof wordsOf>) {
  for (const field of ['object', 'oldObject'] as const) {
    for (const { change, document } of mutations(request[field], words)) {
      if (!isKubernetesObject(document)) continue;
      const where = field === 'object' ? '' : ' of oldObject';
      yield { change: `${change}${where}`, request: { ...request, [field]: document } };
    }
  }
  for (const [index, param] of request.params.entries()) {
    for (const { change, document } of mutations(param, words)) {
      if (!isKubernetesObject(document)) continue;
      const params = request.params.with(index, document);
      yield { change: `${change} of params[${index}]`, request: { ...request, params } };
    }
  }
}
