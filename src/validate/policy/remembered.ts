import { type Reads, readsOf } from '../reads.ts';
import type { Policy } from './admission-policy.ts';
import { admitted } from './admitted.ts';
import type { Inquiry, Roots } from './cel.ts';
import { judge, type Verdict } from './judge.ts';
import { sizeClassOf } from './worst.ts';

/**
 * Judges requests of one kind by one policy, and those that look alike only once: most documents of a kind differ in
 * nothing that a policy looks at. A request is alike where all that the policy looked at in another one is the same.
 *
 * Guarantees: the verdict is that of `judge`, and where it holds decisions, the inquiry is about this request, as after
 * `judge`. A policy that looks at something else in nearly every request is soon judged without this.
 */
export type JudgeAlike = (policy: Policy, inquiry: Inquiry, roots: Roots) => Verdict;

const MOST_KNOWN = 1000;
/** Misses before it shows whether remembering pays. */
const PATIENCE = 10;

/** What policies look at. Of the namespace nothing is remembered, nor of who asks. */
const WATCHED = ['object', 'oldObject', 'request'] as const;

export function judgeAlike(): JudgeAlike {
  const reads = { object: readsOf(), oldObject: readsOf(), request: readsOf() };
  /** By param, then by what is looked at. */
  const known = new Map<unknown, Map<string, Verdict>>();
  let hits = 0;
  let misses = 0;
  let isOff = false;
  /** Whether verdicts hang on how large a request is, which no look at a part tells. */
  let isSized = false;

  function printOf(roots: Roots): string {
    let print = isSized ? `${sizeClassOf(roots).name};` : '';
    // A request is made only where somebody looks at it.
    for (const root of WATCHED) {
      if (reads[root].size === 0) continue;
      print += reads[root].print(root === 'request' ? roots.request : admitted(roots[root]));
    }
    return print;
  }

  /** Undefined where too much was looked at. */
  function watched(policy: Policy, inquiry: Inquiry, roots: Roots): Verdict | undefined {
    const size = sizeOf(reads);
    let isUnfit = false;
    inquiry.about(roots, (root, value) => {
      if (root !== 'namespaceObject') return reads[root].watch(value);
      isUnfit = true;
      return value;
    });
    const verdict = judge(policy, inquiry);
    if (isUnfit || WATCHED.some((root) => reads[root].isUnfit)) return undefined;
    // What was printed before lacks what was looked at only now.
    if (sizeOf(reads) > size || (inquiry.isSized() && !isSized)) known.clear();
    isSized ||= inquiry.isSized();
    if (verdict.decisions.length > 0) return verdict;
    const own = known.get(roots.params) ?? new Map<string, Verdict>();
    if (own.size >= MOST_KNOWN) own.clear();
    known.set(roots.params, own.set(printOf(roots), verdict));
    return verdict;
  }

  function plainly(policy: Policy, inquiry: Inquiry, roots: Roots): Verdict {
    inquiry.about(roots);
    return judge(policy, inquiry);
  }

  return (policy, inquiry, roots) => {
    if (isOff) return plainly(policy, inquiry, roots);
    const before = known.get(roots.params)?.get(printOf(roots));
    if (before !== undefined) {
      hits++;
      return before;
    }
    const verdict = watched(policy, inquiry, roots);
    if (verdict === undefined || (++misses > PATIENCE && misses * 4 > hits)) {
      isOff = true;
      known.clear();
    }
    return verdict?.decisions.length === 0 ? verdict : plainly(policy, inquiry, roots);
  };
}

const sizeOf = (reads: Readonly<Record<(typeof WATCHED)[number], Reads>>): number =>
  WATCHED.reduce((sum, root) => sum + reads[root].size, 0);
