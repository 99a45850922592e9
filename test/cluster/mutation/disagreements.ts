import fs from 'node:fs';
import { parse } from 'yaml';
import { grouped } from './grouped.ts';
import type { Case } from './tally.ts';

/** Where plimsoll and the API server differ, and what is known about it. */

/** A disagreement that is known: which, and why it is left. */
export interface Known {
  /** `missed`: the API server rejects; `wrong`: it accepts. */
  readonly side: 'missed' | 'wrong';
  /** Pattern for `KIND | CLASS | DESCRIPTION | MESSAGE OR FINDINGS`. */
  readonly pattern: RegExp;
  readonly reason: string;
}

export function knownDisagreements(): readonly Known[] {
  const file = new URL('known-disagreements.yaml', import.meta.url);
  const entries: readonly { side: Known['side']; pattern: string; reason: string }[] =
    parse(fs.readFileSync(file, 'utf8')) ?? [];
  return entries.map(({ pattern, ...rest }) => ({ ...rest, pattern: new RegExp(pattern) }));
}

const sideOf = ({ ruling, ours }: Pick<Case, 'ruling' | 'ours'>): Known['side'] | undefined => {
  if (ruling.verdict === 'rejected' && !ours.isRejected) return 'missed';
  return ruling.verdict === 'accepted' && ours.isRejected ? 'wrong' : undefined;
};

/** Why a disagreement is known; undefined where it is none, or not known. */
export function reasonFor(one: Omit<Case, 'known'>, known: readonly Known[]): string | undefined {
  const side = sideOf(one);
  if (side === undefined) return undefined;
  const { kind, class: way, description } = one.mutant;
  const said = side === 'missed' ? one.ruling.message : one.ours.findings.join(', ');
  const line = `${kind} | ${way} | ${description} | ${said}`;
  return known.find((entry) => entry.side === side && entry.pattern.test(line))?.reason;
}

export interface Group {
  readonly side: Known['side'];
  readonly said: string;
  readonly count: number;
  readonly kinds: readonly string[];
  readonly known?: string;
  readonly examples: readonly Example[];
}

interface Example {
  readonly kind: string;
  readonly class: string;
  readonly mutant: string;
  readonly apiServer: string;
  readonly plimsoll: readonly string[];
}

const EXAMPLES = 20;

/** Disagreements of one cause together, the most frequent first. */
export function groups(cases: readonly Case[]): readonly Group[] {
  const differing = cases.flatMap((one) => {
    const side = sideOf(one);
    return side === undefined ? [] : [{ one, side, said: saidIn(one, side) }];
  });
  return [...grouped(differing, ({ side, said }) => `${side} ${said}`).values()]
    .map((some): Group => {
      const [first] = some;
      const known = first?.one.known;
      return {
        side: first?.side ?? 'missed',
        said: first?.said ?? '',
        count: some.length,
        kinds: [...new Set(some.map(({ one }) => one.mutant.kind))].sort(),
        ...(known === undefined ? {} : { known }),
        examples: some.slice(0, EXAMPLES).map(({ one }) => ({
          kind: one.mutant.kind,
          class: one.mutant.class,
          mutant: one.mutant.description,
          apiServer: one.ruling.message.slice(0, 600),
          plimsoll: one.ours.findings.slice(0, 5),
        })),
      };
    })
    .sort((left, right) => right.count - left.count || (left.said < right.said ? -1 : 1));
}

const saidIn = (one: Case, side: Known['side']) =>
  side === 'missed'
    ? normalised(one.ruling.causes[0] ?? '')
    : (one.ours.findings[0] ?? '')
        .replaceAll(/\/[0-9]+(?=\/|$)/g, '/N')
        .replace(/^(\S+) .*\/(\w+)$/, '$1 .../$2');

/** An objection without what differs from mutant to mutant: values, positions, where the pod template lies. */
export const normalised = (message: string): string =>
  message
    .replace(/\n.*/s, '')
    .replace(/\([^()]*; ([^()]*)\)/, '($1)')
    .replace(/^spec\.(jobTemplate\.spec\.)?template\./, '{template}.')
    .replace(
      /^spec\.(?=containers|volumes|initContainers|affinity|securityContext|tolerations|topology)/,
      '{template}.spec.',
    )
    .replaceAll(/\[[^\]]*\]/g, '[]')
    .replaceAll(/Invalid value: (".*?"|\{.*?\}|[^:]*?): /g, 'Invalid value: ')
    .replaceAll(/"(\\.|[^"\\])*"/g, '"…"')
    .replaceAll(/\b[0-9][0-9.eE+]*\b/g, 'N')
    .slice(0, 240);
