import { type Cursor, NEWLINE, SPACE, TAB, toNextLine } from './cursor.ts';
import { fold } from './fold.ts';

/**
 * Block scalars, `|` and `>` with or without `-`. Undefined wherever the subset ends: other indicators, white space
 * where it would count, lines that are indented more than the first in a folded text.
 */
export function textBlock(cursor: Cursor, parentIndent: number): string | undefined {
  const { text } = cursor;
  const isFolded = text.charCodeAt(cursor.at) === GREATER;
  const isStripped = text.charCodeAt(cursor.at + 1) === DASH;
  const headerEnd = cursor.at + (isStripped ? 2 : 1);
  if (text.charCodeAt(headerEnd) !== NEWLINE) return undefined;
  const indent = indentAt(text, headerEnd + 1);
  if (indent <= parentIndent) return undefined;
  const lines = linesOf(cursor, headerEnd + 1, indent);
  if (lines === undefined || lines.nextIndent > parentIndent) return undefined;
  const content = isFolded ? folded(lines.lines) : lines.lines.join('\n');
  if (content === undefined) return undefined;
  cursor.at = lines.end;
  toNextLine(cursor);
  return isStripped ? content : `${content}\n`;
}

const DASH = 45;
const GREATER = 62;

/** Spaces before the first line's text; -1 for a blank line, which could hide the indentation. */
function indentAt(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === SPACE) at++;
  return at >= text.length || text.charCodeAt(at) === NEWLINE ? -1 : at - start;
}

interface Lines {
  /** Without the blank ones at the end. */
  readonly lines: readonly string[];
  /** Offset of the line feed before the first line that does not belong. */
  readonly end: number;
  /** How far that line is indented. */
  readonly nextIndent: number;
}

function linesOf({ text, end: last }: Cursor, first: number, indent: number): Lines | undefined {
  const lines: string[] = [];
  let filled = 0;
  let start = first;
  for (;;) {
    let at = start;
    const most = start + indent;
    while (at < most && text.charCodeAt(at) === SPACE) at++;
    const code = at < last ? text.charCodeAt(at) : Number.NaN;
    if (code === NEWLINE) {
      lines.push('');
      start = at + 1;
      continue;
    }
    if (at < most) {
      if (code === TAB) return undefined;
      lines.length = filled;
      return { lines, end: start - 1, nextIndent: at >= last ? -1 : at - start };
    }
    // A text that ends with the file, white space at the beginning or alone: readers differ.
    const end = text.indexOf('\n', at);
    if (end === -1 || code === TAB || isBlank(text, at, end)) return undefined;
    lines.push(text.slice(at, end));
    filled = lines.length;
    start = end + 1;
  }
}

function isBlank(text: string, start: number, end: number): boolean {
  let at = start;
  while (text.charCodeAt(at) === SPACE) at++;
  return at >= end;
}

/** White space at a line's ends would count. */
const folded = (lines: readonly string[]) =>
  lines.some((line) => /^ |[ \t]$/.test(line)) ? undefined : fold(lines);
