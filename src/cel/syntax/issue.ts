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
  /** Where it is a field that the type of what is before it doesn't have. */
  readonly unknown?: UnknownField;
}

export interface UnknownField {
  readonly field: string;
  /** The fields that the type has. */
  readonly known: readonly string[];
  /** Whether the data may have it all the same, out of sight of types. */
  readonly mayExist: boolean;
}

/** Thrown inside the parser only, where nothing sensible can follow. */
export class SyntaxProblem extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

export function issueAt(source: string, offset: number, message: string, unknown?: UnknownField): Issue {
  const before = source.slice(0, offset);
  const start = before.lastIndexOf('\n') + 1;
  const line = start === 0 ? 1 : before.split('\n').length;
  const issue: Issue = { message, line, column: [...before.slice(start)].length + 1, offset };
  return unknown === undefined ? issue : { ...issue, unknown };
}
