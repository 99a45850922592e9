/** Finds what somebody probably meant; undefined where nothing is near enough. */
export type Suggest = (word: string, candidates: readonly string[]) => string | undefined;

/** Words longer than this are not names of ours; comparing them would only cost time. */
const LONGEST = 64;

/**
 * Makes a `Suggest` that compares at most `budget` pairs in its life: a courtesy must not become the most
 * expensive part of reading a hostile file.
 */
export function suggester(budget = 200_000): Suggest {
  let left = budget;
  return (word, candidates) => {
    left -= candidates.length;
    return left < 0 ? undefined : suggest(word, candidates);
  };
}

/** The candidate with the fewest edits, the first of equals; case does not count. */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > LONGEST) return undefined;
  let best: string | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (candidate === word || candidate.length > LONGEST) continue;
    const allowed = allowance(Math.max(word.length, candidate.length));
    if (Math.abs(word.length - candidate.length) > allowed) continue;
    const edits = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (edits <= allowed && edits < fewest) {
      best = candidate;
      fewest = edits;
    }
  }
  return best;
}

/** A third of the word may differ, three letters at most. */
const allowance = (length: number) => Math.min(3, Math.floor((length + 1) / 3));

/**
 * Optimal string alignment: the fewest insertions, deletions, replacements and swaps of neighbours.
 * https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance#Optimal_string_alignment_distance
 */
export function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let edits = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
      );
      const swapped =
        row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) edits = Math.min(edits, at(beforeLast, column - 2) + 1);
      current.push(edits);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, to.length);
}

const at = (row: readonly number[], index: number) => row[index] ?? Number.POSITIVE_INFINITY;
