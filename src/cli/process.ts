import fs from 'node:fs';
import { COULD_NOT_CHECK, type Terminal } from './terminal.ts';
import { widthOf } from './width.ts';

/** The real outside world. The only file that touches `process`. */
export function realTerminal(): Terminal {
  endWhereNothingCanBeWritten();
  return {
    out: (text) => write(process.stdout, text),
    err: (text) => write(process.stderr, text),
    cwd: process.cwd(),
    env: process.env,
    now: () => performance.now(),
    today: () => new Date().toISOString().slice(0, 10),
    isTerminal: process.stdout.isTTY === true,
    columns: widthOf(process.env, process.stdout.columns),
    isErrTerminal: process.stderr.isTTY === true,
  };
}

function write(stream: NodeJS.WriteStream, text: string): void {
  stream.write(text);
}

/** `plimsoll validate | head` closes the pipe early, which is no error. What a full disk swallowed is one: nobody saw it. */
function endWhereNothingCanBeWritten(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
      // By the time that this is told the command may have set its own code, or may yet.
      process.once('exit', () => {
        process.exitCode = COULD_NOT_CHECK;
      });
      if (stream === process.stdout) fs.writeSync(2, `plimsoll: cannot write: ${error.message}\n`);
    });
  }
}
