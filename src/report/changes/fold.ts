import type { CauseSummary } from '#change/summary.ts';

/** Causes that are the same edit in several places: an image of fifty services is one line with a count. */
export interface CauseGroup {
  /** In their order; the first one stands for all. */
  readonly causes: readonly [CauseSummary, ...CauseSummary[]];
}

/** So many alike are told as one. */
const FOLDED_FROM = 4;

export function folded(causes: readonly CauseSummary[]): readonly CauseGroup[] {
  const groups = new Map<string, [CauseSummary, ...CauseSummary[]]>();
  for (const cause of causes) {
    const key = likenessOf(cause);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [cause]);
    else group.push(cause);
  }
  return [...groups.values()].flatMap((group): readonly CauseGroup[] =>
    group.length >= FOLDED_FROM ? [{ causes: group }] : group.map((cause) => ({ causes: [cause] })),
  );
}

/** Alike: the same field of things of one sort, the same direction, the same effects on the same kinds at the same risk. */
function likenessOf({ pattern, before, after, renamedFrom, resources }: CauseSummary): string {
  const direction = [before !== undefined, after !== undefined, renamedFrom !== undefined];
  const effects = resources.map(({ action, subject, risks }) => [
    action,
    subject.apiVersion,
    subject.kind,
    risks.map(({ kind, rule }) => `${kind} ${rule}`),
  ]);
  return JSON.stringify([pattern, direction, effects]);
}
