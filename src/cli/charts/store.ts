import fs from 'node:fs';
import path from 'node:path';
import { type ChartFiles, unpack } from '#helm/archive.ts';
import { folderDigest, LOCK_FILE, type LockedChart, lockedOf, readLock, sha256 } from '#helm/lock.ts';
import type { Codes } from '#model/codes/index.ts';
import type { Release } from '#model/release.ts';
import type { Terminal } from '../terminal.ts';

/** Charts on disk: in `charts/` beside the environments' folder with the lock file, or in the user's cache. */
export interface ChartFolder {
  /** Absolute. */
  readonly at: string;
  readonly shown: string;
  readonly cache: string;
}

export function chartFolder({ cwd, env }: Pick<Terminal, 'cwd' | 'env'>, environments: string): ChartFolder {
  const shown = path.posix.join(path.posix.dirname(environments.replaceAll('\\', '/')), 'charts');
  const cache = env['XDG_CACHE_HOME'] || path.join(env['HOME'] || cwd, '.cache');
  return { at: path.resolve(cwd, shown), shown, cache: path.join(cache, 'plimsoll', 'charts') };
}

type ChartCode = 'chart-not-locked' | 'chart-unreadable' | 'chart-changed';

/** Why a chart can't be had. */
export type ChartProblem = {
  readonly [C in ChartCode]: { readonly code: C; readonly args: Codes[C] };
}[ChartCode];

/** The lock; empty where there is no file. */
export function lockIn(folder: ChartFolder): readonly LockedChart[] | ChartProblem {
  const file = path.join(folder.at, LOCK_FILE);
  if (!fs.existsSync(file)) return [];
  const charts = readLock(fs.readFileSync(file, 'utf8'));
  return (
    charts ?? {
      code: 'chart-unreadable',
      args: { file: `${folder.shown}/${LOCK_FILE}`, problem: 'it is no lock file of charts' },
    }
  );
}

/** The files of a chart, whose bytes are those that were locked. */
export function lockedFiles(
  folder: ChartFolder,
  { repository, chart, version }: Release,
): { readonly files: ChartFiles } | ChartProblem {
  const lock = lockIn(folder);
  if ('code' in lock) return lock;
  const locked = lockedOf(lock, { repository, chart, version });
  if (locked === undefined) return { code: 'chart-not-locked', args: { chart, version } };
  const file = `${folder.shown}/${locked.file}`;
  const found = chartAt(path.join(folder.at, locked.file)) ?? cached(folder, locked.sha256);
  const broken = (problem: string): ChartProblem => ({ code: 'chart-unreadable', args: { file, problem } });
  if (found === undefined) return broken('it is not there');
  if ('problem' in found) return broken(found.problem);
  if (found.sha256 !== locked.sha256)
    return { code: 'chart-changed', args: { file, expected: locked.sha256, found: found.sha256 } };
  return { files: found.files };
}

const cached = ({ cache }: ChartFolder, digest: string) => chartAt(path.join(cache, `${digest}.tgz`));

type FoundChart =
  | { readonly files: ChartFiles; readonly sha256: string }
  | { readonly problem: string; readonly sha256?: undefined };

/** A packed chart or a folder; undefined where there is neither. */
export function chartAt(place: string): FoundChart | undefined {
  const stat = fs.lstatSync(place, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  if (stat.isDirectory()) {
    const files = folderFiles(place);
    return typeof files === 'string' ? { problem: files } : { files, sha256: folderDigest(files) };
  }
  if (!stat.isFile()) return { problem: 'it is neither a file nor a folder' };
  if (stat.size > LARGEST) return { problem: 'it has more than 32 MiB' };
  const bytes = fs.readFileSync(place);
  const digest = sha256(bytes);
  const unpacked = unpack(bytes);
  return 'problem' in unpacked ? unpacked : { files: unpacked.files, sha256: digest };
}

/** Larger than any packed chart. */
const LARGEST = 32 * 2 ** 20;

/** Files of a chart that lies there unpacked; links are refused, for they could lead anywhere. */
function folderFiles(folder: string): ChartFiles | string {
  const files = new Map<string, Uint8Array>();
  let size = 0;
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const at = path.join(entry.parentPath, entry.name);
    const name = path.relative(folder, at).split(path.sep).join('/');
    if (entry.isDirectory()) continue;
    if (!entry.isFile()) return `${name} is neither a file nor a folder`;
    size += fs.statSync(at).size;
    if (size > LARGEST) return 'it has more than 32 MiB';
    files.set(name, fs.readFileSync(at));
  }
  return files.has('Chart.yaml') ? files : 'it has no Chart.yaml';
}
