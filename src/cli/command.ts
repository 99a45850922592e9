import type { Arguments, Options } from './arguments.ts';
import type { ExitCode, Terminal } from './terminal.ts';

/** A command: what the help says of it, and what it does. */
export interface Command {
  /** What it does, in one line. */
  readonly summary: string;
  /** Positional arguments as the help shows them, for example `[environment...]`. */
  readonly positionals?: string;
  readonly options: Options;
  /** Loaded only when it is called: `--help` must not wait for cdk8s. */
  readonly load: () => Promise<(typed: Arguments, terminal: Terminal) => Promise<ExitCode>>;
}
