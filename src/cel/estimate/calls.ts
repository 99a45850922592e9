import type { Signature } from '#cel/types/signature.ts';
import type { Type } from '#cel/types/type.ts';
import { add, exactly, multiply, product, type Range, sum, times, UNKNOWN, union } from './range.ts';

/**
 * What calls cost at worst, and how large their results are, by the sizes of what they are called on. The API server's
 * own figures:
 * https://github.com/kubernetes/kubernetes/blob/v1.34.4/staging/src/k8s.io/apiserver/pkg/cel/library/cost.go
 * https://github.com/google/cel-go/blob/v0.26.0/checker/cost.go
 */

/** Something that a function is called on or with. */
export interface Argument {
  readonly type: Type;
  readonly size: Range;
  /** Of each element, where it is a list. */
  readonly elementSize: Range;
  /** Where it is a literal whole number. */
  readonly literal: number | undefined;
}

export interface CallEstimate {
  /** At most, without what the arguments cost. */
  readonly cost: number;
  readonly size?: Range;
}

const TRAVERSAL = 0.1;
const PATTERN = 0.25;
const LIST = 10;
/** Of the patterns behind named formats. */
const LONGEST_FORMAT = 128;
const LONGEST_FORMAT_NAME = 64;

const traversed = ({ max }: Range, factor = 1): number => times(max, TRAVERSAL * factor);

const ONE: CallEstimate = { cost: 1 };

/** @param args With the target first, where there is one. */
export function callEstimate(signature: Signature, args: readonly Argument[]): CallEstimate {
  const { name } = signature;
  const [first, second, third] = args;
  if (first === undefined) return ONE;
  const size = second?.size ?? UNKNOWN;
  switch (name) {
    case 'check':
      return { cost: 350_000 };
    case 'fieldSelector':
    case 'labelSelector':
      return { cost: sum(LIST, traversed(size), times(times(size.max, 0.5), LIST + 40)) };
    case 'isSorted':
    case 'sum':
    case 'max':
    case 'min':
    case 'indexOf':
    case 'lastIndexOf':
      return { cost: compared(first) };
    case 'url':
    case 'jsonpatch.escapeKey':
    case 'lowerAscii':
    case 'upperAscii':
    case 'substring':
    case 'trim':
      return { cost: traversed(first.size), size: first.size };
    case 'replace':
      return second === undefined || third === undefined
        ? ONE
        : { cost: traversed(first.size, 2), size: replaced(first.size, second.size, third.size) };
    case 'split':
      return { cost: traversed(first.size, 2), size: { min: 0, max: third?.literal ?? first.size.max } };
    case 'join': {
      const joined = joinedSize(first, second);
      return { cost: traversed(joined), size: joined };
    }
    case 'matches':
    case 'find':
    case 'findAll': {
      const cost = product(times(sum(first.size.max, 1), TRAVERSAL), times(size.max, PATTERN));
      return name === 'matches' ? { cost } : { cost, size: { min: 0, max: first.size.max } };
    }
    case 'contains':
      return { cost: product(traversed(first.size), traversed(size)) };
    case 'startsWith':
    case 'endsWith':
      return { cost: traversed(size) };
    case 'cidr':
    case 'isIP':
    case 'isCIDR':
    case 'quantity':
    case 'isQuantity':
    case 'semver':
    case 'isSemver':
      return { cost: traversed(first.size) };
    case 'ip':
      return isOpaque(first.type, 'net.CIDR') ? ONE : { cost: traversed(first.size) };
    case 'ip.isCanonical':
      return { cost: traversed(first.size, 2) };
    case 'containsIP':
      return { cost: sum(times(32, TRAVERSAL), parsed(signature, size)) };
    case 'containsCIDR':
      return { cost: sum(times(32, TRAVERSAL), times(16, TRAVERSAL), 1, parsed(signature, size)) };
    case 'validate':
      return { cost: times(traversed(size), LONGEST_FORMAT * PATTERN) };
    case 'format':
      return { cost: traversed(first.size) };
    case 'strings.quote':
      return {
        cost: traversed(first.size),
        size: { min: sum(first.size.min, 2), max: sum(first.size.max, first.size.max, 2) },
      };
    default:
      return conversion(signature, first) ?? listCall(signature, first, second, third) ?? ONE;
  }
}

const isOpaque = (type: Type, name: string): boolean => type.kind === 'opaque' && type.name === name;

/** An address or network that is given as a text is read first. */
const parsed = ({ parameters }: Signature, size: Range): number =>
  parameters[1]?.kind === 'string' ? traversed(size) : 0;

function conversion({ name, parameters }: Signature, { size }: Argument): CallEstimate | undefined {
  const from = parameters[0]?.kind;
  if (name === 'bytes' && from === 'string')
    return { cost: traversed(size), size: { min: size.min, max: product(size.max, 4) } };
  if (name === 'string' && from === 'bytes')
    return { cost: traversed(size), size: { min: Math.floor(size.min / 4), max: size.max } };
  return undefined;
}

