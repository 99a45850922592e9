import type { Code } from '#model/finding.ts';
import { suggest } from '#model/suggest.ts';
import { codes, explained } from '#report/explain.ts';
import type { Arguments } from './arguments.ts';
import { CLEAN, type ExitCode, type Terminal, UsageError } from './terminal.ts';

/** `plimsoll explain CODE`: what a code means, why it matters, how to mend it. Without a code: all of them. */
export async function explain(typed: Arguments, terminal: Terminal): Promise<ExitCode> {
  const wanted = typed.positionals;
  for (const name of wanted) if (!isCode(name)) throw unknown(name);
  if (wanted.length === 0) for (const code of codes) terminal.out(`${code}\n`);
  else terminal.out(wanted.filter(isCode).map(explained).join('\n'));
  return CLEAN;
}

const isCode = (name: string): name is Code => codes.some((code) => code === name);

function unknown(name: string): UsageError {
  const near = suggest(name, codes);
  return new UsageError(
    `there is no code ${JSON.stringify(name)}${near === undefined ? '' : `; did you mean ${near}?`} (plimsoll explain lists all)`,
  );
}
