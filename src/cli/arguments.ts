import { parseArgs } from 'node:util';
import { suggest } from '#model/suggest.ts';
import { UsageError } from './terminal.ts';

/** One option of a command, as `--help` shows it and as the command line is read. */
export interface Option {
  /** What the value stands for in the help, for example `FOLDER`. Without: a switch. */
  readonly value?: string;
  readonly description: string;
  /** One letter that stands for it. */
  readonly short?: string;
  /** May be given several times. */
  readonly many?: boolean;
}

export type Options = Readonly<Record<string, Option>>;

/** What was typed: positional arguments, and each option's values in the order given. */
export interface Arguments {
  readonly positionals: readonly string[];
  readonly has: (option: string) => boolean;
  /** The last value of an option. */
  readonly value: (option: string) => string | undefined;
  /** All values of an option, split at commas. */
  readonly list: (option: string) => readonly string[];
}

/** Reads a command line. Throws UsageError for an unknown option or a missing value. */
export function readArguments(typed: readonly string[], options: Options): Arguments {
  const known: Record<string, { type: 'string' | 'boolean'; multiple: true; short?: string }> = {};
  for (const [name, option] of Object.entries(options)) {
    const { value, short } = option;
    known[name] = {
      type: value === undefined ? 'boolean' : 'string',
      multiple: true,
      ...(short === undefined ? {} : { short }),
    };
  }
  try {
    const { values, positionals } = parseArgs({
      args: [...typed],
      options: known,
      allowPositionals: true,
      strict: true,
    });
    const all = (option: string) => (values[option] ?? []).map(String);
    return {
      positionals,
      has: (option) => all(option).length > 0,
      value: (option) => all(option).at(-1),
      list: (option) =>
        all(option)
          .flatMap((value) => value.split(','))
          .filter((part) => part !== ''),
    };
  } catch (error) {
    throw asUsageError(error, Object.keys(options));
  }
}

/** Node's message speaks of its own API; ours of what to type. */
function asUsageError(error: unknown, known: readonly string[]): unknown {
  if (!(error instanceof TypeError) || !('code' in error)) return error;
  const unknown = /Unknown option '(?:--|-)([^']*)'/.exec(error.message)?.[1];
  if (unknown === undefined)
    return new UsageError(error.message.split('\n')[0]?.replace(/\.$/, '') ?? 'wrong usage');
  const near = suggest(unknown, known);
  return new UsageError(
    `there is no option --${unknown}${near === undefined ? '' : `; did you mean --${near}?`}`,
  );
}
