import { diffLines } from 'diff';
import { line } from './markup.ts';

/** A manifest before and after, as YAML; one is empty where it came or went. */
export interface SideBySide {
  readonly key: string;
  readonly before: string;
  readonly after: string;
}

/** Lines around a change that are shown; longer manifests than this are shown without a comparison. */
const AROUND = 3;
const LONGEST = 20_000;

interface Row {
  readonly left?: string;
  readonly right?: string;
}

/** Both manifests beside each other; what is the same far from a change is left out, and counted. */
export function sidesTable({ before, after }: SideBySide): string {
  if (before.length + after.length > 2 * LONGEST) return '<p class="left">too long to be compared here</p>';
  const rows = rowsOf(before, after);
  const near = rows.map((_, index) =>
    rows.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ left, right }) => left !== right),
  );
  const lines: string[] = [];
  let skipped = 0;
  const gap = () => {
    if (skipped > 0) lines.push(`<tr><td colspan="2" class="gap">${skipped} equal lines</td></tr>`);
    skipped = 0;
  };
  for (const [index, row] of rows.entries()) {
    if (near[index] === true) {
      gap();
      lines.push(rowHtml(row));
    } else skipped += 1;
  }
  gap();
  return `<div class="scroll" tabindex="0"><table class="sides"><thead><tr><th scope="col">before</th><th scope="col">after</th></tr></thead><tbody>${lines.join('')}</tbody></table></div>`;
}

function rowHtml({ left, right }: Row): string {
  const same = left === right;
  const cell = (text: string | undefined, name: string) =>
    `<td${text !== undefined && !same ? ` class="${name}"` : ''}>${text === undefined ? '' : line(text)}</td>`;
  return `<tr>${cell(left, 'removed')}${cell(right, 'added')}</tr>`;
}

function rowsOf(before: string, after: string): readonly Row[] {
  const rows: Row[] = [];
  let gone: string[] = [];
  const flush = (came: readonly string[]) => {
    for (let index = 0; index < Math.max(gone.length, came.length); index++) {
      const [left, right] = [gone[index], came[index]];
      rows.push({ ...(left !== undefined && { left }), ...(right !== undefined && { right }) });
    }
    gone = [];
  };
  for (const { value, added, removed } of diffLines(before, after)) {
    const lines = value.replace(/\n$/, '').split('\n');
    if (removed) gone.push(...lines);
    else if (added) flush(lines);
    else {
      flush([]);
      for (const text of lines) rows.push({ left: text, right: text });
    }
  }
  flush([]);
  return rows;
}
