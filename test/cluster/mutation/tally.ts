import { grouped } from './grouped.ts';
import type { Mutant } from './mutants.ts';
import type { Ruling } from './oracle.ts';

/** One mutant and what everybody says of it. */
export interface Case {
  readonly mutant: Mutant;
  readonly ruling: Ruling;
  readonly ours: { readonly isRejected: boolean; readonly findings: readonly string[] };
  readonly theirs: boolean | undefined;
  /** Why the disagreement is known. */
  readonly known?: string;
}

/** A confusion matrix: what the API server says against what a validator says. */
export interface Confusion {
  found: number;
  missed: number;
  wrong: number;
  right: number;
}

function confusion(cases: readonly Case[], says: (one: Case) => boolean | undefined): Confusion {
  const matrix: Confusion = { found: 0, missed: 0, wrong: 0, right: 0 };
  for (const one of cases) {
    if (one.ruling.verdict === 'unjudged') continue;
    const isRejected = says(one) === true;
    if (one.ruling.verdict === 'rejected') matrix[isRejected ? 'found' : 'missed']++;
    else matrix[isRejected ? 'wrong' : 'right']++;
  }
  return matrix;
}

export const foundShare = ({ found, missed }: Confusion) => found / Math.max(found + missed, 1);
export const wrongShare = ({ wrong, right }: Confusion) => wrong / Math.max(wrong + right, 1);

export const ours = (cases: readonly Case[]) => confusion(cases, (one) => one.ours.isRejected);
export const theirs = (cases: readonly Case[]) => confusion(cases, (one) => one.theirs);
/** As if the known disagreements were none. */
export const explained = (cases: readonly Case[]) => ours(cases.filter(({ known }) => known === undefined));

const percent = (share: number, digits = 1) => `${(100 * share).toFixed(digits)} %`.padStart(8);

/** The matrix as a table, by kind or by class. */
export function table(title: string, cases: readonly Case[], by: (one: Case) => string): string {
  const groups = [...grouped(cases, by)].sort(([left], [right]) => (left < right ? -1 : 1));
  const width = Math.max(title.length, ...groups.map(([name]) => name.length), 'all'.length);
  const row = (name: string, some: readonly Case[]) => {
    const [us, them] = [ours(some), theirs(some)];
    const hasPeer = some.some((one) => one.theirs !== undefined);
    return [
      name.padEnd(width),
      String(some.length).padStart(7),
      String(us.found + us.missed).padStart(8),
      String(us.found).padStart(6),
      String(us.missed).padStart(6),
      String(us.wrong).padStart(6),
      String(us.right).padStart(6),
      percent(foundShare(us)),
      percent(wrongShare(us), 2),
      percent(foundShare(explained(some))),
      ...(hasPeer ? [percent(foundShare(them)), percent(wrongShare(them), 2)] : []),
    ].join(' ');
  };
  const head = `${title.padEnd(width)} mutants rejected  found missed  wrong  right    found    wrong explained | kubeconform found, wrong`;
  return [head, ...groups.map(([name, some]) => row(name, some)), row('all', cases)].join('\n');
}
