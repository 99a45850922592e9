import { Failure } from '../failure.ts';
import { quoted } from '../go/quote.ts';

/**
 * Field paths: `spec.rules[0].ports`, `metadata.labels[app.kubernetes.io/name]`.
 * https://docs.crossplane.io/latest/guides/function-patch-and-transform/
 */

/** A string is a field's name, a number an index. */
export type Segment = string | number;

export const WILDCARD = '*';

/** Segments of a path. Positions in messages count bytes. */
export function parsePath(path: string): readonly Segment[] {
  const segments: Segment[] = [];
  for (let at = 0; at < path.length; ) {
    const character = path[at];
    if (character === '[') {
      const end = closing(path, at);
      segments.push(bracketed(path.slice(at + 1, end)));
      at = end + 1;
    } else if (character === ']') {
      throw unexpected(path, at);
    } else if (character === '.') {
      at = afterPeriod(path, at);
    } else {
      const length = path.slice(at).search(/[.[\]]/);
      const end = length < 0 ? path.length : at + length;
      // A stray bracket is found before the name that it cuts off is used.
      if (path[end] === ']') throw unexpected(path, end);
      segments.push(path.slice(at, end));
      at = end;
    }
  }
  return segments;
}

/** Index of the bracket that closes the one at `open`. */
function closing(path: string, open: number): number {
  const end = path.indexOf(']', open);
  if (end < 0) throw refused(path, "unterminated '['", open);
  if (end === open + 1) throw unexpected(path, end);
  const nested = path.indexOf('[', open + 1);
  if (nested > 0 && nested < end) throw unexpected(path, nested);
  return end;
}

/** A period joins two names: it neither begins nor ends a path, and no bracket or period follows it. */
function afterPeriod(path: string, at: number): number {
  if (at === 0 || at === path.length - 1) throw unexpected(path, at);
  const next = path[at + 1];
  if (next === '.' || next === '[') throw unexpected(path, at + 1);
  return at + 1;
}

/** A number of 32 bits is an index, anything else a name; quotes make a name of a number. */
function bracketed(text: string): Segment {
  if (/^[0-9]+$/.test(text) && Number(text) <= 0xffff_ffff) return Number(text);
  return text.replace(/^['"]+/, '').replace(/['"]+$/, '');
}

const unexpected = (path: string, at: number) => refused(path, `unexpected '${path[at]}'`, at);

const refused = (path: string, problem: string, at: number) =>
  new Failure(
    `cannot parse path ${quoted(path)}: ${problem} at position ${Buffer.byteLength(path.slice(0, at))}`,
  );

/** The path as messages show it. */
export function pathText(segments: readonly Segment[]): string {
  let text = '';
  for (const segment of segments) {
    if (typeof segment === 'number') text += `[${segment}]`;
    else if (segment === WILDCARD || segment.includes('.')) text += `[${segment}]`;
    else text += `.${segment}`;
  }
  return text.startsWith('.') ? text.slice(1) : text;
}
