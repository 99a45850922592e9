import { inspect } from 'node:util';
import { suggest } from '#model/suggest.ts';
import { readArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { commands } from './commands.ts';
import { commandHelp, generalHelp } from './help.ts';
import { realTerminal } from './process.ts';
import { CLEAN, COULD_NOT_CHECK, type ExitCode, type Terminal, UsageError } from './terminal.ts';

/**
 * The command line. Input: the arguments and the terminal. Output: an exit code (0 clean, 1 found, 2 could not
 * check). Wrong usage is told in one line; any other error is a defect of plimsoll, shown with its stack trace.
 */
export async function main(typed: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    return await dispatch(typed, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.err(`plimsoll: ${error.message}\n`);
    return COULD_NOT_CHECK;
  }
}

async function dispatch(typed: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = joined(typed);
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const [asked] = joined(rest);
    const named = asked === undefined ? undefined : commandNamed(asked);
    terminal.out(named === undefined ? generalHelp() : commandHelp(asked ?? '', named));
    return CLEAN;
  }
  if (name === '--version' || name === '-v') {
    terminal.out(`${await version()}\n`);
    return CLEAN;
  }
  const command = commandNamed(name);
  if (rest.includes('--help') || rest.includes('-h')) {
    terminal.out(commandHelp(name, command));
    return CLEAN;
  }
  const run = await command.load();
  return run(readArguments(rest, command.options), terminal);
}

/** Some commands are two words: `policy test`. What follows neither is told with those that there are. */
function joined([first, second, ...rest]: readonly string[]): readonly string[] {
  if (first === undefined) return [];
  if (second === undefined) return [first];
  const isPair = Object.keys(commands).some((command) => command.startsWith(`${first} `));
  return isPair && !second.startsWith('-') ? [`${first} ${second}`, ...rest] : [first, second, ...rest];
}

function commandNamed(name: string): Command {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) return command;
  const near =
    suggest(name, Object.keys(commands)) ??
    Object.keys(commands).find((command) => command.split(' ')[0] === name.split(' ')[0]);
  throw new UsageError(
    `there is no command ${JSON.stringify(name)}${near === undefined ? '' : `; did you mean ${near}?`} (plimsoll --help lists all)`,
  );
}

async function version(): Promise<string> {
  return (await import('../../package.json', { with: { type: 'json' } })).default.version;
}

/** Runs the real command line. Sets the exit code and lets Node end by itself, so that pipes are drained. */
export async function run(): Promise<void> {
  try {
    process.exitCode = await main(process.argv.slice(2), realTerminal());
  } catch (error) {
    // A defect of plimsoll proves nothing about the environments: never 0, and never 1, which means findings.
    process.exitCode = COULD_NOT_CHECK;
    process.stderr.write(
      `plimsoll failed, which is a defect of its own: nothing was proven\n${inspect(error)}\n`,
    );
  }
}
