import type { ChangeSummary } from '#change/summary.ts';
import { groupOf } from '#manifests/identity.ts';
import type { Manifest } from '#manifests/manifest.ts';
import type { Finding, Severity } from '#model/finding.ts';
import type { Architecture } from '#picture/architecture.ts';
import type { DocumentLedger } from '#validate/ledger.ts';
import { type Waived, waivedText } from '#validate/waivers/waiver.ts';
import type { SideBySide } from './html/sides.ts';

/**
 * A finished run as data: what every report is made from.
 *
 * Input: what the commands collected. Output: see `text.ts`, `json.ts` and `markdown.ts`, one file for each format.
 * Guarantees: pure; the same run gives the same text; every document, check and finding is counted, and so is what was
 * skipped or waived; text of strangers cannot act in a terminal, a merge request or a browser.
 */
export interface Report {
  /** The command that ran: `synth`, `validate`. */
  readonly command: string;
  /** One for each environment; a single one where there are none. */
  readonly scopes: readonly Scope[];
  /** Findings of this severity or worse fail the run. */
  readonly gate: Severity;
  /** What a change will do, for each environment; absent where nothing was compared. */
  readonly changes?: readonly ChangeSummary[];
  /** What each environment consists of; made where a report draws it. */
  readonly pictures?: readonly Architecture[];
  /** Manifests of what changes; made where a report shows them. */
  readonly sides?: readonly SideBySide[];
  /** What was checked, in words: documents in environments, where nothing else is said. */
  readonly nouns?: { readonly document: string; readonly scope: string };
}

export interface Scope {
  /** The environment, or what was checked: `production`, `manifests`. */
  readonly name: string;
  readonly documents: readonly KindCount[];
  readonly checks: readonly CheckRun[];
  /** What the claims among the documents will create. Checked like the documents, and counted apart from them. */
  readonly previewed?: Previewed;
  readonly findings: readonly Finding[];
  /** Findings that a waiver took away, each with it. */
  readonly waived: readonly Waived[];
  /** Findings that the baseline lets pass: they were there before plimsoll was. */
  readonly baseline?: readonly Finding[];
  /** Which checks looked at each document; made where a report asks for it. */
  readonly ledger?: readonly DocumentLedger[];
  /** What became of it: `3 files changed in dist/production`. */
  readonly outcome?: string;
}

export interface Previewed {
  readonly claims: number;
  readonly resources: number;
  /** Resources that each check looked at. */
  readonly checks: readonly { readonly check: string; readonly covered: number }[];
}

export interface KindCount {
  readonly kind: string;
  readonly count: number;
}

/** What a check did, or why it did not run. */
export type CheckRun =
  | {
      readonly check: string;
      readonly engine: string;
      readonly covered: number;
      readonly milliseconds?: number;
    }
  | { readonly check: string; readonly skipped: string };

export interface Counts {
  readonly error: number;
  readonly warning: number;
  readonly info: number;
}

export const SEVERITIES = ['error', 'warning', 'info'] as const satisfies readonly Severity[];

/** Documents by kind, in the order of the alphabet. Kinds of one name in two groups are told apart. */
export function kindsOf(manifests: readonly Manifest[]): readonly KindCount[] {
  const groups = new Map<string, Map<string, number>>();
  for (const { object } of manifests) {
    const group = groupOf(object.apiVersion);
    const counts = groups.get(object.kind) ?? new Map<string, number>();
    counts.set(group, (counts.get(group) ?? 0) + 1);
    groups.set(object.kind, counts);
  }
  return [...groups]
    .flatMap(([kind, counts]) =>
      [...counts].map(([group, count]) => ({
        kind: counts.size > 1 && group !== '' ? `${kind}.${group}` : kind,
        count,
      })),
    )
    .sort((one, other) => compareText(one.kind, other.kind));
}

export function countsOf(findings: readonly Finding[]): Counts {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

export const documentsOf = ({ documents }: Scope): number =>
  documents.reduce((sum, { count }) => sum + count, 0);

export const findingsOf = ({ scopes }: Report): readonly Finding[] =>
  scopes.flatMap(({ findings }) => findings);

export const waivedOf = ({ scopes }: Pick<Report, 'scopes'>): readonly Waived[] =>
  scopes.flatMap(({ waived }) => waived);

export const baselineOf = ({ scopes }: Pick<Report, 'scopes'>): readonly Finding[] =>
  scopes.flatMap(({ baseline }) => baseline ?? []);

/** What one waiver let pass. */
export interface WaivedGroup {
  readonly waiver: Waived['waiver'];
  readonly findings: readonly [Finding, ...Finding[]];
}

/** Waived findings by waiver, in the order of the first of each. */
export function waivedGroups(waived: readonly Waived[]): readonly WaivedGroup[] {
  const groups = new Map<Waived['waiver'], [Finding, ...Finding[]]>();
  for (const { waiver, finding } of waived) {
    const group = groups.get(waiver);
    if (group === undefined) groups.set(waiver, [finding]);
    else group.push(finding);
  }
  return [...groups].map(([waiver, findings]) => ({ waiver, findings }));
}

/** `schema-missing, 3 findings: its reason; owner platform team, until 2027-03-31`. */
export function waivedGroupText({ waiver, findings }: WaivedGroup): string {
  const { owner, reason, until } = waiver;
  const end = until === undefined ? '' : `, until ${until}`;
  return `${waivedText(waiver)}, ${plural(findings.length, 'finding')}: ${reason}; owner ${owner}${end}`;
}

/** Whether the run failed: a finding at or above the gate. */
export function fails({ gate }: Report, findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(gate));
}

/** Worst first, then by place, code and subject: the same findings always come in the same order. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(
    (one, other) =>
      SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
      compareText(one.origin?.file ?? '', other.origin?.file ?? '') ||
      (one.origin?.line ?? 0) - (other.origin?.line ?? 0) ||
      (one.origin?.column ?? 0) - (other.origin?.column ?? 0) ||
      compareText(one.code, other.code) ||
      compareText(subjectText(one), subjectText(other)) ||
      compareText(one.pointer ?? '', other.pointer ?? ''),
  );
}

/** `apps/v1 Deployment tideline/booking-api`; empty where a finding speaks of no object. */
export function subjectText({ subject }: Finding): string {
  if (subject === undefined) return '';
  const name = subject.namespace === undefined ? subject.name : `${subject.namespace}/${subject.name}`;
  return `${subject.apiVersion} ${subject.kind} ${name}`;
}

/** `environments/production.yaml:17:9`; empty where nobody can say. */
export function originText({ origin }: Finding): string {
  return origin === undefined ? '' : `${origin.file}:${origin.line}:${origin.column}`;
}

/** `3 errors, 1 warning`; `nothing found` where there is nothing. */
export function countsText(counts: Counts): string {
  const parts = SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) =>
    plural(counts[severity], severity === 'info' ? 'note' : severity),
  );
  return parts.length === 0 ? 'nothing found' : parts.join(', ');
}

/** `126 managed resources of 21 claims previewed: schema 118, policy 8`. */
export function previewedText({ claims, resources, checks }: Previewed): string {
  const looked = checks
    .filter(({ covered }) => covered > 0)
    .map(({ check, covered }) => `${check} ${covered}`)
    .join(', ');
  const whole = `${plural(resources, 'managed resource')} of ${plural(claims, 'claim')} previewed`;
  return looked === '' ? whole : `${whole}: ${looked}`;
}

export function plural(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`;
  return `${count} ${/[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ie` : noun}s`;
}

/** By code unit: the same everywhere, whatever the locale. */
const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
