import { OPERATORS } from '#cel/library/operators.ts';
import type { Overload } from '#cel/library/overload.ts';
import type { Bind, Call, Expression, Macro, Name, Select } from '#cel/syntax/expression.ts';
import type { UnknownField } from '#cel/syntax/issue.ts';
import { fieldNamed } from '#cel/types/schema.ts';
import type { Signature } from '#cel/types/signature.ts';
import {
  BOOL,
  DYN,
  ERROR,
  INT,
  listOf,
  mapOf,
  type ObjectType,
  optionalOf,
  showType,
  type Type,
  typeOf,
} from '#cel/types/type.ts';
import { isDyn, mostGeneral, type Unifier, unifier } from '#cel/types/unify.ts';
import { declarationsOf, type Environment, TYPE_NAMES } from './environment.ts';

/**
 * Finds the type of every part of an expression, and what its names and calls mean. Words problems as cel-go does:
 * https://github.com/google/cel-go/blob/v0.26.0/checker/checker.go
 */
export interface Checked {
  readonly type: (node: Expression) => Type;
  readonly meaning: (node: Expression) => Meaning | undefined;
  readonly problems: readonly Problem[];
}

export interface Problem {
  readonly message: string;
  readonly at: number;
  readonly unknown?: UnknownField;
}

/** What a name, a qualified name, or a call stands for. */
export type Meaning =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'local'; readonly slot: number }
  | { readonly kind: 'type'; readonly name: string }
  | { readonly kind: 'function'; readonly overloads: readonly Overload[]; readonly dropsTarget: boolean }
  | { readonly kind: 'operator'; readonly signatures: readonly Signature[] };

interface Local {
  readonly name: string;
  readonly type: Type;
}

const unknownOf = ({ fields, mayHave }: ObjectType, field: string): UnknownField => ({
  field,
  known: [...fields.keys()],
  mayExist: mayHave?.(field) ?? false,
});

