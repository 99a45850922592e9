import { CelRefusal } from './expression.ts';

/** A word of an expression. `text` of a string is its value, escapes resolved. */
export interface Token {
  readonly kind: 'name' | 'integer' | 'double' | 'uint' | 'string' | 'bytes' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

/** What the API server allows at most: `--cel` expression size of a ValidatingAdmissionPolicy is bound by etcd. */
const MAX_LENGTH = 100_000;

const SPACE = /(?:[ \t\n\f\r]+|\/\/[^\n]*)*/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /0x[0-9a-fA-F]+|[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+(?:[eE][+-]?[0-9]+)?/y;
const STRING_START = /([rRbB]{0,2})("""|'''|"|')/y;
const SIGN = /&&|\|\||==|!=|<=|>=|[-+*/%<>!?:.,()[\]{}]/y;
const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '?': '?',
  '"': '"',
  "'": "'",
  '`': '`',
};

/** Splits an expression into words. Time grows linearly with its length. */
export function tokensOf(source: string): readonly Token[] {
  if (source.length > MAX_LENGTH) throw new CelRefusal('invalid', `longer than ${MAX_LENGTH} characters`, 0);
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(source);
  };
  for (;;) {
    at += take(SPACE)?.[0].length ?? 0;
    if (at >= source.length) break;
    const start = take(STRING_START);
    if (start !== null) {
      const token = stringToken(source, at, start);
      tokens.push(token.token);
      at = token.end;
      continue;
    }
    const name = take(NAME);
    if (name !== null) {
      tokens.push({ kind: 'name', text: name[0], at });
      at += name[0].length;
      continue;
    }
    const number = take(NUMBER);
    if (number !== null) {
      const uint = /[uU]/.test(source[at + number[0].length] ?? '');
      const kind = uint ? 'uint' : /^0x|^[0-9]+$/.test(number[0]) ? 'integer' : 'double';
      tokens.push({ kind, text: number[0], at });
      at += number[0].length + (uint ? 1 : 0);
      continue;
    }
    const sign = take(SIGN);
    if (sign === null)
      throw new CelRefusal('invalid', `unexpected character ${JSON.stringify(source[at])}`, at);
    tokens.push({ kind: 'sign', text: sign[0], at });
    at += sign[0].length;
  }
  tokens.push({ kind: 'end', text: 'the end', at: source.length });
  return tokens;
}

function stringToken(source: string, at: number, start: RegExpExecArray): { token: Token; end: number } {
  const marks = (start[1] ?? '').toLowerCase();
  const quote = start[2] ?? '"';
  const raw = marks.includes('r');
  let value = '';
  let position = at + start[0].length;
  for (;;) {
    if (position >= source.length || (quote.length === 1 && source[position] === '\n')) {
      throw new CelRefusal('invalid', 'string is not closed', at);
    }
    if (source.startsWith(quote, position)) break;
    if (raw || source[position] !== '\\') {
      value += source[position];
      position += 1;
      continue;
    }
    const escaped = escapeAt(source, position);
    value += escaped.value;
    position = escaped.end;
  }
  const kind = marks.includes('b') ? 'bytes' : 'string';
  return { token: { kind, text: value, at }, end: position + quote.length };
}

function escapeAt(source: string, at: number): { value: string; end: number } {
  const letter = source[at + 1] ?? '';
  if (Object.hasOwn(SIMPLE_ESCAPES, letter)) return { value: SIMPLE_ESCAPES[letter] ?? '', end: at + 2 };
  const code = /\\(?:[xX]([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2}))/y;
  code.lastIndex = at;
  const match = code.exec(source);
  const hex = match?.[1] ?? match?.[2] ?? match?.[3];
  const point = hex !== undefined ? Number.parseInt(hex, 16) : Number.parseInt(match?.[4] ?? '', 8);
  if (match === null || !(point <= 0x10ffff) || (point >= 0xd800 && point <= 0xdfff)) {
    throw new CelRefusal('invalid', `unknown escape \\${letter}`, at);
  }
  return { value: String.fromCodePoint(point), end: at + match[0].length };
}
