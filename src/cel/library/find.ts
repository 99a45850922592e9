import type { RE2JS } from '@bufbuild/re2';

/**
 * Where a pattern matches: the leftmost place, and there what Go prefers, in linear time. The package only says
 * whether a pattern matches; this runs its compiled program once more, keeping the starts of all attempts in order
 * of preference (https://swtch.com/~rsc/regexp/regexp2.html#pike).
 */
export interface Found {
  /** UTF-16 units */
  readonly start: number;
  readonly end: number;
}

/** Numbers of the package's instructions; its version is pinned. */
const ALT = 1;
const ALT_MATCH = 2;
const CAPTURE = 3;
const EMPTY_WIDTH = 4;
const MATCH = 6;
const NOP = 7;

export type Program = ReturnType<RE2JS['re2']>['prog'];

/** An attempt: the instruction that it stands at, and where it began. */
interface Thread {
  readonly at: number;
  readonly start: number;
}

const isWord = (code: number): boolean => code >= 0 && /\w/.test(String.fromCodePoint(code));

/** The assertions that hold between two code points, -1 being the end of the text, as the package numbers them. */
export function assertions(before: number, after: number): number {
  let flags = 0;
  if (before < 0) flags |= 0x05;
  if (before === 10) flags |= 0x01;
  if (after < 0) flags |= 0x0a;
  if (after === 10) flags |= 0x02;
  return flags | (isWord(before) === isWord(after) ? 0x20 : 0x10);
}

/** Follows what needs no character, in order of preference. */
export function follow(
  program: Program,
  from: Thread,
  holding: number,
  into: Thread[],
  seen: Set<number>,
): void {
  const stack = [from.at];
  while (stack.length > 0) {
    const at = stack.pop() ?? 0;
    if (seen.has(at)) continue;
    seen.add(at);
    const instruction = program.getInst(at);
    switch (instruction.op) {
      case ALT:
      case ALT_MATCH:
        stack.push(instruction.arg, instruction.out);
        break;
      case CAPTURE:
      case NOP:
        stack.push(instruction.out);
        break;
      case EMPTY_WIDTH:
        if ((instruction.arg & ~holding) === 0) stack.push(instruction.out);
        break;
      default:
        into.push({ at, start: from.start });
    }
  }
}

/** What searches may do together, in steps; below 0, the last one was given up. */
export interface Work {
  left: number;
}

/** The first match at or after a position. */
export function findFrom(expression: RE2JS, text: string, from: number, work: Work): Found | undefined {
  const program = expression.re2().prog;
  let found: Found | undefined;
  let threads: Thread[] = [];
  let before = from === 0 ? -1 : codeBefore(text, from);
  for (let position = from; ; ) {
    const code = text.codePointAt(position) ?? -1;
    const ready: Thread[] = [];
    const seen = new Set<number>();
    const holding = assertions(before, code);
    for (const thread of threads) follow(program, thread, holding, ready, seen);
    if (found === undefined) follow(program, { at: program.start, start: position }, holding, ready, seen);
    work.left -= 1 + seen.size;
    if (work.left < 0) return undefined;
    threads = [];
    for (const { at, start } of ready) {
      const instruction = program.getInst(at);
      if (instruction.op === MATCH) {
        // What follows in the list is less preferred.
        found = { start, end: position };
        break;
      }
      if (code >= 0 && instruction.matchRune(code)) threads.push({ at: instruction.out, start });
    }
    if (code < 0 || (threads.length === 0 && found !== undefined)) return found;
    before = code;
    position += code > 0xffff ? 2 : 1;
  }
}

function codeBefore(text: string, position: number): number {
  const unit = text.charCodeAt(position - 1);
  return unit >= 0xdc00 && unit <= 0xdfff ? (text.codePointAt(position - 2) ?? unit) : unit;
}

export const isMatch = (program: Program, at: number): boolean => program.getInst(at).op === MATCH;

/** All matches that don't overlap, as Go counts them: an empty one right after another is none. */
export function findAll(expression: RE2JS, text: string, limit: number, work: Work): string[] {
  const found: string[] = [];
  let from = 0;
  let lastEnd = -1;
  while (from <= text.length && (limit < 0 || found.length < limit)) {
    const match = findFrom(expression, text, from, work);
    if (match === undefined) break;
    const isEmpty = match.start === match.end;
    if (!isEmpty || match.start !== lastEnd) found.push(text.slice(match.start, match.end));
    lastEnd = match.end;
    from = isEmpty ? match.end + ((text.codePointAt(match.end) ?? 0) > 0xffff ? 2 : 1) : match.end;
  }
  return found;
}
