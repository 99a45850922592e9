import type { RE2JS } from '@bufbuild/re2';

/**
 * Groups of the first match. The package tells only whether an expression matches, but shows the program that it
 * compiled; this runs that program, every alternative side by side, in time linear in the text (the "Pike VM" of
 * https://swtch.com/~rsc/regexp/regexp2.html). The leftmost match wins, then the alternative that stands first.
 */

type Program = ReturnType<RE2JS['re2']>['prog'];
type Instruction = ReturnType<Program['getInst']>;

/** Operations of instructions, and what an empty match may ask of its place. */
const OP = {
  alternative: 1,
  alternativeMatch: 2,
  capture: 3,
  empty: 4,
  fail: 5,
  match: 6,
  nothing: 7,
} as const;
const PLACE = { lineStart: 1, lineEnd: 2, textStart: 4, textEnd: 8, boundary: 16, noBoundary: 32 } as const;

/** Where groups begin and end, by index in the text's characters; -1 where a group took no part. */
type Bounds = readonly number[];

interface Thread {
  readonly instruction: Instruction;
  readonly bounds: Bounds;
}

/** The first match and its groups; a group that took no part is empty. Undefined where nothing matches. */
export function submatches(expression: RE2JS, text: string): readonly string[] | undefined {
  const characters = [...text];
  const points = characters.map((character) => character.codePointAt(0) ?? 0);
  const count = expression.groupCount() + 1;
  const bounds = run(expression.re2().prog, points, count);
  if (bounds === undefined) return undefined;
  return Array.from({ length: count }, (_, group) => {
    const [start = -1, end = -1] = [bounds[2 * group], bounds[2 * group + 1]];
    return start < 0 || end < 0 ? '' : characters.slice(start, end).join('');
  });
}

function run(program: Program, points: readonly number[], count: number): Bounds | undefined {
  let threads: Thread[] = [];
  let found: Bounds | undefined;
  const none: Bounds = new Array<number>(2 * count).fill(-1);
  for (let index = 0; index <= points.length; index++) {
    const place = placeAt(points, index);
    // While nothing is found, a match may begin here too, after all that began before.
    const starts =
      found === undefined
        ? [...threads.map(continuing), { pc: program.start, bounds: started(none, index) }]
        : threads.map(continuing);
    threads = [];
    const seen = new Set<number>();
    for (const { pc, bounds } of starts) follow(program, pc, bounds, index, place, seen, threads);
    const point = points[index];
    const next: Thread[] = [];
    for (const thread of threads) {
      if (thread.instruction.op === OP.match) {
        found = ended(thread.bounds, index);
        // Threads after this one are less wanted.
        break;
      }
      if (point !== undefined && thread.instruction.matchRune(point)) next.push(thread);
    }
    threads = next;
    if (threads.length === 0 && found !== undefined) return found;
  }
  return found;
}

const continuing = ({ instruction, bounds }: Thread) => ({ pc: instruction.out, bounds });

const started = (bounds: Bounds, index: number): Bounds => bounds.with(0, index);
const ended = (bounds: Bounds, index: number): Bounds => bounds.with(1, index);

/** Adds the threads that are reached without a character, the most wanted first. */
function follow(
  program: Program,
  start: number,
  from: Bounds,
  index: number,
  place: number,
  seen: Set<number>,
  threads: Thread[],
): void {
  const pending: { readonly pc: number; readonly bounds: Bounds }[] = [{ pc: start, bounds: from }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { pc, bounds } = next;
    if (seen.has(pc)) continue;
    seen.add(pc);
    const instruction = program.getInst(pc);
    const { op, out, arg } = instruction;
    if (op === OP.alternative || op === OP.alternativeMatch) {
      pending.push({ pc: arg, bounds }, { pc: out, bounds });
    } else if (op === OP.capture) {
      pending.push({ pc: out, bounds: arg < bounds.length ? bounds.with(arg, index) : bounds });
    } else if (op === OP.nothing || (op === OP.empty && (arg & ~place) === 0)) {
      pending.push({ pc: out, bounds });
    } else if (op !== OP.empty && op !== OP.fail) {
      threads.push({ instruction, bounds });
    }
  }
}

function placeAt(points: readonly number[], index: number): number {
  const [before, after] = [points[index - 1], points[index]];
  let place = isWord(before) === isWord(after) ? PLACE.noBoundary : PLACE.boundary;
  if (before === undefined) place |= PLACE.textStart | PLACE.lineStart;
  if (before === 0x0a) place |= PLACE.lineStart;
  if (after === undefined) place |= PLACE.textEnd | PLACE.lineEnd;
  if (after === 0x0a) place |= PLACE.lineEnd;
  return place;
}

const isWord = (point: number | undefined) =>
  point !== undefined && point < 0x80 && /\w/.test(String.fromCharCode(point));
