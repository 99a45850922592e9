/**
 * The outside world as commands see it: everything that a test replaces. Only `main.ts` makes the real one.
 */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds from some fixed moment. */
  readonly now: () => number;
  /** The day, as 2027-03-31, in UTC. */
  readonly today: () => string;
  /** Whether results go to a person's terminal; its width in columns. */
  readonly isTerminal: boolean;
  readonly columns: number;
  /** Whether messages and progress go to a person's terminal. */
  readonly isErrTerminal: boolean;
}

/** Exit codes, fixed: clean; findings at or above the gate; could not check. */
export const CLEAN = 0;
export const FOUND = 1;
export const COULD_NOT_CHECK = 2;
export type ExitCode = typeof CLEAN | typeof FOUND | typeof COULD_NOT_CHECK;

/** Wrong usage of the command line: says what to type instead, and exits with 2. */
export class UsageError extends Error {}
