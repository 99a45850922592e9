import type { Difference, How } from '#model/comparison.ts';
import { segmentsOf } from '#model/pointer.ts';
import { markdownCell, markdownText } from './markdown-text.ts';
import { shortened } from './printable.ts';
import { plural } from './report.ts';
import type { TextOptions } from './text.ts';
import { type Branch, treeText } from './tree.ts';

/** Where environments differ, for people and for programs. Pure. */

const TITLES: Readonly<Record<How, string>> = {
  undeclared: 'in some, and nothing said of it in the others',
  declared: 'declared',
  release: 'releases',
};
const ORDER = ['undeclared', 'declared', 'release'] as const satisfies readonly How[];

/** One value is never longer here. */
const LONGEST = 100;

export function comparisonText(rows: readonly Difference[], options: TextOptions): string {
  if (rows.length === 0) return 'no difference\n';
  return treeText(
    groups(rows).map(([how, own]) => ({
      title: TITLES[how],
      notes: [plural(own.length, 'difference')],
      children: own.map(
        ({ pointer, sides }): Branch => ({
          title: pathOf(pointer),
          children: sides.map(({ environment, value, origin }) => ({
            title: environment,
            notes: [
              shown(value),
              ...(origin === undefined ? [] : [`${origin.file}:${origin.line}:${origin.column}`]),
            ],
          })),
        }),
      ),
    })),
    options,
  );
}

export function comparisonMarkdown(rows: readonly Difference[]): string {
  if (rows.length === 0) return 'No difference.\n';
  return groups(rows)
    .map(([how, own]) => {
      const names = (own[0]?.sides ?? []).map(({ environment }) => environment);
      return [
        `### ${sentence(TITLES[how])} (${own.length})`,
        '',
        `| | ${names.map(markdownText).join(' | ')} |`,
        `|---|${names.map(() => '---|').join('')}`,
        ...own.map(
          ({ pointer, sides }) =>
            `| ${markdownCell(pathOf(pointer))} | ${sides.map(({ value }) => (value === undefined ? '–' : markdownCell(shown(value)))).join(' | ')} |`,
        ),
        '',
      ].join('\n');
    })
    .join('\n');
}

/** `{ differences: [{ path, how, sides: [{ environment, value?, origin? }] }] }` */
export const comparisonJson = (rows: readonly Difference[]): string =>
  `${JSON.stringify(
    {
      apiVersion: 'plimsoll.dev/v1alpha1',
      kind: 'Comparison',
      differences: rows.map(({ pointer, how, sides }) => ({ path: pathOf(pointer), how, sides })),
    },
    null,
    2,
  )}\n`;

const groups = (rows: readonly Difference[]): readonly (readonly [How, readonly Difference[]])[] =>
  ORDER.map((how) => [how, rows.filter((row) => row.how === how)] as const).filter(
    ([, own]) => own.length > 0,
  );

const pathOf = (pointer: string): string => segmentsOf(pointer).slice(1).join('.');

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const shown = (value: unknown): string =>
  value === undefined
    ? '(nothing)'
    : shortened(typeof value === 'string' ? value : JSON.stringify(value), LONGEST);