/** Functions that make lists, and those on sets. */
function listCall(
  { name }: Signature,
  first: Argument,
  second: Argument | undefined,
  third: Argument | undefined,
): CallEstimate | undefined {
  const made = (factor: number, size: Range): CallEstimate => ({
    cost: sum(times(size.max, factor), 1, LIST),
    size,
  });
  const square = multiply(first.size, first.size);
  switch (name) {
    case 'slice':
      return made(1, exactly(Math.max(0, (third?.literal ?? first.size.max) - (second?.literal ?? 0))));
    case 'lists.range':
      return made(1, exactly(first.literal ?? UNKNOWN.max));
    case 'reverse':
      return first.type.kind === 'list' ? made(1, first.size) : undefined;
    case 'flatten':
      return made(second === undefined ? 1 : (second.literal ?? UNKNOWN.max), first.size);
    case 'distinct':
      return made(2, square);
    case 'sort':
      return { cost: sortCost(holdsText(first.type), square), size: square };
    case 'sets.contains':
    case 'sets.intersects':
    case 'sets.equivalent': {
      const pairs = multiply(first.size, second?.size ?? UNKNOWN).max;
      return { cost: sum(times(pairs, name === 'sets.equivalent' ? 2 : 1), 1) };
    }
    default:
      return undefined;
  }
}

/** Each element is compared with each. */
export const sortCost = (isOfTexts: boolean, square: Range): number =>
  sum(times(square.max, isOfTexts ? 2 + TRAVERSAL : 2), 1, LIST);

const isText = (type: Type): boolean => type.kind === 'string' || type.kind === 'bytes';
const holdsText = (type: Type): boolean => type.kind === 'list' && isText(type.element);

/** Each element once; of a text, each character. */
function compared({ type, size, elementSize }: Argument): number {
  const element = type.kind === 'list' ? type.element : type.kind === 'map' ? type.key : undefined;
  if (element === undefined) return traversed(size);
  return product(size.max, sum(1, isText(element) ? traversed(elementSize) : 0));
}

function joinedSize(list: Argument, separator: Argument | undefined): Range {
  const texts = multiply(list.size, list.elementSize);
  if (separator === undefined) return texts;
  const gaps = { min: Math.max(0, list.size.min - 1), max: Math.max(0, list.size.max - 1) };
  return add(texts, multiply(separator.size, gaps));
}

function replaced(text: Range, from: Range, to: Range): Range {
  const longest =
    from.min === 0
      ? { count: sum(text.max, 1), kept: text.max }
      : to.max <= from.min
        ? { count: 0, kept: text.max }
        : { count: Math.ceil(text.max / from.min), kept: 0 };
  const shortest =
    from.max === 0
      ? { count: sum(text.min, 1), kept: text.min }
      : from.max <= to.min
        ? { count: 0, kept: text.min }
        : { count: Math.ceil(text.min / from.max), kept: 0 };
  return {
    min: sum(product(shortest.count, to.min), shortest.kept),
    max: sum(product(longest.count, to.max), longest.kept),
  };
}

/** Types of which comparing two values costs the same, however large they are. */
const CONSTANT = new Set(['net.IP', 'net.CIDR', 'kubernetes.Quantity', 'kubernetes.Semver']);

/** An operator on two values. */
export function operatorEstimate(signature: Signature, args: readonly Argument[]): CallEstimate {
  const { name, parameters } = signature;
  const [first, second] = args;
  if (first === undefined || second === undefined) return ONE;
  const [parameter] = parameters;
  const smaller = Math.min(first.size.max, second.size.max);
  switch (name) {
    case '_==_':
      if (
        first.type.kind === 'opaque' &&
        second.type.kind === 'opaque' &&
        first.type.name === second.type.name
      ) {
        if (CONSTANT.has(first.type.name)) return ONE;
        // As far as the second one's size is known.
        if (first.type.name === 'kubernetes.URL' && second.size.max === UNKNOWN.max) return ONE;
        if (first.type.name === 'kubernetes.URL') return { cost: traversed(second.size) };
        if (first.type.name === 'kubernetes.NamedFormat')
          return { cost: times(LONGEST_FORMAT_NAME, TRAVERSAL) };
      }
      return { cost: times(smaller, TRAVERSAL) };
    case '_!=_':
      return { cost: times(smaller, TRAVERSAL) };
    case '_<_':
    case '_<=_':
    case '_>_':
    case '_>=_':
      return parameter !== undefined && isText(parameter) ? { cost: times(smaller, TRAVERSAL) } : ONE;
    case '@in':
      return parameters[1]?.kind === 'list' ? { cost: second.size.max } : ONE;
    case '_+_': {
      const size = add(first.size, second.size);
      if (parameter?.kind === 'list') return { cost: 1, size };
      return parameter !== undefined && isText(parameter) ? { cost: traversed(size), size } : ONE;
    }
    default:
      return ONE;
  }
}

/** The worst of what a call may turn out to be, where the types leave it open. */
export function worstOf(estimates: readonly CallEstimate[]): CallEstimate {
  const cost = Math.max(0, ...estimates.map((estimate) => estimate.cost));
  const sizes = estimates.flatMap(({ size }) => (size === undefined ? [] : [size]));
  const [first, ...rest] = sizes;
  return first === undefined ? { cost } : { cost, size: rest.reduce(union, first) };
}
