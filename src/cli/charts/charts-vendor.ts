import fs from 'node:fs';
import path from 'node:path';
import { RepositoryError } from '#helm/fetch.ts';
import { LOCK_FILE, type LockedChart, lockedOf, lockText } from '#helm/lock.ts';
import { packedChart } from '#helm/repository.ts';
import type { Release } from '#model/release.ts';
import { messageOf } from '#report/messages.ts';
import type { Arguments } from '../arguments.ts';
import { CLEAN, COULD_NOT_CHECK, type ExitCode, type Terminal, UsageError } from '../terminal.ts';
import { usedReleases } from './charts-outdated.ts';
import { type ChartFolder, chartAt, chartFolder, lockIn } from './store.ts';

/**
 * `plimsoll charts vendor`: puts the charts that are rendered into `charts/`, and what their bytes are into its lock.
 *
 * What lies there already is locked as it is; what is locked is never changed, and is left alone where it is there.
 * `--cache` puts downloads into the user's cache, so that only the lock file is committed.
 */
export async function chartsVendor(typed: Arguments, terminal: Terminal): Promise<ExitCode> {
  const folder = chartFolder(terminal, typed.value('environments') ?? 'environments');
  const { used, findings, couldCheck } = usedReleases(typed, terminal);
  const [broken] = findings;
  if (broken !== undefined) throw new UsageError(`run plimsoll synth first: ${messageOf(broken).sentence}`);
  if (!couldCheck) throw new UsageError('there are no environment files');
  const lock = lockIn(folder);
  if ('code' in lock)
    throw new UsageError(`${folder.shown}/${LOCK_FILE} can't be read: remove it, or put it back`);
  const wanted = new Map(
    used
      .map(({ release }) => release)
      .filter(({ isRendered }) => isRendered === true)
      .map((release) => [`${release.repository} ${release.chart} ${release.version}`, release]),
  );
  let charts = lock;
  let code: ExitCode = CLEAN;
  for (const release of wanted.values()) {
    const { chart, version } = release;
    try {
      const locked = await vendored(release, charts, folder, typed.has('cache'));
      if (lockedOf(charts, release) === undefined) charts = [...charts, locked];
      terminal.out(`${chart} ${version}: ${locked.file}, SHA-256 ${locked.sha256}\n`);
    } catch (error) {
      if (!(error instanceof RepositoryError)) throw error;
      terminal.err(`plimsoll: ${chart} ${version} from ${release.repository}: ${error.message}\n`);
      code = COULD_NOT_CHECK;
    }
  }
  if (wanted.size === 0) terminal.out('no chart has render: true\n');
  if (charts.length > lock.length) write(path.join(folder.at, LOCK_FILE), lockText(charts));
  return code;
}

async function vendored(
  { repository, chart, version }: Release,
  charts: readonly LockedChart[],
  folder: ChartFolder,
  toCache: boolean,
): Promise<LockedChart> {
  const known = lockedOf(charts, { repository, chart, version });
  const base = `${path.posix.basename(chart)}-${version}`;
  const names = known === undefined ? [`${base}.tgz`, base] : [known.file];
  for (const file of names) {
    const found = chartAt(path.join(folder.at, file));
    if (found === undefined) continue;
    if ('problem' in found) throw new RepositoryError(`${folder.shown}/${file}: ${found.problem}`);
    return agreed({ repository, chart, version, file, sha256: found.sha256 }, known);
  }
  const bytes = await packedChart({ repository, chart, version });
  const file = known?.file ?? `${base}.tgz`;
  fs.mkdirSync(folder.cache, { recursive: true });
  const waiting = path.join(folder.cache, `${process.pid}.tgz`);
  write(waiting, bytes);
  const found = chartAt(waiting);
  if (found === undefined || 'problem' in found)
    throw new RepositoryError(found?.problem ?? 'it vanished from the cache');
  const locked = agreed({ repository, chart, version, file, sha256: found.sha256 }, known);
  fs.renameSync(waiting, path.join(folder.cache, `${found.sha256}.tgz`));
  if (!toCache) write(path.join(folder.at, file), bytes);
  return locked;
}

/** What is locked stays locked: other bytes under the same version are what the lock is there to find. */
function agreed(found: LockedChart, known: LockedChart | undefined): LockedChart {
  if (known !== undefined && known.sha256 !== found.sha256)
    throw new RepositoryError(
      `other bytes than those that were locked: SHA-256 ${found.sha256}, not ${known.sha256}`,
    );
  return found;
}

function write(file: string, content: string | Uint8Array): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(`${file}.new`, content);
  fs.renameSync(`${file}.new`, file);
}
