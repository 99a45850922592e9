import type { Checked, Code, Finding } from '#model/finding.ts';
import type { Origin } from '#model/origin.ts';
import { suggest } from '#model/suggest.ts';
import { type WaiverEntry, WaiversFile } from '#model/waivers.ts';
import type { PolicyFile } from '../policy/policy-file.ts';
import { readRecords } from '../records/read.ts';
import { canBeWaived } from './refused.ts';
import { type Waiver, waivedText } from './waiver.ts';

/** What waivers may speak of, and which day it is. */
export interface Known {
  readonly codes: readonly Code[];
  readonly policies: readonly string[];
  /** As 2027-03-31, in UTC. */
  readonly today: string;
}

/**
 * Reads `policies/waivers.yaml`.
 *
 * Output: the waivers that hold. Guarantees: pure; an entry that is expired, too broad, unknown or misspelt is a
 * finding at its line, and waives nothing.
 */
export function readWaivers(file: PolicyFile, known: Known): Checked<readonly Waiver[]> {
  const { records, findings: unread } = readRecords(file, WaiversFile, 'waivers');
  if (records === undefined) return { value: undefined, findings: unread };
  const findings = [...unread];
  const waivers: Waiver[] = [];
  for (const { value, path } of records.entries) {
    // readRecords has judged the entry by the definition that this type is made of.
    const waiver: Waiver = { ...(value as WaiverEntry), origin: records.origin(path) };
    const at = (field: string): Origin => records.origin([...path, field]);
    const problem = problemOf(waiver, known, at);
    if (problem === undefined) waivers.push(waiver);
    else findings.push(problem);
  }
  return { value: waivers, findings };
}

function problemOf(waiver: Waiver, known: Known, at: (field: string) => Origin): Finding | undefined {
  const { code, policy, until = '', owner } = waiver;
  const waived = waivedText(waiver);
  const error = { severity: 'error' } as const;
  if (code !== undefined && !isOneOf(code, known.codes))
    return { ...error, code: 'waiver-unknown', origin: at('code'), args: unknown('code', code, known.codes) };
  if (code !== undefined && !canBeWaived(code))
    return { ...error, code: 'waiver-refused', origin: at('code'), args: { code } };
  if (policy !== undefined && !known.policies.includes(policy)) {
    const args = unknown('policy', policy, known.policies);
    return { ...error, code: 'waiver-unknown', origin: at('policy'), args };
  }
  const problem = breadthOf(waiver, known.today);
  if (problem !== undefined) {
    const origin = at(problem === 'too-long' ? 'until' : 'selector');
    return { ...error, code: 'waiver-too-broad', origin, args: { waived, problem } };
  }
  if (until < known.today)
    return {
      severity: 'warning',
      code: 'waiver-expired',
      origin: at('until'),
      args: { waived, until, owner },
    };
  return undefined;
}

/** Too broad is what says nothing of which objects were looked at: a kind or an environment alone, or `*`. */
function breadthOf(
  { code, policy, selector = {}, until = '' }: Waiver,
  today: string,
): 'nothing-waived' | 'nobody-selected' | 'too-long' | undefined {
  if (code === undefined && policy === undefined) return 'nothing-waived';
  const isNarrow = [selector.name, selector.namespace].some(
    (glob) => glob !== undefined && /[^*?]/.test(glob),
  );
  if (!isNarrow) return 'nobody-selected';
  const nextYear = `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`;
  return until > nextYear ? 'too-long' : undefined;
}

const isOneOf = (code: string, codes: readonly Code[]): code is Code => codes.some((known) => known === code);

function unknown(what: 'code' | 'policy', name: string, names: readonly string[]) {
  const suggestion = suggest(name, names);
  return { what, name, ...(suggestion !== undefined && { suggestion }) };
}
