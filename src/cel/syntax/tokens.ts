import { SyntaxProblem } from './issue.ts';

/** What an expression's text consists of. */
export interface Token {
  readonly kind:
    | 'identifier'
    | 'quoted'
    | 'int'
    | 'uint'
    | 'double'
    | 'string'
    | 'bytes'
    | 'punctuation'
    | 'end';
  readonly at: number;
  /** As written; of a string or bytes, what stands between its quotes. */
  readonly text: string;
  readonly raw: boolean;
}

const BLANK = /(?:[\t \r\n\f]|\/\/[^\n]*)+/y;
const WORD = /[_a-zA-Z][_a-zA-Z0-9]*/y;
const DOUBLE = /[0-9]+\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+|\.[0-9]+(?:[eE][+-]?[0-9]+)?/y;
const INT = /(?:0x[0-9a-fA-F]+|[0-9]+)([uU]?)/y;
const QUOTED = /`[a-zA-Z0-9_.\-/ ]+`/y;
const PUNCTUATION = /&&|\|\||==|!=|<=|>=|[<>+\-*/%!?:.,()[\]{}]/y;
const STRING_START = /([bB]?)([rR]?)("""|'''|"|')/y;

function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}

/** Splits a source into tokens. Throws {@link SyntaxProblem} at the first text that is no token. */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const push = (kind: Token['kind'], text: string, length: number, raw = false): void => {
    tokens.push({ kind, at, text, raw });
    at += length;
  };
  for (;;) {
    at += matchAt(BLANK, source, at)?.[0].length ?? 0;
    if (at >= source.length) break;
    const start = matchAt(STRING_START, source, at);
    if (start !== null) {
      const [opening, bytes, raw, quote = ''] = start;
      const end = endOfString(source, at + opening.length, quote, raw !== '', at);
      const text = source.slice(at + opening.length, end);
      push(bytes === '' ? 'string' : 'bytes', text, end + quote.length - at, raw !== '');
      continue;
    }
    const word = matchAt(WORD, source, at)?.[0];
    if (word !== undefined) {
      push('identifier', word, word.length);
      continue;
    }
    const double = matchAt(DOUBLE, source, at)?.[0];
    if (double !== undefined) {
      push('double', double, double.length);
      continue;
    }
    const int = matchAt(INT, source, at);
    if (int !== null) {
      push(int[1] === '' ? 'int' : 'uint', int[0], int[0].length);
      continue;
    }
    const quoted = matchAt(QUOTED, source, at)?.[0];
    if (quoted !== undefined) {
      push('quoted', quoted.slice(1, -1), quoted.length);
      continue;
    }
    const punctuation = matchAt(PUNCTUATION, source, at)?.[0];
    if (punctuation === undefined) {
      const unknown = String.fromCodePoint(source.codePointAt(at) ?? 0);
      throw new SyntaxProblem(`Syntax error: token recognition error at: '${unknown}'`, at);
    }
    push('punctuation', punctuation, punctuation.length);
  }
  push('end', '<EOF>', 0);
  return tokens;
}

/** Where the closing quote of a string stands. Only triple quotes may span lines. */
function endOfString(source: string, from: number, quote: string, raw: boolean, start: number): number {
  for (let index = from; index < source.length; index++) {
    const unit = source.charAt(index);
    if (unit === '\\' && !raw) index++;
    else if (unit === quote.charAt(0) && source.startsWith(quote, index)) return index;
    else if ((unit === '\n' || unit === '\r') && quote.length === 1) break;
  }
  const shown = source.slice(start, start + 20).split(/[\r\n]/)[0];
  throw new SyntaxProblem(`Syntax error: token recognition error at: '${shown}'`, start);
}
