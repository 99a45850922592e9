import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** What the kubeconform engine needs of the machine. */
export interface KubeconformHost {
  /** Path of the program; undefined where there is none. */
  readonly find: () => string | undefined;
  /** Runs it, without a shell, within bounds of time and output. */
  readonly run: (program: string, args: readonly string[]) => ProgramRun;
  /** The module version that Go wrote into the program; `go install` leaves `-v` at "development". */
  readonly builtFrom: (program: string) => string | undefined;
  /** Writes files (relative path and text) into a new folder, uses it, and removes it in any case. */
  readonly withFolder: <T>(files: Iterable<readonly [string, string]>, use: (folder: string) => T) => T;
}

export interface ProgramRun {
  /** Exit code; undefined where the program did not end by itself. */
  readonly status: number | undefined;
  readonly output: string;
  readonly errors: string;
  /** Why it could not run, or was stopped. */
  readonly problem?: string;
}

const LONGEST_MS = 5 * 60_000;
const MOST_OUTPUT = 512 * 1024 * 1024;

/** This machine. `environment` is that of the process; only PATH and the home folder are read from it. */
export function machine(environment: Readonly<Record<string, string | undefined>>): KubeconformHost {
  return {
    find: () => candidates(environment).find(isProgram),
    run,
    builtFrom,
    withFolder,
  };
}

/** PATH first, then where `go install` puts programs, which many forget to add to it. */
function candidates(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const folders = (environment['PATH'] ?? '').split(path.delimiter).filter(path.isAbsolute);
  const home = environment['HOME'];
  const go = environment['GOBIN'] ?? (home === undefined ? undefined : path.join(home, 'go', 'bin'));
  return [...folders, ...(go === undefined ? [] : [go])].map((folder) => path.join(folder, 'kubeconform'));
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

function run(program: string, args: readonly string[]): ProgramRun {
  const done = spawnSync(program, args, {
    encoding: 'utf8',
    timeout: LONGEST_MS,
    maxBuffer: MOST_OUTPUT,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'pipe', 'pipe'],
    // Nothing of ours: no proxy, no profile to write, no secret to leak.
    env: {},
  });
  const problem =
    done.error?.message ?? (done.signal === null ? undefined : `it was ended by ${done.signal}`);
  return {
    status: done.status ?? undefined,
    output: done.stdout ?? '',
    errors: done.stderr ?? '',
    ...(problem === undefined ? {} : { problem }),
  };
}

function builtFrom(program: string): string | undefined {
  const content = fs.readFileSync(program);
  const start = content.indexOf('mod\tgithub.com/yannh/kubeconform\t');
  if (start === -1) return undefined;
  const line = content.toString('latin1', start, start + 200);
  return line.split('\t')[2]?.split('\n')[0];
}

function withFolder<T>(files: Iterable<readonly [string, string]>, use: (folder: string) => T): T {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'plimsoll-kubeconform-'));
  try {
    const made = new Set<string>();
    for (const [relative, text] of files) {
      const file = path.join(folder, relative);
      const parent = path.dirname(file);
      if (!made.has(parent)) fs.mkdirSync(parent, { recursive: true });
      made.add(parent);
      fs.writeFileSync(file, text);
    }
    return use(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
