import type { Checked } from '#cel/check/check.ts';
import { LIST_COST, MAP_COST } from '#cel/library/cost.ts';
import type { Bind, Call, Expression, Macro } from '#cel/syntax/expression.ts';

/**
 * What a run of an expression can cost at most, and how large its result can be, if no list, map or text in what it reads
 * is larger than is said. Unlike `estimateCost`, which repeats cel-go's figure with its oddities, this is a bound, and
 * a rough one: it is there to tell, without a run, that a run comes nowhere near a limit. What it doesn't know costs
 * Infinity. A test holds runs to it.
 */
export interface Shape {
  /** Elements of the largest list or map that it may be; characters or bytes of the longest text. */
  readonly items: number;
  readonly text: number;
  /** What it holds, keys included; undefined where it holds nothing. */
  readonly within: Shape | undefined;
}

export interface Most {
  readonly cost: number;
  readonly shape: Shape;
}

/** What a name stands for; undefined where that is not known. Of `variables`, each has a name of its own. */
export type ShapeOf = (name: string) => Shape | undefined;

/** Data of which nothing is known but how large its largest list, map and text are. */
export function dataShape(items: number, text: number): Shape {
  const shape = { items, text, within: undefined as Shape | undefined };
  shape.within = shape;
  return shape;
}

const SCALAR: Shape = { items: 0, text: 0, within: undefined };
/** Texts of numbers, times and the like. */
const SHOWN = 64;
const ANYTHING: Most = { cost: Number.POSITIVE_INFINITY, shape: SCALAR };

/** More than any step charges by itself. */
const STEP = 4;
/** More than a macro charges for its start and end, and for each round. */
const MACRO = MAP_COST + 10;
const ROUND = LIST_COST + 10;

const times = (one: number, other: number): number => (one === 0 || other === 0 ? 0 : one * other);

/** What is one or the other. */
function either(one: Shape | undefined, other: Shape | undefined): Shape | undefined {
  if (one === undefined || one === other) return other;
  if (other === undefined || isWider(one, other)) return one;
  if (isWider(other, one)) return other;
  return {
    items: Math.max(one.items, other.items),
    text: Math.max(one.text, other.text),
    within: either(one.within, other.within),
  };
}

/** Data holds data, which is no less than anything smaller: so what is made stays finite. */
const isWider = (one: Shape, other: Shape): boolean =>
  one.within === one &&
  one.items >= other.items &&
  one.text >= other.text &&
  (other.within === undefined || other.within === other || isWider(one, other.within));

const all = (shapes: readonly Shape[]): Shape =>
  shapes.reduce<Shape | undefined>(either, undefined) ?? SCALAR;

