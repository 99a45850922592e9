import { printable } from '../printable.ts';

/**
 * Text as HTML. Whatever a stranger wrote is text, in content and in attributes with double quotes.
 * https://html.spec.whatwg.org/multipage/syntax.html#character-references
 */
export const html = (text: string): string =>
  printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

export const code = (text: string): string => `<code>${html(text)}</code>`;

/** Lines keep their white space; everything else is as in `html`. */
export const line = (text: string): string =>
  text
    .split(/( +)/)
    .map((part) => (part.trim() === '' ? part : html(part)))
    .join('');
