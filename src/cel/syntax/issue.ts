/** Something wrong with an expression, where it is. */
export interface Issue {
  /** As cel-go words it, where it has words for it. */
  readonly message: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in code points. */
  readonly column: number;
  /** From 0, in UTF-16 units: an index into the source. */
  readonly offset: number;
}

/** Thrown inside the parser only, where nothing sensible can follow. */
export class SyntaxProblem extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

export function issueAt(source: string, offset: number, message: string): Issue {
  const before = source.slice(0, offset);
  const start = before.lastIndexOf('\n') + 1;
  const line = start === 0 ? 1 : before.split('\n').length;
  return { message, line, column: [...before.slice(start)].length + 1, offset };
}
