/** A change of a text: what stands between two offsets is replaced. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export interface Edited {
  readonly text: string;
  /** Where in the text before a character of the changed one comes from; what was put in comes from where it stands. */
  readonly originalOffset: (offset: number) => number;
}

/** @param edits Don't overlap; those at one offset are made in their order. */
export function edited(source: string, edits: readonly Edit[]): Edited {
  const sorted = [...edits].sort((one, other) => one.from - other.from);
  let text = '';
  let at = 0;
  /** Pieces of the changed text: where they begin in both, and whether they were kept. */
  const pieces: { readonly made: number; readonly before: number; readonly isKept: boolean }[] = [];
  for (const { from, to, text: put } of sorted) {
    pieces.push({ made: text.length, before: at, isKept: true });
    text += source.slice(at, from);
    pieces.push({ made: text.length, before: from, isKept: false });
    text += put;
    at = to;
  }
  pieces.push({ made: text.length, before: at, isKept: true });
  text += source.slice(at);
  return {
    text,
    originalOffset: (offset) => {
      const piece = pieces.findLast(({ made }) => made <= offset);
      if (piece === undefined) return offset;
      return Math.min(piece.before + (piece.isKept ? offset - piece.made : 0), source.length);
    },
  };
}
