import { compare } from '#environments/compare.ts';
import type { Difference } from '#model/comparison.ts';
import { comparisonJson, comparisonMarkdown, comparisonText } from '#report/comparison.ts';
import type { Arguments } from './arguments.ts';
import { environmentIn, folderOf, present } from './edited.ts';
import { textOptions } from './reporting.ts';
import { CLEAN, type ExitCode, type Terminal, UsageError } from './terminal.ts';

/**
 * `plimsoll compare staging production`: where environments differ, with the lines that say so, and whether somebody
 * meant it. Reads environment files only; a difference is no finding.
 */
export async function compareEnvironments(typed: Arguments, terminal: Terminal): Promise<ExitCode> {
  const names = typed.positionals;
  if (new Set(names).size < 2)
    throw new UsageError('compare takes at least two environments: compare staging production');
  const format = typed.value('format') ?? 'text';
  const write = Object.hasOwn(formats, format) ? formats[format] : undefined;
  if (write === undefined)
    throw new UsageError(
      `there is no format ${JSON.stringify(format)} (there are ${Object.keys(formats).join(', ')})`,
    );
  const all = present(typed, terminal);
  for (const name of names) environmentIn(all, name, ` in ${folderOf(typed)}/`);
  terminal.out(write(compare(all, [...new Set(names)]), terminal));
  return CLEAN;
}

const formats: Readonly<Record<string, (rows: readonly Difference[], terminal: Terminal) => string>> = {
  text: (rows, terminal) => comparisonText(rows, textOptions(terminal, false)),
  markdown: comparisonMarkdown,
  json: comparisonJson,
};
