import type { RE2JS } from '@bufbuild/re2';
import { assertions, follow, isMatch, type Program } from './find.ts';

/**
 * Whether a pattern matches anywhere in a text, by a table: one look-up for each character. States are made when they
 * are first reached. What the table can't hold (other than ASCII, too many states) is left to the package.
 */
export interface Matcher {
  readonly matches: (text: string) => boolean;
}

const ASCII = 128;
/** The column for the end of the text, after those of the characters. */
const COLUMNS = ASCII + 1;
const MAX_STATES = 256;

const UNKNOWN = 0;
const FAILED = 1;
const MATCHED = 2;
const FIRST = 3;

/** Instructions from which attempts go on, and the character before, as far as assertions ask for it. */
interface State {
  readonly at: readonly number[];
  readonly before: number;
}

/** A stand-in for all characters that assertions don't tell apart. */
const kindOf = (code: number): number => (code === 10 ? 10 : /\w/.test(String.fromCharCode(code)) ? 97 : 32);

export function matcherOf(expression: RE2JS): Matcher {
  const program = expression.re2().prog;
  const states: State[] = [];
  const numbers = new Map<string, number>();
  let table = new Uint16Array(COLUMNS * (FIRST + 16));
  const start = numberOf({ at: [], before: -1 });

  function numberOf(state: State): number {
    const key = `${state.before}:${state.at.join()}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const made = FIRST + states.length;
    if (states.length >= MAX_STATES) return UNKNOWN;
    states.push(state);
    numbers.set(key, made);
    if (table.length < COLUMNS * (made + 1)) {
      const larger = new Uint16Array(table.length * 2);
      larger.set(table);
      table = larger;
    }
    return made;
  }

  /** The state after a character; undefined where there are too many. */
  function advance(from: number, column: number): number {
    const state = states[from - FIRST];
    if (state === undefined) return FAILED;
    const code = column === ASCII ? -1 : column;
    const next = step(program, state, code);
    const to = typeof next === 'number' ? next : numberOf(next);
    table[from * COLUMNS + column] = to;
    return to;
  }

  return {
    matches: (text) => {
      let state = start;
      for (let index = 0; index <= text.length; index++) {
        const column = index === text.length ? ASCII : text.charCodeAt(index);
        if (column >= ASCII && index < text.length) return expression.test(text);
        let next = table[state * COLUMNS + column] ?? UNKNOWN;
        if (next === UNKNOWN) next = advance(state, column);
        if (next === UNKNOWN) return expression.test(text);
        if (next === MATCHED) return true;
        if (next === FAILED) return false;
        state = next;
      }
      return false;
    },
  };
}

/** Follows attempts past one character; a new one starts at each. */
function step(program: Program, { at, before }: State, code: number): State | number {
  const seen = new Set<number>();
  const ready: { at: number; start: number }[] = [];
  const holding = assertions(before, code);
  for (const instruction of [...at, program.start])
    follow(program, { at: instruction, start: 0 }, holding, ready, seen);
  const next = new Set<number>();
  for (const thread of ready) {
    if (isMatch(program, thread.at)) return MATCHED;
    const instruction = program.getInst(thread.at);
    if (code >= 0 && instruction.matchRune(code)) next.add(instruction.out);
  }
  return code < 0 ? FAILED : { at: [...next].sort((one, other) => one - other), before: kindOf(code) };
}
