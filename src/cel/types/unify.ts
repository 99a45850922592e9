import { DYN, ERROR, listOf, mapOf, optionalOf, type Type, typeOf } from './type.ts';

/**
 * Whether types fit each other, where some are type parameters whose meaning is found on the way. Follows cel-go's
 * checker, so that both accept the same expressions:
 * https://github.com/google/cel-go/blob/v0.26.0/checker/types.go
 */
export interface Unifier {
  /** A parameter that stands for a type not yet known. */
  readonly fresh: () => Type;
  /** Whether every type fits its counterpart; if not, nothing is learnt. */
  readonly fit: (these: readonly Type[], those: readonly Type[]) => boolean;
  /** A type with what is known of its parameters put in; `known`: unknown ones become dyn. */
  readonly resolve: (type: Type, known?: boolean) => Type;
}

export const isDyn = (type: Type): boolean => type.kind === 'dyn';
const isLoose = (type: Type): boolean => type.kind === 'dyn' || type.kind === 'error';

/** Types that take null in cel-go, whatever they hold. */
const isNullable = (type: Type): boolean =>
  ['null', 'opaque', 'object', 'optional', 'duration', 'timestamp'].includes(type.kind);

export function sameType(one: Type, other: Type): boolean {
  switch (one.kind) {
    case 'list':
      return other.kind === 'list' && sameType(one.element, other.element);
    case 'map':
      return other.kind === 'map' && sameType(one.key, other.key) && sameType(one.value, other.value);
    case 'optional':
      return other.kind === 'optional' && sameType(one.value, other.value);
    case 'object':
    case 'opaque':
    case 'param':
      return other.kind === one.kind && other.name === one.name;
    default:
      return one.kind === other.kind;
  }
}

function isEqualOrLessSpecific(one: Type, other: Type): boolean {
  if (isDyn(one) || one.kind === 'param') return true;
  if (isDyn(other) || other.kind === 'param') return false;
  if (one.kind === 'list' && other.kind === 'list') return isEqualOrLessSpecific(one.element, other.element);
  if (one.kind === 'optional' && other.kind === 'optional')
    return isEqualOrLessSpecific(one.value, other.value);
  if (one.kind === 'map' && other.kind === 'map')
    return isEqualOrLessSpecific(one.key, other.key) && isEqualOrLessSpecific(one.value, other.value);
  return sameType(one, other);
}

/** The wider of two types that fit each other. */
export const mostGeneral = (one: Type, other: Type): Type =>
  isEqualOrLessSpecific(one, other) ? one : other;

export function unifier(): Unifier {
  const known = new Map<string, Type>();
  /** What to put back where a fit fails. */
  let trail: [name: string, before: Type | undefined][] = [];
  let parameters = 0;

  function learn(name: string, type: Type): void {
    trail.push([name, known.get(name)]);
    known.set(name, type);
  }

  /** Whether a parameter occurs nowhere within a type: a type never holds itself. */
  function isAbsent(parameter: string, within: Type): boolean {
    switch (within.kind) {
      case 'param': {
        if (within.name === parameter) return false;
        const meaning = known.get(within.name);
        return meaning === undefined || isAbsent(parameter, meaning);
      }
      case 'list':
        return isAbsent(parameter, within.element);
      case 'map':
        return isAbsent(parameter, within.key) && isAbsent(parameter, within.value);
      case 'optional':
        return isAbsent(parameter, within.value);
      case 'type':
        return within.of === undefined || isAbsent(parameter, within.of);
      default:
        return true;
    }
  }

  function standsFor(
    type: Type,
    parameter: Type & { kind: 'param' },
  ): { valid: boolean; hasMeaning: boolean } {
    if (sameType(type, parameter)) return { valid: true, hasMeaning: true };
    const meaning = known.get(parameter.name);
    if (meaning !== undefined) {
      if (sameType(type, meaning)) return { valid: true, hasMeaning: true };
      if (!fits(type, meaning)) return { valid: false, hasMeaning: true };
      const wider = mostGeneral(type, meaning);
      if (isAbsent(parameter.name, wider)) learn(parameter.name, wider);
      return { valid: true, hasMeaning: true };
    }
    if (!isAbsent(parameter.name, type)) return { valid: false, hasMeaning: false };
    learn(parameter.name, type);
    return { valid: true, hasMeaning: false };
  }

  function fits(one: Type, other: Type): boolean {
    if (other.kind === 'param') {
      const { valid, hasMeaning } = standsFor(one, other);
      if (valid || hasMeaning) return valid;
    }
    if (one.kind === 'param') return standsFor(other, one).valid;
    if (isLoose(one) || isLoose(other)) return true;
    if (one.kind === 'null') return isNullable(other);
    if (other.kind === 'null') return isNullable(one);
    if (one.kind === 'list' && other.kind === 'list') return fits(one.element, other.element);
    if (one.kind === 'map' && other.kind === 'map')
      return fits(one.key, other.key) && fits(one.value, other.value);
    if (one.kind === 'optional' && other.kind === 'optional') return fits(one.value, other.value);
    return sameType(one, other);
  }

  function resolve(type: Type, all = false): Type {
    switch (type.kind) {
      case 'param': {
        const meaning = known.get(type.name);
        if (meaning !== undefined) return resolve(meaning, all);
        return all ? DYN : type;
      }
      case 'list': {
        const element = resolve(type.element, all);
        return element === type.element ? type : listOf(element);
      }
      case 'map':
        return mapOf(resolve(type.key, all), resolve(type.value, all));
      case 'optional':
        return optionalOf(resolve(type.value, all));
      case 'type':
        return type.of === undefined ? type : typeOf(resolve(type.of, all));
      default:
        return type;
    }
  }

  return {
    fresh: () => ({ kind: 'param', name: `_var${parameters++}` }),
    fit: (these, those) => {
      trail = [];
      const fit = these.length === those.length && these.every((type, at) => fits(type, those[at] ?? ERROR));
      if (!fit) {
        for (const [name, before] of trail.reverse()) {
          if (before === undefined) known.delete(name);
          else known.set(name, before);
        }
      }
      return fit;
    },
    resolve,
  };
}