export function mostOf(root: Expression, checked: Checked, shapeOf: ShapeOf): Most {
  const locals: { readonly name: string; readonly shape: Shape }[] = [];

  function within(declared: readonly string[], shape: Shape, node: Expression | undefined): Most {
    if (node === undefined) return { cost: 0, shape: SCALAR };
    for (const name of declared) locals.push({ name, shape });
    const made = most(node);
    locals.length -= declared.length;
    return made;
  }

  /** A name, qualified or not. */
  function named(node: Expression): Most | undefined {
    const meaning = checked.meaning(node);
    if (meaning?.kind === 'type') return { cost: STEP, shape: SCALAR };
    if (meaning?.kind === 'local') {
      const local = node.kind === 'name' ? locals.findLast(({ name }) => name === node.name) : undefined;
      return local === undefined ? ANYTHING : { cost: STEP, shape: local.shape };
    }
    if (meaning?.kind !== 'variable') return undefined;
    const shape = shapeOf(meaning.name);
    return shape === undefined ? ANYTHING : { cost: STEP, shape };
  }

  function most(node: Expression): Most {
    const known = named(node);
    if (known !== undefined) return known;
    switch (node.kind) {
      case 'literal': {
        const { value } = node;
        const text = typeof value === 'string' || value instanceof Uint8Array ? value.length : 0;
        return { cost: STEP, shape: { ...SCALAR, text } };
      }
      case 'select': {
        const ofVariables = checked.meaning(node.operand);
        if (ofVariables?.kind === 'variable' && ofVariables.name === 'variables') {
          const shape = shapeOf(`variables.${node.field}`);
          return shape === undefined ? ANYTHING : { cost: 2 * STEP, shape };
        }
        const { cost, shape } = most(node.operand);
        return { cost: cost + STEP, shape: shape.within ?? SCALAR };
      }
      case 'has': {
        const inner = named(node.operand) ?? most(node.operand);
        return { cost: inner.cost + STEP, shape: SCALAR };
      }
      case 'index': {
        const { cost, shape } = most(node.operand);
        return { cost: cost + most(node.key).cost + 2 * STEP, shape: shape.within ?? SCALAR };
      }
      case 'and':
      case 'or':
        return { cost: costOf(node.terms) + STEP, shape: SCALAR };
      case 'conditional': {
        const [yes, no] = [most(node.yes), most(node.no)];
        const cost = most(node.condition).cost + yes.cost + no.cost + STEP;
        return { cost, shape: all([yes.shape, no.shape]) };
      }
      case 'list': {
        const items = node.items.map(({ value }) => most(value));
        const cost = items.reduce((sum, item) => sum + item.cost, LIST_COST + STEP);
        return {
          cost,
          shape: { items: items.length, text: 0, within: all(items.map(({ shape }) => shape)) },
        };
      }
      case 'map': {
        const parts = node.entries.flatMap(({ key, value }) => [most(key), most(value)]);
        const cost = parts.reduce((sum, part) => sum + part.cost, MAP_COST + STEP);
        const shape = all(parts.map((part) => part.shape));
        return { cost, shape: { items: node.entries.length, text: 0, within: shape } };
      }
      case 'macro':
        return macro(node);
      case 'bind':
        return bind(node);
      case 'call':
        return call(node);
      case 'name':
      case 'message':
        return ANYTHING;
    }
  }

  const costOf = (nodes: readonly Expression[]): number =>
    nodes.reduce((sum, node) => sum + most(node).cost, 0);

  function macro({ macro: kind, range, variables, filter, transform }: Macro): Most {
    if (kind === 'sortBy' || kind.startsWith('transformMap')) return ANYTHING;
    const over = most(range);
    const element = over.shape.within ?? SCALAR;
    const condition = within(variables, element, filter);
    const made = within(variables, element, transform);
    const cost = over.cost + MACRO + times(over.shape.items, ROUND + condition.cost + made.cost);
    if (kind === 'all' || kind === 'exists' || kind === 'existsOne') return { cost, shape: SCALAR };
    const held = transform === undefined ? element : made.shape;
    return { cost, shape: { items: over.shape.items, text: 0, within: held } };
  }

  /** The value counts twice where it is an optional. */
  function bind({ variable, value, body }: Bind): Most {
    const bound = most(value);
    const made = within([variable], bound.shape, body);
    return { cost: 2 * bound.cost + LIST_COST + made.cost + 2 * STEP, shape: made.shape };
  }

  function call(node: Call): Most {
    const made = (node.target === undefined ? node.args : [node.target, ...node.args]).map(most);
    const shapes = made.map(({ shape }) => shape);
    const parts = made.reduce((sum, { cost }) => sum + cost, STEP);
    // Nothing below reads what it is given more than twice, and reading a character costs a tenth.
    const reading = shapes.reduce((sum, { items, text }) => sum + items + text / 4 + 1, 0);
    const cost = parts + reading;
    const [first = SCALAR, second = SCALAR] = shapes;
    switch (node.name) {
      case '!_':
      case '-_':
      case '_==_':
      case '_!=_':
      case '_<_':
      case '_<=_':
      case '_>_':
      case '_>=_':
      case '@in':
      case '_-_':
      case '_*_':
      case '_/_':
      case '_%_':
      case 'size':
      case 'int':
      case 'startsWith':
      case 'endsWith':
      case 'hasValue':
        return { cost, shape: SCALAR };
      case 'contains':
      case 'matches':
        return { cost: cost + times(first.text / 10 + 2, second.text / 4 + 2), shape: SCALAR };
      case 'dyn':
      case 'trim':
      case 'lowerAscii':
      case 'upperAscii':
      case 'substring':
      case 'value':
      case 'optional.of':
        return { cost, shape: first };
      case 'or':
      case 'orValue':
        return { cost, shape: all(shapes) };
      case 'string':
        return { cost, shape: { ...SCALAR, text: Math.max(first.text, SHOWN) } };
      case '_+_': {
        const shape = {
          items: first.items + second.items,
          text: first.text + second.text,
          within: either(first.within, second.within),
        };
        return { cost: cost + shape.text / 4, shape };
      }
      case 'split':
        return { cost, shape: { items: first.text + 1, text: 0, within: { ...SCALAR, text: first.text } } };
      case 'join': {
        const text = times(first.items, (first.within?.text ?? 0) + second.text);
        return { cost: cost + text / 4 + 1, shape: { ...SCALAR, text } };
      }
      default:
        return ANYTHING;
    }
  }

  return most(root);
}
