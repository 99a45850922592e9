import type { Expression, Macro } from './expression.ts';
import { SyntaxProblem } from './issue.ts';

/** The groups of macros that an environment may load. */
export type MacroSet = 'standard' | 'optional' | 'two-variable' | 'bindings' | 'sort';

interface Call {
  readonly at: number;
  readonly target: Expression | undefined;
  readonly name: string;
  readonly args: readonly Expression[];
}

function nameOf(argument: Expression | undefined, message: string): string {
  if (argument?.kind === 'name' && !argument.name.startsWith('.')) return argument.name;
  throw new SyntaxProblem(message, argument?.at ?? 0);
}

const SIMPLE_NAME = 'argument must be a simple name';

function macro(
  call: Call,
  kind: Macro['macro'],
  variables: 1 | 2,
  rest: Partial<Macro>,
): Expression | undefined {
  if (call.target === undefined) return undefined;
  const names = call.args.slice(0, variables).map((argument) => nameOf(argument, SIMPLE_NAME));
  if (names.length === 2 && names[0] === names[1])
    throw new SyntaxProblem(`duplicate variable name: ${names[0]}`, call.args[1]?.at ?? call.at);
  const reserved = names.indexOf('__result__');
  if (reserved >= 0)
    throw new SyntaxProblem(
      'iteration variable overwrites accumulator variable',
      call.args[reserved]?.at ?? call.at,
    );
  return {
    kind: 'macro',
    at: call.at,
    macro: kind,
    range: call.target,
    variables: names,
    filter: undefined,
    transform: undefined,
    ...rest,
  };
}

/** What a call stands for where it is a macro; `undefined` where it is an ordinary call. */
export function expand(call: Call, loaded: ReadonlySet<MacroSet>): Expression | undefined {
  const { target, name, args } = call;
  if (target === undefined) return name === 'has' && args.length === 1 ? hasMacro(call) : undefined;
  const key = `${name}/${args.length}`;
  if (loaded.has('optional') && (key === 'optMap/2' || key === 'optFlatMap/2')) return optionalMacro(call);
  const [, second, third, fourth] = args;
  if (loaded.has('standard')) {
    switch (key) {
      case 'all/2':
      case 'exists/2':
        return macro(call, name === 'all' ? 'all' : 'exists', 1, { filter: second });
      case 'exists_one/2':
      case 'existsOne/2':
        return macro(call, 'existsOne', 1, { filter: second });
      case 'filter/2':
        return macro(call, 'filter', 1, { filter: second });
      case 'map/2':
        return macro(call, 'map', 1, { transform: second });
      case 'map/3':
        return macro(call, 'map', 1, { filter: second, transform: third });
      default:
        break;
    }
  }
  if (loaded.has('two-variable')) {
    switch (key) {
      case 'all/3':
      case 'exists/3':
        return macro(call, name === 'all' ? 'all' : 'exists', 2, { filter: third });
      case 'exists_one/3':
      case 'existsOne/3':
        return macro(call, 'existsOne', 2, { filter: third });
      default:
        break;
    }
    if (name === 'transformList' || name === 'transformMap' || name === 'transformMapEntry') {
      if (args.length === 3) return macro(call, name, 2, { transform: third });
      if (args.length === 4) return macro(call, name, 2, { filter: third, transform: fourth });
    }
  }
  if (loaded.has('sort') && key === 'sortBy/2') return macro(call, 'sortBy', 1, { transform: second });
  if (loaded.has('bindings') && key === 'bind/3' && target.kind === 'name' && target.name === 'cel')
    return bindMacro(call);
  return undefined;
}

function hasMacro({ at, args }: Call): Expression {
  const [argument] = args;
  if (argument?.kind !== 'select' || argument.optional)
    throw new SyntaxProblem('invalid argument to has() macro', argument?.at ?? at);
  return { kind: 'has', at: argument.at, operand: argument.operand, field: argument.field };
}

function optionalMacro({ at, target, name, args }: Call): Expression | undefined {
  const [variable, body] = args;
  if (target === undefined || body === undefined) return undefined;
  const form = name === 'optMap' ? 'optMap' : 'optFlatMap';
  const declared = nameOf(variable, `${name}() variable name must be a simple identifier`);
  return { kind: 'bind', at, form, variable: declared, value: target, body };
}

function bindMacro({ at, args }: Call): Expression | undefined {
  const [variable, value, body] = args;
  if (value === undefined || body === undefined) return undefined;
  const declared = nameOf(variable, 'cel.bind() variable names must be simple identifiers');
  return { kind: 'bind', at, form: 'bind', variable: declared, value, body };
}
