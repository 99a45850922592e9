import fs from 'node:fs';
import path from 'node:path';
import type { BaselineEntry } from '#model/baseline.ts';
import type { Finding } from '#model/finding.ts';
import { codes } from '#report/explain.ts';
import { plural, type Scope } from '#report/report.ts';
import {
  type Baseline,
  baselineOf,
  counter,
  type Placed,
  readBaseline,
  shrunk,
  staleFindings,
} from '#validate/baseline/baseline.ts';
import { type Looked, unusedWaivers, waive } from '#validate/waivers/apply.ts';
import { readWaivers } from '#validate/waivers/read.ts';
import type { Waiver } from '#validate/waivers/waiver.ts';
import type { Arguments } from './arguments.ts';
import type { Checking } from './checking.ts';
import type { CheckedScope } from './scope.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** What passes although it is found: by a waiver, or because the baseline has it. */
export interface Passing {
  readonly waivers: readonly Waiver[];
  readonly baseline: Baseline | undefined;
  /** What is wrong with the files of both. */
  readonly findings: readonly Finding[];
  /** Where the baseline is to be written, if it is. */
  readonly write: { readonly file: string; readonly shown: string } | undefined;
  /** Whether all checks run and all policies judge, so that what is not found is not there. */
  readonly isComplete: boolean;
}

const WAIVERS = 'policies/waivers.yaml';
const BASELINE = 'policies/baseline.yaml';

/** Reads both files. Throws UsageError for a baseline that was named and is not there. */
export function preparePassing(
  typed: Arguments,
  terminal: Terminal,
  { policyManifests }: Pick<Checking, 'policyManifests'>,
): Passing {
  const policies = policyManifests
    .filter(({ object }) => object.kind === 'ValidatingAdmissionPolicy')
    .map(({ object }) => object.metadata.name);
  const waiversText = textOf(terminal, WAIVERS);
  const waivers =
    waiversText === undefined
      ? { value: [], findings: [] }
      : readWaivers({ file: WAIVERS, text: waiversText }, { codes, policies, today: terminal.today() });
  const named = typed.value('baseline');
  const shown = named ?? BASELINE;
  const baselineText = textOf(terminal, shown);
  const isWritten = typed.has('write-baseline');
  if (baselineText === undefined && named !== undefined && !isWritten)
    throw new UsageError(`there is no baseline ${shown} (--write-baseline writes one)`);
  const baseline =
    baselineText === undefined
      ? { value: undefined, findings: [] }
      : readBaseline({ file: shown, text: baselineText });
  if (isWritten && baseline.findings.length > 0)
    throw new UsageError(`the baseline ${shown} can't be read, so it can't shrink: mend it, or remove it`);
  const narrowing = ['checks', 'skip-checks', 'policies', 'engine'];
  return {
    waivers: waivers.value ?? [],
    baseline: baseline.value,
    findings: [...waivers.findings, ...baseline.findings],
    write: isWritten ? { file: path.resolve(terminal.cwd, shown), shown } : undefined,
    isComplete: !narrowing.some((option) => typed.has(option)),
  };
}

function textOf({ cwd }: Terminal, file: string): string | undefined {
  const at = path.resolve(cwd, file);
  return fs.statSync(at, { throwIfNoEntry: false })?.isFile() ? fs.readFileSync(at, 'utf8') : undefined;
}

interface Passed {
  readonly scopes: readonly Scope[];
  /** Waivers and entries of the baseline that nothing needs any more. */
  readonly findings: readonly Finding[];
  /** What became of the baseline, where it was written. */
  readonly outcome: string | undefined;
}

/**
 * Parts what was found in all environments in what counts and what passes, and writes the baseline where that was asked
 * for. `isWhole`: whether everything there is was looked at. `accepted`: waivers besides those of the file.
 */
export function letPass(
  checked: readonly CheckedScope[],
  passing: Passing,
  { isWhole, accepted = [] }: { readonly isWhole: boolean; readonly accepted?: readonly Waiver[] },
): Passed {
  const looked: Looked = { environments: checked.flatMap(({ looked }) => looked), isWhole };
  const waived = checked.map(({ scope, environmentOf }) => ({
    scope,
    environmentOf,
    ...waive(scope.findings, [...passing.waivers, ...accepted], environmentOf),
  }));
  const placed = waived.flatMap(({ findings, environmentOf }) =>
    findings.map((finding) => ({ finding, environment: environmentOf(finding) })),
  );
  // What a waiver takes away is still found: the baseline keeps it for runs that have no such waiver.
  const taken = waived.flatMap((one) =>
    one.waived.map(({ finding }) => ({ finding, environment: one.environmentOf(finding) })),
  );
  const { written, known } = settleBaseline(placed, taken, passing, looked);
  const count = counter(known ?? { entries: [] });
  const scopes = waived.map(({ scope, findings, waived: own, environmentOf }): Scope => {
    const passes = findings.map((finding) => count.passes({ finding, environment: environmentOf(finding) }));
    const baseline = findings.filter((_, index) => passes[index]);
    return {
      ...scope,
      findings: findings.filter((_, index) => !passes[index]),
      waived: [...scope.waived, ...own],
      ...(baseline.length > 0 && { baseline }),
    };
  });
  for (const one of taken) count.passes(one);
  const stale = passing.isComplete
    ? [
        ...unusedWaivers(
          passing.waivers,
          waived.flatMap((one) => one.waived),
          looked,
        ),
        ...(known === undefined ? [] : staleFindings(known, count.tally(), looked)),
      ]
    : [];
  return { scopes, findings: stale, outcome: written };
}

/** The baseline that counts now, and what was written. */
function settleBaseline(
  placed: readonly Placed[],
  taken: readonly Placed[],
  { baseline, write, isComplete }: Passing,
  looked: Looked,
): { readonly known: Baseline | undefined; readonly written: string | undefined } {
  if (write === undefined) return { known: baseline, written: undefined };
  const count = counter(baseline ?? { entries: [] });
  for (const one of [...placed, ...taken]) count.passes(one);
  const entries =
    baseline === undefined
      ? baselineOf(placed)
      : isComplete
        ? shrunk(baseline, count.tally(), looked)
        : baseline.entries.map(({ origin: _, ...entry }) => entry);
  writeBaseline(write.file, entries);
  const removed = (baseline?.entries.length ?? entries.length) - entries.length;
  const how = removed > 0 ? ` (${removed} removed)` : '';
  const origin = { file: write.shown, line: 1, column: 1 };
  return {
    known: { entries: entries.map((entry) => ({ ...entry, origin })) },
    written: `${write.shown} written: ${plural(entries.length, 'entry')}${how}`,
  };
}

/** Whole or not at all. JSON is YAML, and an entry a line makes readable changes. */
function writeBaseline(file: string, entries: readonly BaselineEntry[]): void {
  const lines = entries.map((entry) => `  - ${JSON.stringify(entry)}\n`);
  const text = `# Written by plimsoll --write-baseline. It can only shrink: mend what stands here, and write it again.
apiVersion: plimsoll.dev/v1alpha1
kind: Baseline
findings:${lines.length === 0 ? ' []\n' : `\n${lines.join('')}`}`;
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(`${file}.new`, text);
    fs.renameSync(`${file}.new`, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new UsageError(`the baseline ${file} can't be written: ${error.message}`);
  }
}
