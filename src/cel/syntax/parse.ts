import { BOOL, BYTES, DOUBLE, INT, NULL, STRING, UINT } from '#cel/types/type.ts';
import { intOf, uintOf } from '#cel/values/integer.ts';
import { Double, isError } from '#cel/values/value.ts';
import { unescapeBytes, unescapeText } from './escapes.ts';
import type { Expression, Literal, MapEntry } from './expression.ts';
import { type Issue, issueAt, SyntaxProblem } from './issue.ts';
import { expand, type MacroSet } from './macros.ts';
import { type Token, tokensOf } from './tokens.ts';

/**
 * Reads an expression: https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax
 * Bounded: 100,000 code points, and a tree no deeper than 250, as cel-go has it. Never throws.
 */
export interface Syntax {
  readonly macros: ReadonlySet<MacroSet>;
  /** `a.?b`, `a[?k]`, `[?x]`, `{?k: v}` */
  readonly optional: boolean;
  /** Fields in backticks: `` a.`b-c` `` */
  readonly quotedFields: boolean;
}

const MAX_LENGTH = 100_000;
const MAX_DEPTH = 250;

export type Parsed = { readonly expression: Expression } | { readonly issue: Issue };

export function parse(source: string, syntax: Syntax): Parsed {
  try {
    if (source.length > MAX_LENGTH) {
      const size = [...source].length;
      if (size > MAX_LENGTH)
        throw new SyntaxProblem(
          `expression code point size exceeds limit: size: ${size}, limit ${MAX_LENGTH}`,
          0,
        );
    }
    return { expression: parseTokens(tokensOf(source), syntax) };
  } catch (error) {
    if (error instanceof SyntaxProblem) return { issue: issueAt(source, error.offset, error.message) };
    throw error;
  }
}

const RESERVED = new Set(
  'as break const continue else false for function if import in let loop package namespace null return true var void while'.split(
    ' ',
  ),
);
/** Words that are tokens of their own, so that they can't name a field either. */
const KEYWORDS = new Set(['in', 'true', 'false', 'null']);

const RELATIONS = new Set(['<', '<=', '>', '>=', '==', '!=', 'in']);
const OPERATORS: ReadonlyMap<string, string> = new Map([
  ...['<', '<=', '>', '>=', '==', '!=', '+', '-', '*', '/', '%'].map((text) => [text, `_${text}_`] as const),
  ['in', '@in'] as const,
]);

