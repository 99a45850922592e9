/**
 * Where in a YAML file a character of a string stands. YAML folds and indents, so a string's offset is not the
 * file's: both texts are walked side by side, and white space, the only thing that folding changes, is skipped.
 *
 * @param source The scalar as it is written, its quote or block header (`>-`) included.
 * @param value The string that it means.
 * @param offset Offset into `value`.
 * @returns Offset into `source`; 0 where the two can't be brought together (escapes).
 */
export function offsetInSource(source: string, value: string, offset: number): number {
  const isBlock = source.startsWith('|') || source.startsWith('>');
  let at = isBlock ? Math.max(source.indexOf('\n'), 0) : /^["']/.test(source) ? 1 : 0;
  for (let index = 0; ; index += 1) {
    while (index < value.length && isSpace(value[index])) index += 1;
    while (at < source.length && isSpace(source[at])) at += 1;
    if (index >= offset || index >= value.length) return Math.min(at, Math.max(source.length - 1, 0));
    if (source[at] !== value[index]) return 0;
    at += 1;
  }
}

const isSpace = (character: string | undefined): boolean =>
  character === ' ' || character === '\n' || character === '\t' || character === '\r';
