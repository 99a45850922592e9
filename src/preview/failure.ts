/**
 * What the function would return as an error, or die of. Thrown inside `src/preview` and always caught there: the
 * code follows a function written with wrapped errors, and every level adds its words to the message.
 */
export class Failure extends Error {
  /** `missing`: a field that isn't there, which policies may forgive; `crash`: the function's process ends. */
  readonly kind: 'error' | 'missing' | 'crash';

  constructor(message: string, kind: 'error' | 'missing' | 'crash' = 'error') {
    // Nobody sees where it was thrown, and to find that out costs more than most patches: many fields are missing.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
    this.kind = kind;
  }
}

/** Runs `work`; words are put before the message of a failure, as errors are wrapped. */
export function wrapping<T>(words: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw wrapped(words, error);
  }
}

/** The failure with words before it. A crash keeps its own text: nothing is left that could add to it. */
export function wrapped(words: string, error: unknown): unknown {
  if (!(error instanceof Failure) || error.kind === 'crash') return error;
  return new Failure(`${words}: ${error.message}`, error.kind);
}

/** The failure that was caught; anything else is a defect of plimsoll and goes on. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  throw error;
}