function parseTokens(tokens: readonly Token[], syntax: Syntax): Expression {
  const end = tokens.at(-1) ?? { kind: 'end', at: 0, text: '', raw: false };
  let index = 0;
  let depth = 0;

  const peek = (): Token => tokens[index] ?? end;
  const isAt = (text: string): boolean => peek().text === text && isWordOrSign(peek());
  const isWordOrSign = (token: Token): boolean => token.kind === 'punctuation' || token.kind === 'identifier';
  function take(): Token {
    const token = peek();
    index++;
    return token;
  }
  function skip(text: string): boolean {
    if (!isAt(text)) return false;
    index++;
    return true;
  }
  function unexpected(expected: string): never {
    const token = peek();
    const input = token.kind === 'string' || token.kind === 'bytes' ? 'STRING' : token.text;
    throw new SyntaxProblem(`Syntax error: mismatched input '${input}' expecting ${expected}`, token.at);
  }
  function expect(text: string): Token {
    if (!isAt(text)) unexpected(`'${text}'`);
    return take();
  }

  /** Counts nesting, of parentheses and of operators that lean to the left alike. */
  function deeper(): void {
    if (++depth > MAX_DEPTH)
      throw new SyntaxProblem(`expression recursion limit exceeded: ${MAX_DEPTH}`, peek().at);
  }
  function nested<Result>(read: () => Result): Result {
    const before = depth;
    deeper();
    const result = read();
    depth = before;
    return result;
  }

  function expression(): Expression {
    return nested(() => {
      const condition = logical('or');
      if (!isAt('?')) return condition;
      const { at } = take();
      const yes = logical('or');
      expect(':');
      return { kind: 'conditional', at, condition, yes, no: expression() };
    });
  }

  function logical(kind: 'or' | 'and'): Expression {
    const read = kind === 'or' ? () => logical('and') : relation;
    const sign = kind === 'or' ? '||' : '&&';
    const first = read();
    if (!isAt(sign)) return first;
    const { at } = peek();
    const terms = [first];
    while (skip(sign)) terms.push(read());
    return { kind, at, terms };
  }

  /** Operators of one strength, from the left. */
  function chain(read: () => Expression, isOperator: (token: Token) => boolean): Expression {
    const before = depth;
    let left = read();
    while (isOperator(peek())) {
      deeper();
      const { at, text } = take();
      left = { kind: 'call', at, target: undefined, name: OPERATORS.get(text) ?? text, args: [left, read()] };
    }
    depth = before;
    return left;
  }
  const relation = (): Expression => chain(sum, (token) => isWordOrSign(token) && RELATIONS.has(token.text));
  const sum = (): Expression =>
    chain(product, ({ kind, text }) => kind === 'punctuation' && (text === '+' || text === '-'));
  const product = (): Expression =>
    chain(
      unary,
      ({ kind, text }) => kind === 'punctuation' && (text === '*' || text === '/' || text === '%'),
    );

  function unary(): Expression {
    const sign = peek();
    if (sign.kind !== 'punctuation' || (sign.text !== '!' && sign.text !== '-')) return member(primary());
    let count = 0;
    while (isAt(sign.text) && !(sign.text === '-' && isNumber(tokens[index + 1]))) {
      index++;
      count++;
    }
    const operand = member(isAt('-') && isNumber(tokens[index + 1]) ? negativeNumber() : primary());
    if (count % 2 === 0) return operand;
    const name = sign.text === '!' ? '!_' : '-_';
    return { kind: 'call', at: sign.at, target: undefined, name, args: [operand] };
  }
  const isNumber = (token: Token | undefined): boolean => token?.kind === 'int' || token?.kind === 'double';
  function negativeNumber(): Expression {
    const { at } = take();
    return number(take(), '-', at);
  }

  function member(start: Expression): Expression {
    const before = depth;
    let operand = start;
    for (;;) {
      const token = peek();
      if (token.kind !== 'punctuation') break;
      if (token.text === '.') operand = afterDot(operand, take());
      else if (token.text === '[') {
        const { at } = take();
        const optional = isAt('?');
        if (optional) allowOptional(take(), '[?');
        const key = expression();
        expect(']');
        operand = { kind: 'index', at, operand, key, optional };
      } else break;
      deeper();
    }
    depth = before;
    return operand;
  }

  function allowOptional(token: Token, what: string): void {
    if (!syntax.optional) throw new SyntaxProblem(`unsupported syntax '${what}'`, token.at);
  }

  function afterDot(operand: Expression, dot: Token): Expression {
    const optional = isAt('?');
    if (optional) allowOptional(take(), '.?');
    const token = peek();
    if (token.kind === 'quoted') {
      if (!syntax.quotedFields) throw new SyntaxProblem("unsupported syntax: '`'", token.at);
    } else if (token.kind !== 'identifier' || KEYWORDS.has(token.text)) unexpected('IDENTIFIER');
    index++;
    if (optional || token.kind === 'quoted' || !isAt('('))
      return { kind: 'select', at: dot.at, operand, field: token.text, optional };
    const { at } = peek();
    const call = { at, target: operand, name: token.text, args: callArguments() };
    return expand(call, syntax.macros) ?? { kind: 'call', ...call };
  }

  function callArguments(): Expression[] {
    expect('(');
    const args: Expression[] = [];
    if (!isAt(')')) {
      do args.push(expression());
      while (skip(','));
    }
    expect(')');
    return args;
  }

  function primary(): Expression {
    const token = peek();
    switch (token.kind) {
      case 'int':
      case 'uint':
      case 'double':
        return number(take(), '', token.at);
      case 'string':
        index++;
        return literal(token.at, unescapeText(token.text, token.raw, token.at), STRING);
      case 'bytes':
        index++;
        return literal(token.at, unescapeBytes(token.text, token.raw, token.at), BYTES);
      case 'identifier':
        return named('');
      default:
        break;
    }
    if (skip('(')) {
      const inner = expression();
      expect(')');
      return inner;
    }
    if (isAt('[')) return list();
    if (isAt('{')) return map();
    if (isAt('.') && tokens[index + 1]?.kind === 'identifier') {
      index++;
      return named('.');
    }
    if (isAt('-') && isNumber(tokens[index + 1])) return negativeNumber();
    return unexpected(
      "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}",
    );
  }

  const literal = (at: number, value: Literal['value'], type: Literal['type']): Literal => ({
    kind: 'literal',
    at,
    value,
    type,
  });

  function number(token: Token, sign: string, at: number): Expression {
    if (token.kind === 'double') {
      const value = Number(sign + token.text);
      if (!Number.isFinite(value)) throw new SyntaxProblem('invalid double literal', at);
      return literal(at, new Double(value), DOUBLE);
    }
    const isUint = token.kind === 'uint';
    const magnitude = BigInt(isUint ? token.text.slice(0, -1) : token.text);
    const value = isUint ? uintOf(magnitude) : intOf(sign === '-' ? -magnitude : magnitude);
    if (isError(value)) throw new SyntaxProblem(`invalid ${token.kind} literal`, at);
    return literal(at, value, isUint ? UINT : INT);
  }

  /** A keyword's value, a name, a call, or a message: what starts with a word. */
  function named(dot: string): Expression {
    const { at, text } = take();
    if (dot === '') {
      if (text === 'true' || text === 'false') return literal(at, text === 'true', BOOL);
      if (text === 'null') return literal(at, null, NULL);
    }
    if (isAt('{') || isMessageAhead()) return message(dot + text);
    if (RESERVED.has(text)) throw new SyntaxProblem(`reserved identifier: ${text}`, at);
    if (!isAt('(')) return { kind: 'name', at, name: dot + text };
    const { at: callAt } = peek();
    const call = { at: callAt, target: undefined, name: dot + text, args: callArguments() };
    return expand(call, syntax.macros) ?? { kind: 'call', ...call };
  }

  /** Whether a qualified name and a brace follow: `a.b.C{`. */
  function isMessageAhead(): boolean {
    let ahead = index;
    while (tokens[ahead]?.text === '.' && tokens[ahead + 1]?.kind === 'identifier') ahead += 2;
    const brace = tokens[ahead];
    return ahead > index && brace?.kind === 'punctuation' && brace.text === '{';
  }

  function message(first: string): Expression {
    let name = first;
    while (skip('.')) name += `.${take().text}`;
    const brace = expect('{');
    while (!isAt('}')) {
      skip('?');
      const field = take();
      if (field.kind !== 'identifier' && field.kind !== 'quoted') {
        index--;
        unexpected("{'}', IDENTIFIER}");
      }
      expect(':');
      expression();
      if (!skip(',')) break;
    }
    expect('}');
    return { kind: 'message', at: brace.at, name };
  }

  function list(): Expression {
    const { at } = take();
    const items: { value: Expression; optional: boolean }[] = [];
    while (!isAt(']')) {
      const optional = isAt('?');
      if (optional) allowOptional(take(), '?');
      items.push({ value: expression(), optional });
      if (!skip(',')) break;
    }
    if (!isAt(']')) unexpected("{']', ','}");
    index++;
    return { kind: 'list', at, items };
  }

  function map(): Expression {
    const { at } = take();
    const entries: MapEntry[] = [];
    while (!isAt('}')) {
      const optional = isAt('?');
      if (optional) allowOptional(take(), '?');
      const key = expression();
      expect(':');
      entries.push({ key, value: expression(), optional });
      if (!skip(',')) break;
    }
    if (!isAt('}')) unexpected("{'}', ','}");
    index++;
    return { kind: 'map', at, entries };
  }

  const whole = expression();
  if (peek().kind !== 'end') {
    const { at, text } = peek();
    throw new SyntaxProblem(`Syntax error: extraneous input '${text}' expecting <EOF>`, at);
  }
  return whole;
}
