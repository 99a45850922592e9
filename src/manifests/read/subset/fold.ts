import { SPACE } from './cursor.ts';

/** Lines that follow each other become one; each blank line between them is a line feed. The first is not blank. */
export function fold(lines: readonly string[]): string {
  let content = '';
  let feeds = 0;
  for (const line of lines) {
    if (line === '') {
      feeds++;
      continue;
    }
    if (content !== '') content += feeds === 0 ? ' ' : '\n'.repeat(feeds);
    content += line;
    feeds = 0;
  }
  return content;
}

/** A piece of a text without the spaces at its end. */
export function trimmed(text: string, start: number, end: number): string {
  let last = end;
  while (last > start && text.charCodeAt(last - 1) === SPACE) last--;
  return text.slice(start, last);
}
