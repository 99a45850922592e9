import { printable } from './printable.ts';
import type { TextOptions } from './text.ts';

/** A tree for people: what is made of what. Pure; text of strangers cannot act in a terminal. */
export interface Branch {
  /** What it is: shown bold. */
  readonly title: string;
  /** More about it, which is broken at its parts where a line is full. */
  readonly notes?: readonly string[];
  readonly children?: readonly Branch[];
}

const NARROWEST = 40;

export function treeText(branches: readonly Branch[], options: TextOptions): string {
  return branches
    .flatMap((branch) => [...lines(branch, '', '', options), ''])
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

function lines(branch: Branch, first: string, rest: string, options: TextOptions): readonly string[] {
  const { children = [] } = branch;
  const { fork, last, through } = options.unicode
    ? { fork: '├─ ', last: '└─ ', through: '│  ' }
    : { fork: '|- ', last: '`- ', through: '|  ' };
  const below = children.flatMap((child, index) =>
    index === children.length - 1
      ? lines(child, `${rest}${last}`, `${rest}   `, options)
      : lines(child, `${rest}${fork}`, `${rest}${through}`, options),
  );
  return [...own(branch, first, `${rest}${children.length > 0 ? through : '   '}`, options), ...below];
}

/** At words; one that is longer than the line stays whole. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Title and notes; what is too long for a line goes on below, broken at words. */
function own({ title, notes = [] }: Branch, first: string, rest: string, options: TextOptions): string[] {
  const width = Math.max(options.columns, NARROWEST);
  const bold = (text: string) => (options.colour ? `\u001B[1m${text}\u001B[0m` : text);
  const dim = (text: string) => (options.colour ? `\u001B[2m${text}\u001B[0m` : text);
  const head = printable(title);
  const done: string[] = [];
  let line = `${first}${bold(head)}`;
  let length = first.length + head.length;
  for (const note of notes.map(printable)) {
    if (length + 2 + note.length > width) {
      done.push(line);
      const [last = '', ...before] = wrapped(note, width - rest.length).reverse();
      done.push(...before.reverse().map((part) => `${rest}${dim(part)}`));
      line = `${rest}${dim(last)}`;
      length = rest.length + last.length;
    } else {
      line += `  ${dim(note)}`;
      length += 2 + note.length;
    }
  }
  return [...done, line];
}
