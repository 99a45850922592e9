import { disk } from '#manifests/read/disk.ts';
import { type ReadingCounts, readManifests } from '#manifests/read/read.ts';
import { recoverTree } from '#manifests/tree.ts';
import { plural, type Report } from '#report/report.ts';
import { KUBERNETES_VERSIONS, minorOf } from '#validate/schema/store.ts';
import type { Arguments } from './arguments.ts';
import { prepareChecking } from './checking.ts';
import { previewClusters } from './previews.ts';
import { progress } from './progress.ts';
import { finish, wantedReports } from './reporting.ts';
import { checkedScope } from './scope.ts';
import { type ExitCode, type Terminal, UsageError } from './terminal.ts';
import { openVerdicts } from './verdict-cache.ts';

const DEFAULT_VERSION = '1.34';

/** `plimsoll validate`: checks manifests that anybody wrote; without a path, those of dist/. */
export async function validateManifests(typed: Arguments, terminal: Terminal): Promise<ExitCode> {
  const start = terminal.now();
  const reports = wantedReports(typed, terminal);
  const version = kubernetesVersion(typed);
  const shown = progress(terminal);
  const paths = typed.positionals.length === 0 ? ['dist'] : typed.positionals;
  for (const folder of paths.filter((one) => one !== '-')) recoverTree(folder);
  shown.say(`reading ${paths.join(', ')}`);
  const { value: manifests = [], findings, counts } = readManifests(paths, disk);
  const checking = prepareChecking(typed, terminal);
  shown.say(`checking ${manifests.length} manifests`);
  const options = checking.optionsFor(version);
  const previews = previewClusters(manifests, options.store);
  const verdicts =
    typed.has('no-cache') || checking.facts === undefined
      ? undefined
      : openVerdicts(terminal, version, checking.facts);
  const judging = verdicts === undefined ? options : { ...options, verdicts };
  const checked = checkedScope(paths.join(', '), manifests, judging, {
    earlier: [...findings, ...checking.findings, ...previews.findings],
    claims: previews.claims,
  });
  verdicts?.save();
  const scope = { ...checked, outcome: readingText(counts) };
  const report: Report = { command: 'validate', gate: 'error', scopes: [scope] };
  shown.end();
  return finish(report, reports, terminal, {
    milliseconds: terminal.now() - start,
    couldCheck: manifests.length > 0,
  });
}

function kubernetesVersion(typed: Arguments): string {
  const asked = typed.value('kubernetes-version') ?? DEFAULT_VERSION;
  const minor = minorOf(asked);
  if (minor === undefined) {
    throw new UsageError(
      `there are no schemas of Kubernetes ${asked} (there are ${KUBERNETES_VERSIONS.join(', ')})`,
    );
  }
  return minor;
}

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