export function check(root: Expression, environment: Environment): Checked {
  const { overloads } = declarationsOf(environment.libraries);
  const types = new Map<Expression, Type>();
  const meanings = new Map<Expression, Meaning>();
  const problems: Problem[] = [];
  const unify: Unifier = unifier();
  const locals: Local[] = [];

  const report = (at: number, message: string, unknown?: UnknownField): Type => {
    problems.push({ at, message, ...(unknown && { unknown }) });
    return ERROR;
  };
  const fits = (expected: Type, actual: Type): boolean => unify.fit([expected], [actual]);
  const mismatch = (at: number, expected: Type, actual: Type): Type =>
    report(at, `expected type '${showType(expected)}' but found '${showType(unify.resolve(actual))}'`);

  function visit(node: Expression): Type {
    const type = typed(node);
    types.set(node, type);
    return type;
  }

  function typed(node: Expression): Type {
    switch (node.kind) {
      case 'literal':
        return node.type;
      case 'name':
        return name(node);
      case 'select':
        return select(node);
      case 'has':
        fieldType(visit(node.operand), node.field, node.at, false);
        return BOOL;
      case 'index': {
        const args = [visit(node.operand), visit(node.key)];
        return operator(node, node.optional ? '_[?_]' : '_[_]', args);
      }
      case 'call':
        return call(node);
      case 'and':
      case 'or':
        for (const term of node.terms) requireBool(term);
        return BOOL;
      case 'conditional': {
        const args = [visit(node.condition), visit(node.yes), visit(node.no)];
        return operator(node, '_?_:_', args);
      }
      case 'list':
        return listOf(
          join(node.items.map(({ value, optional }) => element(value, optional))) ?? unify.fresh(),
        );
      case 'map': {
        const keys: Type[] = [];
        const values: Type[] = [];
        for (const { key, value, optional } of node.entries) {
          keys.push(element(key, false));
          values.push(element(value, optional));
        }
        return mapOf(join(keys) ?? unify.fresh(), join(values) ?? unify.fresh());
      }
      case 'message':
        return report(
          node.at,
          `undeclared reference to '${node.name}' (in container '${environment.container}')`,
        );
      case 'macro':
        return macro(node);
      case 'bind':
        return bind(node);
    }
  }

  function requireBool(node: Expression): void {
    const type = visit(node);
    if (!fits(type, BOOL)) mismatch(node.at, BOOL, type);
  }

  function element(node: Expression, optional: boolean): Type {
    const type = unify.resolve(visit(node));
    if (!optional) return type;
    if (type.kind === 'optional') return type.value;
    return isDyn(type) ? type : mismatch(node.at, optionalOf(type), type);
  }

  /** The type of all elements together, dyn where they differ; `undefined` where there are none. */
  function join(elements: readonly Type[]): Type | undefined {
    let joined: Type | undefined;
    for (const type of elements) {
      if (joined === undefined) joined = type;
      else if (fits(joined, type)) joined = mostGeneral(joined, type);
      else joined = DYN;
    }
    return joined;
  }

  /** Names in the order in which the container lets them be found. */
  function candidates(text: string): string[] {
    if (text.startsWith('.')) return [text.slice(1)];
    const found: string[] = [];
    for (
      let scope = environment.container;
      scope !== '';
      scope = scope.slice(0, Math.max(0, scope.lastIndexOf('.')))
    )
      found.push(`${scope}.${text}`);
    return [...found, text];
  }

  function resolveName(text: string, node: Expression): Type | undefined {
    const slot = locals.findLastIndex((local) => local.name === text);
    const local = locals[slot];
    if (local !== undefined) {
      meanings.set(node, { kind: 'local', slot });
      return local.type;
    }
    for (const candidate of candidates(text)) {
      const declared = environment.variables.get(candidate);
      if (declared !== undefined) {
        meanings.set(node, { kind: 'variable', name: candidate });
        return declared;
      }
      const named = TYPE_NAMES.get(candidate);
      if (named !== undefined) {
        meanings.set(node, { kind: 'type', name: candidate });
        return typeOf(named);
      }
    }
    return undefined;
  }

  function undeclaredReference(at: number, text: string): Type {
    return report(at, `undeclared reference to '${text}' (in container '${environment.container}')`);
  }

  const name = (node: Name): Type => resolveName(node.name, node) ?? undeclaredReference(node.at, node.name);

  /** `a.b.c` where the node is nothing but names. */
  function qualified(node: Expression): string | undefined {
    if (node.kind === 'name') return locals.some((local) => local.name === node.name) ? undefined : node.name;
    if (node.kind !== 'select' || node.optional) return undefined;
    const before = qualified(node.operand);
    return before === undefined ? undefined : `${before}.${node.field}`;
  }

  function select(node: Select): Type {
    const text = qualified(node);
    const whole = text === undefined ? undefined : resolveName(text, node);
    return whole ?? fieldType(visit(node.operand), node.field, node.at, node.optional);
  }

  function fieldType(operand: Type, field: string, at: number, optional: boolean): Type {
    const resolved = unify.resolve(operand);
    const wrapped = resolved.kind === 'optional';
    const target = wrapped ? resolved.value : resolved;
    const found = plainFieldType(target, field, at);
    return wrapped || optional ? optionalOf(found) : found;
  }

  function plainFieldType(target: Type, field: string, at: number): Type {
    switch (target.kind) {
      case 'map':
        return target.value;
      case 'object':
        return (
          fieldNamed(target, field, environment.keywordFields ?? false)?.type ??
          report(at, `undefined field '${field}'`, unknownOf(target, field))
        );
      case 'param':
        fits(DYN, target);
        return DYN;
      case 'dyn':
      case 'error':
        return DYN;
      default:
        report(at, `type '${showType(target)}' does not support field selection`, {
          field,
          known: [],
          mayExist: false,
        });
        return DYN;
    }
  }

  /** A signature whose parameters are types not yet known. */
  function instance(declared: Signature): { readonly parameters: readonly Type[]; readonly result: Type } {
    const fresh = new Map<string, Type>();
    const put = (type: Type): Type => {
      switch (type.kind) {
        case 'param': {
          const known = fresh.get(type.name) ?? unify.fresh();
          fresh.set(type.name, known);
          return known;
        }
        case 'list':
          return listOf(put(type.element));
        case 'map':
          return mapOf(put(type.key), put(type.value));
        case 'optional':
          return optionalOf(put(type.value));
        case 'type':
          return type.of === undefined ? type : typeOf(put(type.of));
        default:
          return type;
      }
    };
    return { parameters: declared.parameters.map(put), result: put(declared.result) };
  }

  /** The signatures that fit; the result is the first one's, or dyn where they differ. */
  function choose<Declared extends Signature>(
    declared: readonly Declared[],
    member: boolean,
    args: readonly Type[],
  ): { readonly chosen: readonly Declared[]; readonly result: Type } | undefined {
    const chosen: Declared[] = [];
    let result: Type | undefined;
    for (const candidate of declared) {
      if (candidate.member !== member || candidate.parameters.length !== args.length) continue;
      const made = instance(candidate);
      if (!unify.fit(args, made.parameters)) continue;
      chosen.push(candidate);
      const type = unify.resolve(made.result);
      if (result === undefined) result = type;
      else if (!isDyn(result) && showType(result) !== showType(type)) result = DYN;
    }
    return result === undefined ? undefined : { chosen, result };
  }

  function noOverload(at: number, text: string, member: boolean, args: readonly Type[]): Type {
    const shown = args.map((type) => showType(unify.resolve(type, true)));
    const [target, ...rest] = shown;
    const applied = member ? `${target}.(${rest.join(', ')})` : `(${shown.join(', ')})`;
    return report(at, `found no matching overload for '${text}' applied to '${applied}'`);
  }

  function operator(node: Expression, text: string, args: readonly Type[]): Type {
    const found = choose(OPERATORS.get(text) ?? [], false, args);
    if (found === undefined) return noOverload(node.at, text, false, args);
    meanings.set(node, { kind: 'operator', signatures: found.chosen });
    return found.result;
  }

  function call(node: Call): Type {
    const { target, name: text } = node;
    const args = node.args.map(visit);
    if (OPERATORS.has(text) && target === undefined) return operator(node, text, args);
    if (target === undefined) {
      for (const candidate of candidates(text)) {
        const declared = overloads.get(candidate);
        if (declared !== undefined) return applied(node, candidate, declared, false, args, false);
      }
      return undeclaredReference(node.at, text);
    }
    const prefix = qualified(target);
    for (const candidate of prefix === undefined ? [] : candidates(`${prefix}.${text}`)) {
      const declared = overloads.get(candidate);
      if (declared !== undefined) return applied(node, candidate, declared, false, args, true);
    }
    const targetType = visit(target);
    const declared = overloads.get(text);
    if (declared === undefined) return undeclaredReference(node.at, text);
    return applied(node, text, declared, true, [targetType, ...args], false);
  }

  function applied(
    node: Expression,
    text: string,
    declared: readonly Overload[],
    member: boolean,
    args: readonly Type[],
    dropsTarget: boolean,
  ): Type {
    const found = choose(declared, member, args);
    if (found === undefined) return noOverload(node.at, text, member, args);
    meanings.set(node, { kind: 'function', overloads: found.chosen, dropsTarget });
    return found.result;
  }

  /** Types that a comprehension's variables have. */
  function variableTypes(node: Macro): readonly Type[] {
    const range = unify.resolve(visit(node.range));
    const two = node.variables.length === 2;
    switch (range.kind) {
      case 'list':
        return two ? [INT, range.element] : [range.element];
      case 'map':
        return two ? [range.key, range.value] : [range.key];
      case 'dyn':
      case 'error':
      case 'param':
        fits(DYN, range);
        return [DYN, DYN];
      default:
        report(
          node.range.at,
          `expression of type '${showType(range)}' cannot be range of a comprehension (must be list, map, or dynamic)`,
        );
        return [ERROR, ERROR];
    }
  }

  function macro(node: Macro): Type {
    const variables = variableTypes(node);
    const before = locals.length;
    for (const [index, text] of node.variables.entries())
      locals.push({ name: text, type: variables[index] ?? DYN });
    const result = macroResult(node, variables);
    locals.length = before;
    return result;
  }

  function macroResult(node: Macro, variables: readonly Type[]): Type {
    const { macro: kind, filter, transform } = node;
    if (kind === 'all' || kind === 'exists') {
      if (filter !== undefined) requireBool(filter);
      return BOOL;
    }
    const condition = filter === undefined ? BOOL : visit(filter);
    const made = transform === undefined ? undefined : unify.resolve(visit(transform));
    const result = accumulated(node, variables, made);
    if (!fits(condition, BOOL)) {
      const shown = kind === 'existsOne' ? INT : result;
      return noOverload(node.at, '_?_:_', false, [condition, shown, shown]);
    }
    return kind === 'existsOne' ? BOOL : unify.resolve(result);
  }

  function accumulated(node: Macro, variables: readonly Type[], made: Type | undefined): Type {
    const [first = DYN] = variables;
    switch (node.macro) {
      case 'filter':
        return listOf(first);
      case 'map':
      case 'transformList':
        return listOf(made ?? DYN);
      case 'transformMap':
        return mapOf(first, made ?? DYN);
      case 'transformMapEntry': {
        const entry = mapOf(unify.fresh(), unify.fresh());
        if (made !== undefined && !fits(made, entry))
          return noOverload(node.at, 'cel.@mapInsert', false, [entry, made]);
        return entry;
      }
      case 'sortBy': {
        const keys = listOf(made ?? DYN);
        const found = choose(overloads.get('@sortByAssociatedKeys') ?? [], true, [listOf(first), keys]);
        if (found === undefined)
          return noOverload(node.at, '@sortByAssociatedKeys', true, [listOf(first), keys]);
        meanings.set(node, { kind: 'function', overloads: found.chosen, dropsTarget: false });
        return listOf(first);
      }
      default:
        return BOOL;
    }
  }

  function bind(node: Bind): Type {
    const value = unify.resolve(visit(node.value));
    let bound = value;
    if (node.form !== 'bind') {
      if (value.kind === 'optional') bound = value.value;
      else if (value.kind !== 'dyn' && value.kind !== 'error')
        return noOverload(node.at, 'hasValue', true, [value]);
    }
    locals.push({ name: node.variable, type: bound });
    const body = unify.resolve(visit(node.body));
    locals.pop();
    if (node.form === 'bind') return body;
    if (node.form === 'optMap') return optionalOf(body);
    return body.kind === 'optional' || isDyn(body)
      ? body
      : noOverload(node.at, '_?_:_', false, [BOOL, body, optionalOf(DYN)]);
  }

  visit(root);
  return {
    type: (node) => unify.resolve(types.get(node) ?? DYN, true),
    meaning: (node) => meanings.get(node),
    problems,
  };
}
