import { type Manifest, subjectOf } from '#manifests/manifest.ts';
import { type BaselineEntry, BaselineFile } from '#model/baseline.ts';
import type { Checked, Finding, Subject } from '#model/finding.ts';
import type { Origin } from '#model/origin.ts';
import type { PolicyFile } from '../policy/policy-file.ts';
import { readRecords } from '../records/read.ts';
import type { Looked } from '../waivers/apply.ts';
import { mayPass } from '../waivers/refused.ts';
import { policyOf } from '../waivers/waiver.ts';

/**
 * What was found before plimsoll was adopted: it passes, is counted, and can only become less.
 *
 * Input: `policies/baseline.yaml`, and findings. Output: findings parted in those that are known and the others; what
 * of the baseline occurs no more. Guarantees: pure; a finding is known by its code, policy, object and pointer, never by
 * its line or its words; of several that are alike only as many pass as there were.
 */
export interface Baseline {
  readonly entries: readonly PlacedEntry[];
}

export interface PlacedEntry extends BaselineEntry {
  readonly origin: Origin;
}

/** A finding and the environment that it was found in; empty where there are none. */
export interface Placed {
  readonly finding: Finding;
  readonly environment: string;
}

export function readBaseline(file: PolicyFile): Checked<Baseline> {
  const { records, findings } = readRecords(file, BaselineFile, 'findings');
  if (records === undefined) return { value: undefined, findings };
  const entries = records.entries.map(({ value, path }) => ({
    // readRecords has judged the entry by the definition that this type is made of.
    ...(value as BaselineEntry),
    origin: records.origin(path),
  }));
  return { value: { entries }, findings };
}

/** The entry of a finding; undefined for what can't pass. Notes need not. */
export function entryOf({ finding, environment }: Placed): BaselineEntry | undefined {
  const { code, severity, subject, pointer = '' } = finding;
  if (subject === undefined || severity === 'info' || !mayPass(finding)) return undefined;
  const policy = policyOf(finding);
  return {
    code,
    ...(policy !== undefined && { policy }),
    ...(environment !== '' && { environment }),
    object: objectText(subject),
    pointer,
  };
}

/** `apps/v1 Deployment tideline/booking-api` */
function objectText({ apiVersion, kind, namespace, name }: Subject): string {
  return `${apiVersion} ${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

const keyOf = ({ code, policy = '', environment = '', object, pointer }: BaselineEntry): string =>
  JSON.stringify([code, policy, environment, object, pointer]);

/** How often each entry is met. */
export type Tally = ReadonlyMap<string, number>;

/** Takes findings from a baseline as they come, over all environments of a run. */
export function counter({ entries }: Baseline): {
  readonly passes: (placed: Placed) => boolean;
  readonly tally: () => Tally;
} {
  const allowed = new Map<string, number>();
  for (const entry of entries) {
    const key = keyOf(entry);
    allowed.set(key, (allowed.get(key) ?? 0) + (entry.count ?? 1));
  }
  const met = new Map<string, number>();
  return {
    passes: (placed) => {
      const entry = entryOf(placed);
      if (entry === undefined) return false;
      const key = keyOf(entry);
      const times = (met.get(key) ?? 0) + 1;
      if (times > (allowed.get(key) ?? 0)) return false;
      met.set(key, times);
      return true;
    },
    tally: () => met,
  };
}

/** Entries that occur no more or less often, with how often they still do. */
function staleEntries({ entries }: Baseline, tally: Tally, looked: Looked) {
  const seen = new Set(
    looked.environments.flatMap(({ name, documents }) =>
      documents.map((document) => JSON.stringify([name, identityOf(document)])),
    ),
  );
  const wasLookedAt = ({ environment = '', object }: BaselineEntry) =>
    looked.isWhole || seen.has(JSON.stringify([environment, object]));
  const remaining = new Map(tally);
  return entries.flatMap((entry) => {
    const key = keyOf(entry);
    const left = Math.min(remaining.get(key) ?? 0, entry.count ?? 1);
    remaining.set(key, (remaining.get(key) ?? 0) - left);
    return left < (entry.count ?? 1) && wasLookedAt(entry) ? [{ entry, left }] : [];
  });
}

const identityOf = (document: Manifest): string => objectText(subjectOf(document));

export function staleFindings(baseline: Baseline, tally: Tally, looked: Looked): readonly Finding[] {
  return staleEntries(baseline, tally, looked).map(({ entry, left }) => ({
    code: 'baseline-stale',
    severity: 'warning',
    origin: entry.origin,
    args: { code: entry.code, object: entry.object, left },
  }));
}

/** The baseline without what occurs no more: nothing is ever added. */
export function shrunk(baseline: Baseline, tally: Tally, looked: Looked): readonly BaselineEntry[] {
  const stale = new Map(staleEntries(baseline, tally, looked).map(({ entry, left }) => [entry, left]));
  return baseline.entries.flatMap((placed) => {
    const { origin: _, count: before = 1, ...entry } = placed;
    const count = stale.get(placed) ?? before;
    return count === 0 ? [] : [{ ...entry, ...(count > 1 && { count }) }];
  });
}

/** A first baseline: everything that was found and may pass. */
export function baselineOf(found: readonly Placed[]): readonly BaselineEntry[] {
  const counts = new Map<string, { entry: BaselineEntry; count: number }>();
  for (const placed of found) {
    const entry = entryOf(placed);
    if (entry === undefined) continue;
    const known = counts.get(keyOf(entry));
    if (known === undefined) counts.set(keyOf(entry), { entry, count: 1 });
    else known.count += 1;
  }
  return [...counts]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { entry, count }]) => ({ ...entry, ...(count > 1 && { count }) }));
}
