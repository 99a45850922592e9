import type { Terminal } from './terminal.ts';

/** A line that says what goes on, for a person who waits; it vanishes when the work is done. */
export interface Progress {
  /** Says what is being done now. Cheap: call it as often as you like. */
  readonly say: (what: string) => void;
  readonly end: () => void;
}

/** Milliseconds before a person starts to wonder, and between two changes of the line. */
const PATIENCE = 1000;
const INTERVAL = 80;

/** Shows nothing in the first second, and nothing at all where messages don't go to a terminal. */
export function progress(terminal: Terminal): Progress {
  if (!terminal.isErrTerminal) return { say: () => {}, end: () => {} };
  const start = terminal.now();
  let last = Number.NEGATIVE_INFINITY;
  let shown = false;
  return {
    say: (what) => {
      const now = terminal.now();
      if (now - start < PATIENCE || now - last < INTERVAL) return;
      last = now;
      shown = true;
      terminal.err(`\r\u001b[2K${what.slice(0, Math.max(terminal.columns - 1, 10))}`);
    },
    end: () => {
      if (shown) terminal.err('\r\u001b[2K');
      shown = false;
    },
  };
}
