import { CelRefusal, type Expression, type Macro } from './expression.ts';
import { type Token, tokensOf } from './tokens.ts';

/** Operators by precedence, loosest first: https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['<', '<=', '>', '>=', '==', '!=', 'in'],
  ['+', '-'],
  ['*', '/', '%'],
];
const MACROS: ReadonlySet<string> = new Set<Macro>(['all', 'exists', 'exists_one', 'map', 'filter']);
const RESERVED = new Set(
  'as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);
/** cel-go's own limit of nesting, and a limit of `a.b.c` and `a && b && c`, which nest to the left. */
const MAX_DEPTH = 250;
const MAX_CHAIN = 1000;

/**
 * Reads an expression. Throws {@link CelRefusal} where the syntax is wrong, with the offset. Macros (`has`, `all`,
 * `exists`, `exists_one`, `map`, `filter`) come out as nodes of their own.
 */
export function parse(source: string): Expression {
  const tokens = tokensOf(source);
  let next = 0;
  let depth = 0;

  const peek = (): Token => tokens[next] ?? { kind: 'end', text: 'the end', at: source.length };
  const isSign = (text: string): boolean => peek().kind === 'sign' && peek().text === text;
  const unexpected = (wanted: string): CelRefusal =>
    new CelRefusal('invalid', `expected ${wanted}, found ${shown(peek())}`, peek().at);
  const accept = (text: string): boolean => {
    if (!isSign(text)) return false;
    next += 1;
    return true;
  };
  const expect = (text: string): void => {
    if (!accept(text)) throw unexpected(`'${text}'`);
  };

  function expression(): Expression {
    depth += 1;
    if (depth > MAX_DEPTH) throw new CelRefusal('invalid', `nested deeper than ${MAX_DEPTH}`, peek().at);
    const condition = binary(0);
    const at = peek().at;
    if (!accept('?')) {
      depth -= 1;
      return condition;
    }
    const whenTrue = binary(0);
    expect(':');
    const whenFalse = expression();
    depth -= 1;
    return { kind: 'call', at, name: '?:', arguments: [condition, whenTrue, whenFalse] };
  }

  function binary(level: number): Expression {
    const operators = LEVELS[level];
    if (operators === undefined) return unary();
    let left = binary(level + 1);
    for (let length = 0; ; length += 1) {
      const token = peek();
      if (length > MAX_CHAIN) throw new CelRefusal('invalid', `a chain longer than ${MAX_CHAIN}`, token.at);
      const isOperator = token.kind === 'sign' || (token.kind === 'name' && token.text === 'in');
      if (!isOperator || !operators.includes(token.text)) return left;
      next += 1;
      left = { kind: 'call', at: token.at, name: token.text, arguments: [left, binary(level + 1)] };
    }
  }

  function unary(): Expression {
    const token = peek();
    if (token.kind === 'sign' && (token.text === '!' || token.text === '-')) {
      let count = 0;
      while (accept(token.text)) count += 1;
      const operand = member();
      if (token.text === '-' && operand.kind === 'literal' && typeof operand.value === 'number') {
        return { ...operand, at: token.at, value: count % 2 === 1 ? -operand.value : operand.value };
      }
      // An even number of signs cancels out, but the operand must still be of the right type: two remain.
      const once: Expression = { kind: 'call', at: token.at, name: `${token.text}_`, arguments: [operand] };
      return count % 2 === 1 ? once : { ...once, arguments: [once] };
    }
    return member();
  }

  function member(): Expression {
    let operand = primary();
    for (let length = 0; ; length += 1) {
      const at = peek().at;
      if (length > MAX_CHAIN) throw new CelRefusal('invalid', `a chain longer than ${MAX_CHAIN}`, at);
      if (accept('.')) {
        if (isSign('?')) throw optional(at);
        const name = peek();
        if (name.kind !== 'name') throw unexpected('a field');
        next += 1;
        operand = isSign('(')
          ? method(operand, name)
          : { kind: 'select', at: name.at, operand, field: name.text };
      } else if (accept('[')) {
        if (isSign('?')) throw optional(at);
        const index = expression();
        expect(']');
        operand = { kind: 'call', at, name: '[]', arguments: [operand, index] };
      } else if (isSign('{') && (operand.kind === 'name' || operand.kind === 'select')) {
        throw new CelRefusal('unsupported', 'message literals', at);
      } else {
        return operand;
      }
    }
  }

  function method(target: Expression, name: Token): Expression {
    const given = callArguments();
    if (!MACROS.has(name.text) || given.length < 2) {
      return { kind: 'call', at: name.at, name: name.text, target, arguments: given };
    }
    const [variable, first, second] = given;
    if (given.length > 3 || (given.length === 3 && name.text !== 'map')) {
      throw new CelRefusal('unsupported', `${name.text}() with ${given.length} parts`, name.at);
    }
    if (variable?.kind !== 'name' || first === undefined) {
      throw new CelRefusal('invalid', `the first part of ${name.text}() must be a simple name`, name.at);
    }
    const base = {
      kind: 'macro',
      at: name.at,
      macro: name.text as Macro,
      range: target,
      variable: variable.name,
    } as const;
    if (name.text !== 'map') return { ...base, condition: first };
    return second === undefined
      ? { ...base, transform: first }
      : { ...base, condition: first, transform: second };
  }

  function callArguments(): Expression[] {
    expect('(');
    const given: Expression[] = [];
    if (accept(')')) return given;
    do given.push(expression());
    while (accept(','));
    expect(')');
    return given;
  }

  function primary(): Expression {
    const token = peek();
    if (accept('(')) {
      const inner = expression();
      expect(')');
      return inner;
    }
    if (accept('[')) return list(token.at);
    if (accept('{')) return map(token.at);
    accept('.'); // A leading dot names the root scope, and there is no other here.
    const word = peek();
    next += 1;
    switch (word.kind) {
      case 'string':
        return { kind: 'literal', at: word.at, value: word.text };
      case 'integer': {
        const value = Number(word.text);
        if (!Number.isSafeInteger(value))
          throw new CelRefusal('unsupported', 'integers beyond 2^53', word.at);
        return { kind: 'literal', at: word.at, value };
      }
      case 'double':
      case 'uint':
      case 'bytes':
        return { kind: 'foreignLiteral', at: word.at, type: word.kind };
      case 'name':
        return name(word);
      default:
        next -= 1;
        throw unexpected('a value');
    }
  }

  function name(word: Token): Expression {
    if (word.text === 'true' || word.text === 'false')
      return { kind: 'literal', at: word.at, value: word.text === 'true' };
    if (word.text === 'null') return { kind: 'literal', at: word.at, value: null };
    if (word.text === 'in' || RESERVED.has(word.text)) {
      throw new CelRefusal('invalid', `'${word.text}' is a reserved word`, word.at);
    }
    if (!isSign('(')) return { kind: 'name', at: word.at, name: word.text };
    const given = callArguments();
    if (word.text !== 'has') return { kind: 'call', at: word.at, name: word.text, arguments: given };
    const [field] = given;
    if (given.length !== 1 || field?.kind !== 'select') {
      throw new CelRefusal('invalid', 'has() takes one field, for example has(object.spec)', word.at);
    }
    return { kind: 'has', at: word.at, operand: field.operand, field: field.field };
  }

  function list(at: number): Expression {
    const items: Expression[] = [];
    while (!isSign(']')) {
      if (isSign('?')) throw optional(peek().at);
      items.push(expression());
      if (!accept(',')) break;
    }
    expect(']');
    return { kind: 'list', at, items };
  }

  function map(at: number): Expression {
    const entries: [Expression, Expression][] = [];
    while (!isSign('}')) {
      if (isSign('?')) throw optional(peek().at);
      const key = expression();
      expect(':');
      entries.push([key, expression()]);
      if (!accept(',')) break;
    }
    expect('}');
    return { kind: 'map', at, entries };
  }

  const whole = expression();
  if (peek().kind !== 'end') throw unexpected('an operator or the end');
  return whole;
}

const optional = (at: number): CelRefusal => new CelRefusal('unsupported', 'optional types (.?, [?])', at);

const shown = (token: Token): string => (token.kind === 'end' ? 'the end' : `'${token.text}'`);
