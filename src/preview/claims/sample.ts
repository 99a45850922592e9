import { isRegexp, matchesAnywhere } from '../go/regexp.ts';

/**
 * A text that a regular expression matches, so that a stand-in survives a transform that takes it apart. Knows what
 * people write in Compositions: literals, classes, groups, alternatives, repetition.
 *
 * Guarantees: bounded by the length of the expression; never wrong, since the engine itself confirms the text;
 * undefined where this finds none.
 */
export function sampleOf(source: string): string | undefined {
  if (source.length > LONGEST || !isRegexp(source)) return undefined;
  const text = alternatives({ source, at: 0 }, 0);
  return text.length <= LONGEST && matchesAnywhere(source, text) ? text : undefined;
}

const LONGEST = 1000;
const DEEPEST = 50;

/** Escapes that stand for a class, by a member of it; anchors, by nothing. */
const ESCAPES: Readonly<Record<string, string>> = {
  d: '0',
  w: 'a',
  s: ' ',
  D: 'a',
  W: '-',
  S: 'a',
  b: '',
  B: '',
  A: '',
  z: '',
  n: '\n',
  t: '\t',
};
/** Tried in this order where a class says only what may not be. */
const CANDIDATES = 'a0-A./ :_';

/** The expression, read once from left to right. */
interface Cursor {
  readonly source: string;
  at: number;
}

const here = ({ source, at }: Cursor): string => source[at] ?? '';
const next = (cursor: Cursor): string => cursor.source[cursor.at++] ?? '';
const ahead = ({ source, at }: Cursor): string => source.slice(at, at + 80);

/** The first alternative's sample; the others are read over. */
function alternatives(cursor: Cursor, depth: number): string {
  const first = sequence(cursor, depth);
  while (here(cursor) === '|') {
    cursor.at++;
    sequence(cursor, depth);
  }
  return first;
}

function sequence(cursor: Cursor, depth: number): string {
  let text = '';
  while (cursor.at < cursor.source.length && here(cursor) !== '|' && here(cursor) !== ')') {
    const one = atom(cursor, depth);
    const times = repetition(cursor);
    if (text.length + one.length * times <= LONGEST) text += one.repeat(times);
  }
  return text;
}

function atom(cursor: Cursor, depth: number): string {
  const character = next(cursor);
  switch (character) {
    case '(':
      return group(cursor, depth);
    case '[':
      return member(cursor);
    case '\\':
      return escaped(cursor);
    case '.':
      return 'a';
    case '^':
    case '$':
      return '';
    default:
      return character;
  }
}

function group(cursor: Cursor, depth: number): string {
  const opening = /^\?(P?<\w+>|[a-zA-Z-]*:)/.exec(ahead(cursor));
  cursor.at += opening?.[0].length ?? 0;
  const text = depth < DEEPEST ? alternatives(cursor, depth + 1) : '';
  cursor.at++;
  return text;
}

function escaped(cursor: Cursor): string {
  const character = next(cursor);
  return ESCAPES[character] ?? character;
}

/** A member of a class: the first that is listed, or the first candidate that isn't. */
function member(cursor: Cursor): string {
  const start = cursor.at - 1;
  const isNegated = here(cursor) === '^';
  if (isNegated) cursor.at++;
  let first: string | undefined;
  // A bracket at the start is a member.
  for (let isFirst = true; cursor.at < cursor.source.length; isFirst = false) {
    if (here(cursor) === ']' && !isFirst) break;
    const posix = /^\[:\w+:\]/.exec(ahead(cursor))?.[0];
    cursor.at += posix?.length ?? 0;
    const character = posix === undefined ? next(cursor) : '0';
    const one = character === '\\' ? escaped(cursor) : character;
    first ??= one;
  }
  cursor.at++;
  if (!isNegated) return first ?? '';
  const whole = cursor.source.slice(start, cursor.at);
  return [...CANDIDATES].find((candidate) => isRegexp(whole) && matchesAnywhere(whole, candidate)) ?? '';
}

/** As seldom as the repetition allows; `+` is once. */
function repetition(cursor: Cursor): number {
  const found = /^(?:[*+?]|\{(\d{1,4})(?:,\d{0,4})?\})\??/.exec(ahead(cursor));
  if (found === null) return 1;
  cursor.at += found[0].length;
  if (found[1] !== undefined) return Number(found[1]);
  return found[0].startsWith('+') ? 1 : 0;
}
