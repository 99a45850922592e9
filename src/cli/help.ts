import type { Options } from './arguments.ts';
import type { Command } from './command.ts';
import { commands } from './commands.ts';

/** The text of `plimsoll --help`. */
export function generalHelp(): string {
  const rows = Object.entries(commands).map(([name, command]) => [
    `${name} ${command.positionals ?? ''}`.trim(),
    command.summary,
  ]);
  return `plimsoll turns environment files into manifests that Argo CD can sync, and proves them first

Usage: plimsoll COMMAND [OPTIONS]

Commands:
${table(rows)}
Options:
${table([
  ['--help', 'this text, or that of a command: plimsoll synth --help'],
  ['--version', 'the version'],
])}
Exit codes: 0 clean, 1 something was found, 2 could not check
`;
}

/** The text of `plimsoll COMMAND --help`. */
export function commandHelp(name: string, command: Command): string {
  const usage = ['plimsoll', name, '[OPTIONS]', command.positionals].filter((part) => part !== undefined);
  return `${usage.join(' ')}
  ${command.summary}

Options:
${table(optionRows(command.options))}`;
}

function optionRows(options: Options): readonly (readonly string[])[] {
  return Object.entries(options).map(([name, { value, short, description }]) => [
    `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`,
    description,
  ]);
}

function table(rows: readonly (readonly string[])[]): string {
  const width = Math.max(...rows.map(([first = '']) => first.length));
  return rows.map(([first = '', second = '']) => `  ${first.padEnd(width)}  ${second}\n`).join('');
}
