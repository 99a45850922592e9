/** Line starts of a text, found when the first place in it is asked for. */
export interface Lines {
  /** Line and column (UTF-16 code units), both from 1. */
  readonly at: (offset: number) => { readonly line: number; readonly column: number };
}

/** Lines of a whole file. LF and CRLF end lines, as in every editor. */
export function linesOf(text: string): Lines {
  let starts: readonly number[] | undefined;
  return {
    at: (offset) => {
      starts ??= lineStarts(text);
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
    },
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}
