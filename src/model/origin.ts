/** A place in a file that somebody can edit. `line` and `column` count from 1. */
export interface Origin {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Finds the place that set a value. `pointer` is a JSON pointer (RFC 6901); where the value itself has no
 * place (a default, a derived field), the nearest ancestor's place is returned.
 */
export type Locate = (pointer: string) => Origin | undefined;
