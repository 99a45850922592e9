import path from 'node:path';
import { disk } from '#manifests/read/disk.ts';
import { type ReadingCounts, readManifests } from '#manifests/read/read.ts';
import { recoverTree } from '#manifests/tree.ts';
import { plural, type Report } from '#report/report.ts';
import type { Arguments } from './arguments.ts';
import { baseManifests, namedBase } from './base/base.ts';
import { type Former, formerOf } from './base/former.ts';
import { withoutCopies } from './bootstrap-copies.ts';
import { prepareChecking } from './checking.ts';
import { clusters } from './cluster-of.ts';
import { absentHubs } from './hub.ts';
import { knownVersion } from './known-version.ts';
import { letPass, preparePassing } from './passing.ts';
import { previewClusters } from './previews.ts';
import { progress } from './progress.ts';
import { finish, wantedReports, wantsLedger } from './reporting.ts';
import { checkedScope } from './scope.ts';
import { type ExitCode, type Terminal, UsageError } from './terminal.ts';
import { openVerdicts } from './verdict-cache.ts';

/** The version of a cluster of which nothing is known. */
export const DEFAULT_VERSION = '1.34';

/** `plimsoll validate`: checks manifests that anybody wrote; without a path, those of dist/. */
export async function validateManifests(typed: Arguments, terminal: Terminal): Promise<ExitCode> {
  const start = terminal.now();
  const reports = wantedReports(typed, terminal);
  const version = knownVersion(typed.value('kubernetes-version') ?? DEFAULT_VERSION);
  const revision = namedBase(typed, terminal);
  const shown = progress(terminal);
  const paths = typed.positionals.length === 0 ? ['dist'] : typed.positionals;
  const inside = revision === undefined ? [] : insidePaths(paths, terminal);
  for (const folder of paths.filter((one) => one !== '-')) recoverTree(folder);
  shown.say(`reading ${paths.join(', ')}`);
  const { value: read = [], findings, counts } = readManifests(paths, disk);
  const manifests = withoutCopies(read);
  const checking = prepareChecking(typed, terminal);
  shown.say(`checking ${manifests.length} manifests`);
  const options = checking.optionsFor(version);
  const previews = previewClusters(manifests, options.store);
  const passing = preparePassing(typed, terminal, checking);
  const withLedger = wantsLedger(reports);
  // What is remembered of a document doesn't say which policies judged it.
  const verdicts =
    typed.has('no-cache') || withLedger || checking.facts === undefined
      ? undefined
      : openVerdicts(terminal, version, checking.facts);
  const base = revision && baseManifests(revision, inside);
  const before = base?.manifests;
  const former =
    before &&
    formerOf(
      { manifests, claims: previews.claims },
      before,
      (own) => previewClusters(own, options.store).claims,
      clusters([...manifests, ...before]).clusterOf,
    );
  const judging = {
    ...options,
    ...(verdicts && { verdicts }),
    ...(former && { previous: former.previous, deleted: former.deleted }),
  };
  const checked = checkedScope(paths.join(', '), manifests, judging, {
    earlier: [
      ...findings,
      ...absentHubs(manifests),
      ...checking.findings,
      ...(base?.findings ?? []),
      ...checking.unjudged(base !== undefined),
      ...passing.findings,
      ...previews.findings,
    ],
    claims: previews.claims,
    formerClaims: former?.claims ?? [],
    withLedger,
  });
  verdicts?.save();
  const passed = letPass([checked], passing, { isWhole: typed.positionals.length === 0 });
  const outcome = [readingText(counts), former && comparedText(former), passed.outcome]
    .filter((part) => part !== undefined)
    .join('; ');
  const scopes = passed.scopes.map((one) => ({
    ...one,
    findings: [...one.findings, ...passed.findings],
    outcome,
  }));
  const report: Report = { command: 'validate', gate: 'error', scopes };
  shown.end();
  return finish(report, reports, terminal, {
    milliseconds: terminal.now() - start,
    couldCheck: manifests.length > 0 && checking.couldCheck,
  });
}

/** Paths as a base knows them: from where one stands, with `/`. */
function insidePaths(paths: readonly string[], { cwd }: Terminal): readonly string[] {
  if (paths.includes('-')) throw new UsageError('standard input has no base: name files or folders');
  return paths.map((one) => path.relative(cwd, path.resolve(cwd, one)).replaceAll(path.sep, '/') || '.');
}

const comparedText = ({ counts: { added, changed, removed } }: Former): string =>
  `against the base: ${added} new, ${changed} changed, ${removed} removed`;

/** What was read, and what was passed over: nothing is skipped without a word. */
function readingText({ files, emptyDocuments, hidden, otherFiles, links }: ReadingCounts): string {
  const passed = [
    [emptyDocuments, 'empty document'],
    [hidden, 'hidden file'],
    [otherFiles, 'other file'],
    [links, 'link'],
  ] as const;
  const told = passed.filter(([count]) => count > 0).map(([count, noun]) => plural(count, noun));
  return `${plural(files, 'file')} read${told.length === 0 ? '' : `; passed over: ${told.join(', ')}`}`;
}
