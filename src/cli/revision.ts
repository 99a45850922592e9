import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { UsageError } from './terminal.ts';

/**
 * Files as they were at another time: at a git revision, or as they are in another folder.
 *
 * Guarantees: nothing is checked out, changed or executed: no hook, no filter, no shell, no network; whatever a
 * revision is called, it is never an option. Links and submodules are passed over; sizes are bounded.
 */
export interface Revision {
  /** For people: `main (4c6c5ea)`, or the folder. */
  readonly shown: string;
  /** Whether it is a folder, and not a revision of git's. */
  readonly isFolder: boolean;
  /** Every file below a folder, by its path from where one stands, with `/`; none where the folder is not there. */
  readonly files: (folder: string, isWanted?: (file: string) => boolean) => readonly RevisionFile[];
}

export interface RevisionFile {
  readonly path: string;
  readonly text: string;
}

/** No honest folder of manifests comes near. */
const MOST_FILES = 100_000;
const MOST_BYTES = 512 * 1024 * 1024;

/** @throws UsageError for what is neither a folder nor a revision that is there, with what to do about it. */
export function openRevision(cwd: string, wanted: string): Revision {
  if (wanted === '') throw new UsageError('--base names nothing: give a git revision, or a folder');
  const folder = path.resolve(cwd, wanted);
  if (fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true)
    return folderRevision(folder, wanted);
  return gitRevision(cwd, wanted);
}

function folderRevision(root: string, shown: string): Revision {
  return {
    shown,
    isFolder: true,
    files: (folder, isWanted = () => true) => {
      const files: RevisionFile[] = [];
      let bytes = 0;
      const visit = (at: string): void => {
        for (const entry of fs.readdirSync(path.join(root, at), { withFileTypes: true })) {
          const file = path.posix.join(at, entry.name);
          if (entry.isDirectory()) visit(file);
          else if (entry.isFile() && isWanted(file)) {
            const text = fs.readFileSync(path.join(root, file), 'utf8');
            bytes += text.length;
            bounded(files.length, bytes, shown);
            files.push({ path: file, text });
          }
        }
      };
      if (fs.statSync(path.join(root, folder), { throwIfNoEntry: false })?.isDirectory() === true)
        visit(folder);
      return files.sort((one, other) => (one.path < other.path ? -1 : 1));
    },
  };
}

function bounded(files: number, bytes: number, shown: string): void {
  if (files < MOST_FILES && bytes < MOST_BYTES) return;
  throw new UsageError(`${shown} holds more than ${MOST_FILES} files or ${MOST_BYTES} bytes of manifests`);
}

function gitRevision(cwd: string, wanted: string): Revision {
  const prefix = inRepository(cwd, wanted);
  const commit = commitOf(cwd, wanted);
  return {
    isFolder: false,
    shown: wanted === commit ? commit : `${wanted} (${commit.slice(0, 7)})`,
    files: (folder, isWanted = () => true) => {
      const within = path.posix.join(prefix, folder);
      if (within.startsWith('..'))
        throw new UsageError(`${folder} lies outside the repository, so ${wanted} knows nothing of it`);
      const blobs = blobsIn(cwd, commit, within).flatMap(({ id, file, size }) => {
        const own = path.posix.relative(prefix === '' ? '.' : prefix, file);
        return isWanted(own) ? [{ id, path: own, size }] : [];
      });
      bounded(
        blobs.length,
        blobs.reduce((sum, { size }) => sum + size, 0),
        wanted,
      );
      return contents(cwd, blobs);
    },
  };
}

/** The folder that one stands in, from the root of the repository. */
function inRepository(cwd: string, wanted: string): string {
  try {
    return git(cwd, ['rev-parse', '--show-prefix']).trim().replace(/\/$/, '');
  } catch (error) {
    throw new UsageError(
      `there is no folder ${wanted}, and no git repository to take it from: ${reasonOf(error)}`,
    );
  }
}

function commitOf(cwd: string, wanted: string): string {
  try {
    return git(cwd, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${wanted}^{commit}`]).trim();
  } catch {
    const isShallow = git(cwd, ['rev-parse', '--is-shallow-repository']).trim() === 'true';
    const mend = isShallow
      ? 'this clone is shallow: fetch it (git fetch --unshallow, or fetch-depth: 0 in the workflow)'
      : 'fetch it, or name another branch, tag, commit or folder';
    throw new UsageError(
      `there is no revision ${JSON.stringify(wanted)} in this repository, and no such folder: ${mend}`,
    );
  }
}

interface Blob {
  readonly id: string;
  readonly file: string;
  readonly size: number;
}

/** Plain files below a folder. */
function blobsIn(cwd: string, commit: string, folder: string): readonly Blob[] {
  return git(cwd, ['ls-tree', '-r', '-z', '-l', '--full-tree', commit, '--', folder])
    .split('\0')
    .flatMap((line) => {
      // `<mode> blob <id> <size>\t<path>`; 120000 is a link, 160000 a submodule.
      const [, id, size, file] = /^100[0-7]{3} blob ([0-9a-f]+) +(\d+)\t([\s\S]+)$/.exec(line) ?? [];
      return id === undefined || file === undefined ? [] : [{ id, file, size: Number(size) }];
    });
}

/** All contents in one go: `<id> blob <bytes>\n<content>\n` for each. */
function contents(
  cwd: string,
  blobs: readonly (Omit<Blob, 'file'> & { readonly path: string })[],
): readonly RevisionFile[] {
  if (blobs.length === 0) return [];
  const answer = run(cwd, ['cat-file', '--batch'], blobs.map(({ id }) => `${id}\n`).join(''));
  const files: RevisionFile[] = [];
  let at = 0;
  for (const blob of blobs) {
    const end = answer.indexOf(0x0a, at);
    const head = answer.toString('latin1', at, end);
    const bytes = Number(/^[0-9a-f]+ blob (\d+)$/.exec(head)?.[1]);
    if (!Number.isInteger(bytes)) throw new UsageError(`git has not got ${blob.path} (${head})`);
    files.push({ path: blob.path, text: answer.toString('utf8', end + 1, end + 1 + bytes) });
    at = end + 1 + bytes + 1;
  }
  return files;
}

const git = (cwd: string, words: readonly string[]): string => run(cwd, words).toString('utf8');

/** Git without its helpers: what a repository's configuration names is not started, and nothing is fetched. */
function run(cwd: string, words: readonly string[], input?: string): Buffer {
  return execFileSync('git', ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', ...words], {
    cwd,
    ...(input !== undefined && { input }),
    env: {
      ...process.env,
      GIT_TERMINAL_PROMPT: '0',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_NO_LAZY_FETCH: '1',
      LC_ALL: 'C',
    },
    maxBuffer: MOST_BYTES + MOST_FILES * 100,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'ENOENT') return 'git is not installed';
  const said = 'stderr' in error ? String(error.stderr).trim().split('\n')[0] : '';
  return said === undefined || said === '' ? error.message : said.replace(/^fatal: /, '');
}
