import { printable, shortened } from './printable.ts';

/**
 * Text of a stranger in Markdown, as GitHub and GitLab read it: it must not become a link, an image, HTML, a mention,
 * a reference to an issue, a table or a heading.
 */

/** One word is never longer: nobody reads it, and one finding must not take the whole report. */
const LONGEST = 300;

/** Words that mean nothing to either: letters and digits of any script, and harmless punctuation. */
const HARMLESS = /^[\p{L}\p{N}.,;'"()/=?…-]+$/u;
/** ... but for what is linked by itself: addresses, commits, tickets. */
const LINKED = /\/\/|^['"(]*(www\.|[0-9a-f]{7,64}\b|[A-Z][A-Z0-9]+-[0-9]+)/;
/** A colon at a word's end, or after a file's name and numbers, is no emoji. */
const HARMLESS_END = /^(.*[^:]):$/;

/** A sentence: words that could mean something to Markdown or to the site become code, and code means nothing. */
export function markdownText(text: string): string {
  return printable(text)
    .trim()
    .split(' ')
    .filter((word) => word !== '')
    .map((word, index) => {
      const [, stem = word] = HARMLESS_END.exec(word) ?? [];
      // What begins a line could begin a list or a heading.
      const isPlain = HARMLESS.test(stem) && !LINKED.test(stem) && (index > 0 || /^[\p{L}"'(]/u.test(stem));
      return isPlain ? word : markdownCode(word);
    })
    .join(' ');
}

/** Code on one line. The fence is longer than any run of backticks inside, so nothing inside can end it. */
export function markdownCode(text: string): string {
  const inside = shortened(printable(text), LONGEST);
  if (inside.trim() === '') return '';
  const longest = Math.max(0, ...(inside.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^[` ]|[` ]$/.test(inside) ? ' ' : '';
  return `${fence}${pad}${inside}${pad}${fence}`;
}

/** Inside a table even code ends at a pipe. */
export const markdownCell = (text: string): string => markdownCode(text).replaceAll('|', '\\|');
